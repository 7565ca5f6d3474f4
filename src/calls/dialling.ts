import type { DialOutcome } from '../model/call/call-event.ts';
import type { Emit, EndCause, EventOf } from '../model/event.ts';
import type { AtMs, LegId } from '../model/ids.ts';
import { mustHear } from './apply-leg.ts';
import { askByNextTrunk, askLeg, giveUp } from './ask-leg.ts';
import { startFarTalk } from './far-talk.ts';
import type { Call, CallsState, Dialling, Leg } from './state.ts';

/** Dials for a flow: everybody at once, or one after the other. */
export function decideDialling(state: CallsState, call: Call, atMs: AtMs, emit: Emit): void {
  const { dial, contactId } = call;
  // Nobody is there to talk to whoever would answer.
  if (!dial) return emit({ kind: 'dial.ended', atMs, contactId, outcome: 'cancelled' });
  // A flow that was taken up after a restart may ask once more for what goes on already.
  if (call.farTalk || dial.failures.length > 0 || dialled(call).length > 0) return;
  if (dial.order === 'serial') return nextTarget(state, call, atMs, emit);
  for (const target of dial.targets) askLeg(state, call, { ...wishOf(dial), target }, atMs, emit);
  if (dialled(call).length === 0) ended(call, atMs, emit);
}

function wishOf({ callerId, ringMs, headers }: Dialling) {
  return { purpose: 'dial', callerId, ringMs, headers } as const;
}

function dialled(call: Call): Leg[] {
  return [...call.legs.values()].filter(({ purpose }) => purpose === 'dial');
}

/** Each target fails once, so the number of failures says who is next. */
function nextTarget(state: CallsState, call: Call, atMs: AtMs, emit: Emit): void {
  const targets = call.dial?.targets ?? [];
  for (let at = call.dial?.failures.length ?? 0; at < targets.length; at++) {
    if (!call.dial) return;
    if (askLeg(state, call, { ...wishOf(call.dial), target: targets[at]! }, atMs, emit).ok) return;
  }
  ended(call, atMs, emit);
}

/** Somebody answered, or has heard what is to be heard first. Where a key is asked for, that alone takes the call. */
export function dialAnswered(
  call: Call,
  event: EventOf<'leg.answered'> | EventOf<'prompt.finished'>,
  emit: Emit,
): void {
  const { dial } = call;
  if (!dial || dial.confirmKey !== null) return;
  if (event.kind === 'leg.answered') {
    if (!mustHear(call)) take(call, event.legId, event.atMs, emit);
    return;
  }
  const legId = dial.hearing.find((id) => whisperOf(id) === event.promptId);
  if (legId !== undefined) take(call, legId, event.atMs, emit);
}

/** The id of what somebody hears who answered a flow's call. */
export function whisperOf(legId: LegId): string {
  return `${legId}.w`;
}

/** True when it was the key that takes the call. */
export function pressedToTake(call: Call, { legId, digit, atMs }: EventOf<'leg.pressed'>, emit: Emit): boolean {
  const { dial } = call;
  if (dial?.confirmKey !== digit || !dial.hearing.includes(legId)) return false;
  take(call, legId, atMs, emit);
  return true;
}

/** The first one has the call; all others are let go before anybody is joined. */
function take(call: Call, legId: LegId, atMs: AtMs, emit: Emit): void {
  const leg = call.legs.get(legId);
  if (!leg || call.farTalk) return giveUp(call, legId, atMs, emit);
  for (const other of dialled(call)) if (other.legId !== legId) giveUp(call, other.legId, atMs, emit);
  startFarTalk(call, leg, atMs, emit);
}

/** One of those who were dialled is out of it. */
export function dialLegOver(state: CallsState, call: Call, leg: Leg, cause: EndCause, atMs: AtMs, emit: Emit): void {
  if (!call.dial || call.farTalk) return;
  if (askByNextTrunk(state, call, leg, cause, atMs, emit)) return;
  if (call.dial.order === 'serial') return nextTarget(state, call, atMs, emit);
  if (dialled(call).length === 0) ended(call, atMs, emit);
}

/** What stands for the whole where several were dialled: the answer that says most comes first. */
const OUTCOMES: readonly (readonly [EndCause | 'refused', DialOutcome])[] = [
  ['rejected', 'declined'],
  ['hung_up', 'declined'],
  ['busy', 'busy'],
  ['no_answer', 'no_answer'],
  ['unavailable', 'unavailable'],
];

function ended(call: Call, atMs: AtMs, emit: Emit): void {
  const failures = call.dial?.failures ?? [];
  const outcome = OUTCOMES.find(([cause]) => failures.includes(cause))?.[1] ?? 'failed';
  emit({ kind: 'dial.ended', atMs, contactId: call.contactId, outcome });
}
