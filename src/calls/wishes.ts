import type { ConsultTarget } from '../model/call/call-event.ts';
import type { AskedBy, Event, TransferTarget } from '../model/event.ts';
import { failed, ok, type Result } from '../model/failure.ts';
import type { AgentId, AtMs, ContactId, LegId } from '../model/ids.ts';
import { loadOf } from './outgoing/load.ts';
import { waysTo } from './outgoing/ways.ts';
import { type Call, type CallsState, callOf, type Talk } from './state.ts';

/** What an agent wants within a call, be it by keys, by buttons or over the API. */
export type CallWish =
  | { readonly wish: 'hold' | 'retrieve' | 'back' | 'join' | 'complete' }
  /** `legId`: whose microphone; the contact's id is the customer's. */
  | { readonly wish: 'mute' | 'unmute'; readonly legId: LegId }
  | { readonly wish: 'consult'; readonly target: ConsultTarget }
  | { readonly wish: 'transfer'; readonly target: Exclude<TransferTarget, { to: 'agent' }> }
  | { readonly wish: 'drop'; readonly legId: LegId }
  /** Keys that the customer's side hears; `toneMs` each. */
  | { readonly wish: 'dtmf'; readonly digits: string; readonly toneMs: number };

/** In which call; `agentId`: it must be this agent's talk. */
export type Asking = {
  readonly contactId: ContactId;
  readonly agentId?: AgentId;
  readonly by: AskedBy;
  readonly atMs: AtMs;
};

/** A talk that goes on, with its customer. */
type Asked = Asking & { readonly call: Call; readonly talk: Talk };
type Answer = Result<Event | undefined>;

/**
 * The event by which a wish is fulfilled; undefined: it is as wished already. Failures: `contact.unknown`,
 * `contact.not_talking`, `call.customer_away`, `call.consulting`, `call.no_consult`, `call.not_answered`, `leg.unknown`,
 * `queue.unknown`, `agent.logged_out`, and those of OUTGOING_REFUSALS.
 */
export function askCall(state: CallsState, asking: Asking, wish: CallWish): Answer {
  const { contactId, agentId } = asking;
  const call = callOf(state, contactId);
  if (!call) return failed('contact.unknown', 'There is no call with this id, or not any more.', { contactId });
  const { talk } = call;
  if (!talk || (agentId !== undefined && talk.agentId !== agentId)) {
    return failed('contact.not_talking', 'Nobody talks to the contact, or another agent does.', { contactId });
  }
  const asked = { ...asking, contactId: call.contactId, call, talk };
  if (call.customer !== 'here' || talk.whisper) {
    return failed('call.customer_away', 'The customer is not on the line with the agent yet.', { contactId });
  }
  return inTalk(state, asked, wish);
}

function inTalk(state: CallsState, asked: Asked, wish: CallWish): Answer {
  switch (wish.wish) {
    case 'hold':
    case 'retrieve':
      return hold(asked, wish.wish === 'hold');
    case 'mute':
    case 'unmute':
      return mute(asked, wish.legId, wish.wish === 'mute');
    case 'consult':
      return consult(state, asked, wish.target);
    case 'back':
    case 'join':
    case 'complete':
      return ofConsult(asked, wish.wish);
    case 'transfer':
      return transfer(state, asked, wish.target);
    case 'drop':
      return drop(asked, wish.legId);
    case 'dtmf': {
      const { atMs, contactId } = asked;
      return ok({ kind: 'dtmf.sent', atMs, contactId, digits: wish.digits, toneMs: wish.toneMs });
    }
  }
}

function hold({ call, talk, contactId, atMs, by }: Asked, held: boolean): Answer {
  if (call.consult) return consulting(contactId);
  if (talk.held === held) return ok(undefined);
  return ok({ kind: held ? 'call.held' : 'call.retrieved', atMs, contactId, offerId: talk.offerId, by });
}

function consulting(contactId: ContactId): Answer {
  const message = 'The agent asks somebody meanwhile: go back to the customer, join all, or hand the call over.';
  return failed('call.consulting', message, { contactId });
}

