import { queueIndex } from '../../acd/routing/tables.ts';
import type { AcdState, Item } from '../../acd/state.ts';
import type { ContactStatus } from '../../channels/channel.ts';
import type { ContactId } from '../../model/ids.ts';
import type { State } from '../state.ts';

/** Where a contact stands, as its customer sees it. */
export function statusOf(state: State, contactId: ContactId): ContactStatus {
  const contact = state.contacts.get(contactId);
  if (!contact || contact.endedAtMs !== null) return { status: 'ended' };
  const item = state.acd.items.get(contactId);
  if (!item) return { status: 'flow' };
  const offer = item.stage === 'talking' ? state.acd.offers.get(item.offers[0] ?? '') : undefined;
  if (offer) return { status: 'talking', agent: agentName(state, offer.agentId) };
  return { status: 'waiting', position: positionOf(state.acd, item) };
}

export function agentName({ acd }: State, agentId: string): string {
  return acd.site.agents[agentId]?.name ?? agentId;
}

/** Place among those who wait in the queue, from 1; keys hold across its classes. */
function positionOf(acd: AcdState, item: Item): number {
  let position = 1;
  for (const { line } of queueIndex(acd, item.queueId)?.classes ?? []) position += line.ahead(item);
  return position;
}
