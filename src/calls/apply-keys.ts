import type { Event, EventKind } from '../model/event.ts';
import type { Call, CallsState } from './state.ts';

/** After so long without a key a number that an agent presses is complete. */
export const KEYS_MS = 3000;
/** Longer than any code with a number after it. */
const PRESSED_MAX = 40;

/** What a code leads to: with it, it is done. */
const DONE: ReadonlySet<EventKind> = new Set<EventKind>([
  'call.held',
  'call.retrieved',
  'consult.started',
  'consult.joined',
  'consult.returned',
  'consult.completed',
  'contact.transferred',
]);

/** What an agent has pressed of a code. Each code begins with `*`; what stands before one is for the customer. */
export function applyToKeys(state: CallsState, call: Call, event: Event): void {
  if (DONE.has(event.kind)) {
    call.keys = null;
    return state.deadlines.clear('keys', call.contactId);
  }
  if (event.kind !== 'leg.pressed' || event.legId !== call.talk?.offerId) return;
  const { legId, digit, atMs } = event;
  const goesOn = call.keys?.legId === legId && atMs <= call.keys.untilMs && digit !== '*';
  if (!goesOn && digit !== '*') return;
  const pressed = `${goesOn ? call.keys?.pressed : ''}${digit}`.slice(0, PRESSED_MAX);
  call.keys = { legId, pressed, untilMs: atMs + KEYS_MS };
  state.deadlines.set('keys', call.contactId, call.keys.untilMs);
}
