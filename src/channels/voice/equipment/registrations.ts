import type { AriClient } from '../ari/client.ts';
import type { SipObject, SipObjects } from './sip-objects.ts';

/** Asterisk's own memory of what was pushed; it is gone with Asterisk's, as the registrations themselves are. */
const REMEMBERED = 'STROWGER_REGISTRATIONS';

/**
 * Keeps exactly these registrations in Asterisk. What an earlier life of this program pushed and the site has no more is
 * dropped as well: ARI can list no objects, so their names stand in a global variable of Asterisk.
 */
export async function keepRegistrations(
  ari: AriClient,
  objects: SipObjects,
  wanted: readonly SipObject[],
): Promise<void> {
  const before = await remembered(ari);
  const now = wanted.map(({ id }) => id);
  // First what is to be, so that a name is never forgotten while it is in force.
  if (before.join(',') !== now.join(',')) await remember(ari, [...new Set([...before, ...now])]);
  for (const id of before) if (!now.includes(id)) await objects.drop('registration', id);
  // One that Asterisk has in these words is left alone, for their hash is in its name: said again it would get another mark,
  // and calls that come by the old one would be strangers until the network knows the new one.
  for (const object of wanted) if (!before.includes(object.id)) await objects.push(object);
  if (before.join(',') !== now.join(',')) await remember(ari, now);
}

async function remembered(ari: AriClient): Promise<string[]> {
  const { value } = await ari.request('asterisk.getGlobalVar', { variable: REMEMBERED });
  return value.split(',').filter((id) => id !== '');
}

async function remember(ari: AriClient, ids: readonly string[]): Promise<void> {
  await ari.request('asterisk.setGlobalVar', { variable: REMEMBERED, value: ids.join(',') });
}
