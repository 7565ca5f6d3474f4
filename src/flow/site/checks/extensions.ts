import type { Path } from '../../source.ts';
import type { Subject } from './subject.ts';

/**
 * An extension tells who calls, so no two agents or queues can have the same, and a feature code would hide it. A number of the
 * site may be one: who dials it comes to the flow.
 */
export function checkExtensions({ site, tell }: Subject): void {
  const owners = new Map<string, string>([
    ...Object.entries(site.featureCodes).map(([name, code]): [string, string] => [code, `the feature code ${name}`]),
  ]);
  const take = (extension: string | null, owner: string, path: Path): void => {
    if (extension === null || extension === '') return;
    const first = owners.get(extension);
    if (first === undefined) owners.set(extension, owner);
    else {
      const message = `Extension ${extension} already belongs to ${first}. Give one of them another.`;
      tell('extension.duplicate', [...path, 'extension'], message);
    }
  };
  for (const { id, extension } of Object.values(site.agents)) take(extension, `agent ${id}`, ['agents', id]);
  for (const { id, extension } of Object.values(site.queues)) take(extension, `queue ${id}`, ['queues', id]);
  if (site.directQueue.extension !== null) {
    const message = 'The queue of one agent alone is dialled by the extension of the agent. Leave this one out.';
    tell('key.conflict', ['direct_queue', 'extension'], message);
  }
}

/** A phone is known to Asterisk by the id of its agent; these names are taken. */
export function checkReservedIds({ site, tell }: Subject): void {
  for (const id of Object.keys(site.agents)) {
    if (id !== 'loopback' && !id.startsWith('trunk-')) continue;
    const message = `"${id}" cannot be an agent: "loopback" and names that begin with "trunk-" mean others to Asterisk.`;
    tell('id.reserved', ['agents', id], message);
  }
}
