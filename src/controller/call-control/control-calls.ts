import { targetOf } from '../../calls/outgoing/inside.ts';
import { askCall, type CallWish } from '../../calls/wishes.ts';
import type { ConsultTarget } from '../../model/call/call-event.ts';
import type { AskedBy } from '../../model/event.ts';
import { failed, ok } from '../../model/failure.ts';
import type { AgentId, ContactId } from '../../model/ids.ts';
import { contactView } from '../contact-view.ts';
import type { LiveHall } from '../hall.ts';
import type { State } from '../state.ts';
import type { CallControl, ConsultWish, ControlWish } from './call-control.ts';

/** Call control over a running hall: each wish is checked and entered as an event. */
export function createCallControl(hall: LiveHall): CallControl {
  return { ask: (contactId, wish, by, agentId) => ask(hall, contactId, wish, by, agentId) };
}

function ask(
  hall: LiveHall,
  contactId: ContactId,
  wish: ControlWish,
  by: AskedBy,
  agentId: AgentId | undefined,
): ReturnType<CallControl['ask']> {
  const { state } = hall;
  if (state.contacts.has(contactId) && !state.calls.calls.has(contactId)) {
    return failed('contact.no_call', 'The contact is no telephone call.', { contactId });
  }
  const whose = agentId === undefined ? {} : { agentId };
  const asking = { contactId, ...whose, by, atMs: hall.now() };
  const asked = askCall(state.calls, asking, wishOf(state, contactId, wish));
  if (!asked.ok) return asked;
  if (asked.value) hall.enter(asked.value);
  return ok(contactView(state, contactId));
}

function wishOf(state: State, contactId: ContactId, wish: ControlWish): CallWish {
  switch (wish.wish) {
    case 'mute':
    case 'unmute': {
      const own = state.calls.calls.get(contactId)?.talk?.offerId ?? '';
      return { wish: wish.wish, legId: wish.legId ?? own };
    }
    case 'consult':
      return { wish: 'consult', target: consultTarget(state, wish.to) };
    default:
      return wish;
  }
}

function consultTarget({ acd: { site } }: State, to: ConsultWish): ConsultTarget {
  if ('queueId' in to) return { to: 'queue', queueId: to.queueId };
  return 'agentId' in to ? { to: 'queue', queueId: `@${to.agentId}` } : targetOf(site, to.number);
}
