import { secretOfTrunk } from '../../../model/call/trunk.ts';
import { suggestions } from '../../nearest.ts';
import type { ReadSite } from '../../site-file.ts';
import type { Subject } from './subject.ts';

/** The trunks that rules for outgoing calls name must be there, and each rule should name one of them once. */
export function checkTrunks({ site, tell }: Subject): void {
  const hint = suggestions(Object.keys(site.trunks));
  for (const [at, { trunks }] of site.outgoing.rules.entries()) {
    for (const [place, trunk] of trunks.entries()) {
      const path = ['outgoing', 'rules', at, 'trunks', place];
      if (!Object.hasOwn(site.trunks, trunk)) {
        tell('trunk.unknown', path, `There is no trunk "${trunk}". ${hint(trunk)}`.trim());
      } else if (trunks.indexOf(trunk) !== place) {
        tell('key.conflict', path, `The trunk "${trunk}" stands here twice. Each is tried once.`);
      }
    }
  }
}

/** Passwords do not stand in site.yaml; `secrets` are the names of those that there are. */
export function checkTrunkPasswords({ site, source }: ReadSite, secrets: ReadonlySet<string>): void {
  for (const { id, username } of Object.values(site.trunks)) {
    const name = secretOfTrunk(id);
    if (username === null || secrets.has(name)) continue;
    const message =
      `The password of "${username}" is not there: put it into the file secrets/${name} of the data folder (chmod 600), ` +
      `or into the variable STROWGER_SECRET_${name.toUpperCase()}. Until then this trunk is not used.`;
    source.problem('trunk.password_missing', source.nodeAt(['trunks', id, 'username']), message);
  }
}