function mute({ call, talk, contactId, atMs, by }: Asked, legId: LegId, muted: boolean): Answer {
  if (!legsOf(call).includes(legId)) return unknownLeg(contactId, legId);
  if (talk.muted.includes(legId) === muted) return ok(undefined);
  return ok({ kind: muted ? 'call.muted' : 'call.unmuted', atMs, contactId, legId, by });
}

function unknownLeg(contactId: ContactId, legId: LegId): Answer {
  return failed('leg.unknown', 'There is nobody of this id in the call who could be meant.', { contactId, legId });
}

/** Customer, agent, and whom the agent consults. */
export function legsOf({ contactId, talk, consult, farTalk }: Call): LegId[] {
  const answered = consult && consult.stage !== 'asked' ? consult.legId : null;
  return [contactId, talk?.offerId, answered, farTalk?.legId].filter((legId) => legId != null);
}

function consult(state: CallsState, { call, talk, contactId, atMs, by }: Asked, target: ConsultTarget): Answer {
  if (call.consult) return consulting(contactId);
  const possible = check(state, target, atMs);
  if (!possible.ok) return possible;
  const consultId = `${contactId}.c${call.consultIds.length + 1}-${atMs.toString(36)}`;
  const { offerId, agentId } = talk;
  return ok({ kind: 'consult.started', atMs, contactId, consultId, offerId, agentId, target, by });
}

function ofConsult({ call, contactId, atMs, by }: Asked, wish: 'back' | 'join' | 'complete'): Answer {
  if (!call.consult) return failed('call.no_consult', 'The agent asks nobody.', { contactId });
  const { consultId, stage } = call.consult;
  if (wish === 'back') return ok({ kind: 'consult.returned', atMs, contactId, consultId, by });
  if (stage === 'asked') return failed('call.not_answered', 'Whom the agent asks has not answered yet.', { contactId });
  if (wish === 'join') {
    return ok(stage === 'joined' ? undefined : { kind: 'consult.joined', atMs, contactId, consultId, by });
  }
  return ok({ kind: 'consult.completed', atMs, contactId, consultId, by });
}

/** The flow of a target is for the caller to check: it is not known here. */
function transfer(
  state: CallsState,
  { talk, contactId, atMs }: Asked,
  target: Exclude<TransferTarget, { to: 'agent' }>,
): Answer {
  const possible = target.to === 'flow' ? ok(undefined) : check(state, target, atMs);
  if (!possible.ok) return possible;
  const { offerId, agentId } = talk;
  return ok({ kind: 'contact.transferred', atMs, contactId, offerId, agentId, target });
}

/** Whether there is somebody to be asked, or a way to the number. */
function check(state: CallsState, target: ConsultTarget, atMs: AtMs): Result<undefined> {
  const { site, present } = state;
  if (target.to === 'number') {
    const found = waysTo(site, { number: target.number, callerId: null }, loadOf(state, atMs));
    return found.ok ? ok(undefined) : found;
  }
  const { queueId } = target;
  if (!queueId.startsWith('@')) {
    if (Object.hasOwn(site.queues, queueId)) return ok(undefined);
    return failed('queue.unknown', 'There is no queue with this id.', { queueId });
  }
  const agentId = queueId.slice(1);
  if (!Object.hasOwn(site.agents, agentId)) {
    return failed('agent.unknown', 'There is no agent with this id.', { agentId });
  }
  if (present.has(agentId)) return ok(undefined);
  // The customer would wait for somebody who is not there.
  return failed('agent.logged_out', 'The agent is not logged in.', { agentId });
}

/** Only whom the agent brought into the call can be sent away; the customer is let go by closing the contact. */
function drop({ call, contactId, atMs, by }: Asked, legId: LegId): Answer {
  if (call.consult?.legId !== legId) return unknownLeg(contactId, legId);
  return ok({ kind: 'party.dropped', atMs, contactId, legId, by });
}
