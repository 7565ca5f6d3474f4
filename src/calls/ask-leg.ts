import type { OutgoingRefusal } from '../model/call/call-event.ts';
import type { LegPurpose, LegTarget, Way } from '../model/call/leg.ts';
import type { Emit, EndCause } from '../model/event.ts';
import { failed, ok, type Result } from '../model/failure.ts';
import type { AtMs, LegId } from '../model/ids.ts';
import { insideOf } from './outgoing/inside.ts';
import { loadOf } from './outgoing/load.ts';
import { waysTo } from './outgoing/ways.ts';
import type { Call, CallsState, Leg } from './state.ts';

/** What kind of leg is wanted. */
export type LegWish = {
  readonly purpose: LegPurpose;
  readonly target: LegTarget;
  /** The number to be shown; null: by the rules. */
  readonly callerId: string | null;
  /** True: a number that may not be shown is left out. */
  readonly lenient?: boolean;
  readonly ringMs: number;
  readonly detectMachine?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Causes of a trunk's own, after which the next trunk is tried. Nobody is rung twice who was busy or did not answer. */
const TRUNK_FAILED: readonly EndCause[] = ['unavailable', 'failed', 'lost'];

/**
 * Asks for a leg, by the first trunk that is free where it goes outside. An agent's extension is rung directly. Gives its id; a
 * number that is not dialled is told by `leg.refused` and fails with a code of OUTGOING_REFUSALS.
 */
export function askLeg(state: CallsState, call: Call, wish: LegWish, atMs: AtMs, emit: Emit): Result<LegId> {
  const target = insideTarget(state, wish.target);
  if (target === undefined) return refuse(call, wish.purpose, 'outgoing.number_invalid', atMs, emit);
  if (target.to === 'agent') return ok(ask(call, { ...wish, target }, null, atMs, emit));
  const { callerId, lenient = false } = wish;
  const found = waysTo(state.site, { number: target.number, callerId, lenient }, loadOf(state, atMs));
  if (!found.ok) return refuse(call, wish.purpose, found.failure.code as OutgoingRefusal, atMs, emit);
  return ok(ask(call, { ...wish, target }, found.value.ways[0]!, atMs, emit));
}

/** The same party by the next trunk, after one that did not carry the call. False when there is none. */
export function askByNextTrunk(
  state: CallsState,
  call: Call,
  leg: Leg,
  cause: EndCause,
  atMs: AtMs,
  emit: Emit,
): boolean {
  const { way, target } = leg;
  if (!way || target.to !== 'number' || !hasTrunkFailed(leg, cause, atMs)) return false;
  const wish = { number: target.number, callerId: way.callerId, lenient: true };
  const found = waysTo(state.site, wish, loadOf(state, atMs));
  const next = found.ok ? found.value.ways.find(({ attempt }) => attempt > way.attempt) : undefined;
  if (!next) return false;
  const { purpose, detectMachine, headers, deadlineMs, askedAtMs } = leg;
  const ringMs = deadlineMs - askedAtMs;
  ask(call, { purpose, target, callerId: null, ringMs, detectMachine, headers }, next, atMs, emit);
  return true;
}

/** A trunk that is silent ends the call as unanswered by SIP's own time-out (408), before ours and without any ringing. */
function hasTrunkFailed({ answeredAtMs, rang, deadlineMs }: Leg, cause: EndCause, atMs: AtMs): boolean {
  if (answeredAtMs !== null) return false;
  return TRUNK_FAILED.includes(cause) || (cause === 'no_answer' && !rang && atMs < deadlineMs);
}

/** A number that is somebody's extension is that agent; a queue cannot be dialled as a leg. */
function insideTarget({ site }: CallsState, target: LegTarget): LegTarget | undefined {
  if (target.to === 'agent') return Object.hasOwn(site.agents, target.agentId) ? target : undefined;
  const inside = insideOf(site, target.number);
  if (!inside) return target;
  return inside.agentId === null ? undefined : { to: 'agent', agentId: inside.agentId };
}

function ask(call: Call, wish: LegWish, way: Way | null, atMs: AtMs, emit: Emit): LegId {
  const { purpose, target, ringMs, detectMachine = false, headers = {} } = wish;
  const { contactId } = call;
  const legId = `${contactId}.l${call.legCount + 1}-${atMs.toString(36)}`;
  const deadlineMs = atMs + ringMs;
  emit({ kind: 'leg.asked', atMs, contactId, legId, purpose, target, way, deadlineMs, detectMachine, headers });
  return legId;
}

function refuse(call: Call, purpose: LegPurpose, code: OutgoingRefusal, atMs: AtMs, emit: Emit): Result<never> {
  emit({ kind: 'leg.refused', atMs, contactId: call.contactId, purpose, code });
  return failed(code, 'The number was not dialled.');
}

/** Takes a leg back, or hangs it up. */
export function giveUp(call: Call, legId: LegId | null, atMs: AtMs, emit: Emit): void {
  if (legId !== null && call.legs.has(legId)) emit({ kind: 'leg.given_up', atMs, contactId: call.contactId, legId });
}
