import type { Item } from '../acd/state.ts';
import type { ContactId } from '../model/ids.ts';
import { callView } from './call-control/call-view.ts';
import type { ContactView } from './desk.ts';
import type { Contact, State } from './state.ts';

/** Contacts that are here now, the oldest first. */
export function contactViews(state: State): ContactView[] {
  return [...state.contacts.values()].sort((a, b) => a.arrivedAtMs - b.arrivedAtMs).map((one) => viewOf(state, one));
}

/** One contact; undefined when it is over. */
export function contactView(state: State, contactId: ContactId): ContactView | undefined {
  const contact = state.contacts.get(contactId);
  return contact && viewOf(state, contact);
}

function viewOf(state: State, contact: Contact): ContactView {
  const session = state.flow.sessions.get(contact.id);
  const item = state.acd.items.get(contact.id);
  const call = callView(state, contact.id);
  const offer = item?.offers[0] === undefined ? undefined : state.acd.offers.get(item.offers[0]);
  return {
    id: contact.id,
    channel: contact.channel,
    from: contact.from,
    to: contact.to,
    arrivedAtMs: contact.arrivedAtMs,
    stage: contact.endedAtMs === null ? stageOf(item, session?.stage) : 'ending',
    ...(session?.flowId == null ? {} : { flowId: session.flowId }),
    ...(session?.stepId == null ? {} : { stepId: session.stepId }),
    ...(item ? { queueId: item.queueId } : {}),
    ...(offer ? { agentId: offer.agentId } : {}),
    ...(call ? { call } : {}),
  };
}

function stageOf(item: Item | undefined, flowStage: string | undefined): ContactView['stage'] {
  if (item) return item.stage === 'offered' ? 'ringing' : item.stage;
  return flowStage === undefined || flowStage === 'ended' ? 'ending' : 'flow';
}
