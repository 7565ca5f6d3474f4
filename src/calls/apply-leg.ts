import { dialledNumber, outgoingRule } from '../model/call/dialled-number.ts';
import type { Event, EventOf } from '../model/event.ts';
import type { AtMs } from '../model/ids.ts';
import { spentWith } from './outgoing/load.ts';
import { type Call, type CallsState, callOf, type Leg } from './state.ts';

/** How long who answered a flow's call may take to hear the words and press the key. */
export const HEARING_MS = 45_000;

/** What an event means for the legs of a call; false when it is about none. */
export function applyToLegs(state: CallsState, event: Event): boolean {
  switch (event.kind) {
    case 'leg.asked':
      asked(state, event);
      return true;
    case 'leg.rang': {
      const leg = callOf(state, event.contactId)?.legs.get(event.legId);
      if (leg) leg.rang = true;
      return true;
    }
    case 'leg.answered':
      answered(state, event);
      return true;
    case 'leg.ended':
    case 'leg.given_up':
      over(state, event);
      return true;
    default:
      return false;
  }
}

function asked(state: CallsState, event: EventOf<'leg.asked'>): void {
  const { kind: _, atMs, contactId, ...about } = event;
  const call = state.calls.get(contactId);
  if (!call || call.legs.has(about.legId)) return;
  const leg: Leg = {
    ...about,
    askedAtMs: atMs,
    cost: costOf(state, about),
    rang: false,
    dueAtMs: about.deadlineMs,
    answeredAtMs: null,
  };
  call.legs.set(leg.legId, leg);
  if (leg.way) state.outside.set(leg.legId, leg);
  // Those who watch count for themselves (watch/).
  if (about.purpose !== 'watch') call.legCount += 1;
  state.deadlines.set('leg', about.legId, about.deadlineMs);
  if (about.purpose === 'contact') call.customerLegId = about.legId;
  if (call.dial && isSameByNextTrunk(call.over, leg)) call.dial.failures = call.dial.failures.slice(0, -1);
  if (about.purpose === 'consult' && call.consult) call.consult.legId = about.legId;
  if (about.purpose === 'transfer' && call.transfer) call.transfer = { ...call.transfer, legId: about.legId };
}

function costOf({ site: { outgoing } }: CallsState, { way, target }: Pick<Leg, 'way' | 'target'>): number {
  if (way === null || target.to !== 'number') return 0;
  return outgoingRule(outgoing, dialledNumber(target.number, outgoing.country) ?? '')?.costPerMinute ?? 0;
}

function answered(state: CallsState, { contactId, legId, atMs }: EventOf<'leg.answered'>): void {
  const call = callOf(state, contactId);
  const leg = call?.legs.get(legId);
  if (!call || !leg || leg.answeredAtMs !== null) return;
  leg.answeredAtMs = atMs;
  const hears = leg.purpose === 'dial' && call.dial !== null && !call.farTalk && mustHear(call);
  leg.dueAtMs = hears ? atMs + HEARING_MS : null;
  if (leg.dueAtMs === null) return state.deadlines.clear('leg', legId);
  state.deadlines.set('leg', legId, leg.dueAtMs);
  if (call.dial) call.dial.hearing = [...call.dial.hearing, legId];
}

/** The target has not failed yet: another trunk is tried for it. */
function isSameByNextTrunk(before: Leg | null, leg: Leg): boolean {
  if (before?.purpose !== 'dial' || leg.purpose !== 'dial' || !before.way || !leg.way) return false;
  const [one, other] = [before.target, leg.target];
  return (
    one.to === 'number' && other.to === 'number' && one.number === other.number && leg.way.attempt > before.way.attempt
  );
}

/** Who answers a flow's call first hears something, or presses a key. */
export function mustHear({ dial }: Call): boolean {
  return dial !== null && (dial.whisper.length > 0 || dial.confirmKey !== null);
}

function over(state: CallsState, event: EventOf<'leg.ended'> | EventOf<'leg.given_up'>): void {
  const { contactId, legId, atMs } = event;
  const call = callOf(state, contactId);
  if (!call) return;
  const leg = call.legs.get(legId);
  call.over = leg ?? null;
  if (!leg) return;
  if (call.dial && leg.purpose === 'dial' && call.farTalk?.legId !== legId) {
    // One that is taken back by hand or because another one answered fails nobody: the dialling is over then.
    const cause = event.kind === 'leg.ended' ? event.cause : 'no_answer';
    call.dial.failures = [...call.dial.failures, cause];
  }
  forgetLeg(state, call, leg, atMs);
}

function forgetLeg(state: CallsState, call: Call, leg: Leg, atMs: AtMs): void {
  call.legs.delete(leg.legId);
  state.deadlines.clear('leg', leg.legId);
  if (state.outside.delete(leg.legId)) state.spent = spentWith(state, leg, atMs);
  if (call.dial) call.dial.hearing = call.dial.hearing.filter((id) => id !== leg.legId);
  if (call.talk) call.talk.muted = call.talk.muted.filter((id) => id !== leg.legId);
}
