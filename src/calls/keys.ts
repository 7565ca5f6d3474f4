import type { Emit, Event, EventOf } from '../model/event.ts';
import type { Result } from '../model/failure.ts';
import type { AtMs } from '../model/ids.ts';
import type { CallCodes } from '../model/site.ts';
import { pressedToTake } from './dialling.ts';
import { targetOf } from './outgoing/inside.ts';
import { pressedToDecide } from './placed.ts';
import { pressRecord } from './recording/ask.ts';
import type { Call, CallsState } from './state.ts';
import { askCall, type CallWish } from './wishes.ts';

/** A timer comes this late at most while the program runs. What was pressed before a restart is forgotten. */
const LATE_MS = 2000;

/** A key at any leg but the customer's. */
export function pressed(state: CallsState, call: Call, event: EventOf<'leg.pressed'>, emit: Emit): void {
  const { atMs, digit, legId } = event;
  if (pressedToTake(call, event, emit) || legId !== call.talk?.offerId) return;
  if (pressedToDecide(state, call, digit, atMs, emit)) return;
  const keys = call.keys?.pressed;
  if (keys === undefined) return;
  const { callCodes } = state.site;
  const found = codeOf(callCodes, keys);
  if (!found) return;
  if (digit === '#' && found.number !== '') return act(state, call, found, atMs, emit);
  if (found.number !== '' || found.code === 'consult' || mayGoOn(callCodes, keys)) return;
  // A number may follow, but nobody is asked twice: who was consulted has the customer at once.
  if (found.code === 'transfer' && !hasAnswered(call)) return;
  act(state, call, found, atMs, emit);
}

function hasAnswered({ consult }: Call): boolean {
  return consult !== null && consult.stage !== 'asked';
}

/** No key came for a while: what was pressed is complete. What needs no time was done when its last key was pressed. */
export function keysDue(state: CallsState, call: Call, nowMs: AtMs, emit: Emit): void {
  const { keys } = call;
  if (!keys || nowMs - keys.untilMs > LATE_MS) return;
  const { callCodes } = state.site;
  const found = codeOf(callCodes, keys.pressed);
  if (!found) return;
  const takesNumber = found.code === 'consult' || found.code === 'transfer';
  if (takesNumber ? found.number !== '' : found.number === '' && mayGoOn(callCodes, keys.pressed)) {
    act(state, call, found, nowMs, emit);
  }
}

type Pressed = { readonly code: keyof CallCodes; readonly number: string };

/** The longest code that begins what was pressed, and what follows it without the closing `#`. */
export function codeOf(codes: CallCodes, keys: string): Pressed | undefined {
  let best: Pressed | undefined;
  for (const [code, start] of Object.entries(codes) as [keyof CallCodes, string][]) {
    if (start === '' || !keys.startsWith(start) || start.length <= (best ? codes[best.code].length : 0)) continue;
    best = { code, number: keys.slice(start.length).replace(/#$/, '') };
  }
  return best;
}

/** Another code is longer and begins the same. */
function mayGoOn(codes: CallCodes, keys: string): boolean {
  return Object.values(codes).some((code) => code.length > keys.length && code.startsWith(keys));
}

function act(state: CallsState, call: Call, { code, number }: Pressed, atMs: AtMs, emit: Emit): void {
  if (code === 'record') return pressRecord(state.recordings, state.site, { contactId: call.contactId, atMs }, emit);
  const done = askCall(state, { contactId: call.contactId, by: 'phone', atMs }, wishOf(state, call, code, number));
  follow(done, emit);
}

function wishOf({ site }: CallsState, call: Call, code: Exclude<keyof CallCodes, 'record'>, number: string): CallWish {
  switch (code) {
    case 'hold':
      return { wish: call.talk?.held ? 'retrieve' : 'hold' };
    case 'consult':
      return { wish: 'consult', target: targetOf(site, number) };
    case 'back':
      return { wish: 'back' };
    case 'conference':
      return { wish: 'join' };
    case 'transfer':
      return number === '' ? { wish: 'complete' } : { wish: 'transfer', target: targetOf(site, number) };
  }
}

/** The transfer button: to whom was consulted if it is the same, else at once. */
export function referred(state: CallsState, call: Call, event: EventOf<'leg.referred'>, emit: Emit): void {
  const { atMs, contactId, legId, to } = event;
  if (legId !== call.talk?.offerId) return;
  const target = targetOf(state.site, to);
  const same = hasAnswered(call) && JSON.stringify(call.consult?.target) === JSON.stringify(target);
  const wish: CallWish = same ? { wish: 'complete' } : { wish: 'transfer', target };
  follow(askCall(state, { contactId: state.consults.get(contactId) ?? contactId, by: 'phone', atMs }, wish), emit);
}

/** The hold button of a phone. */
export function heldByButton(
  state: CallsState,
  call: Call,
  event: EventOf<'leg.held'> | EventOf<'leg.retrieved'>,
  emit: Emit,
): void {
  if (event.legId !== call.talk?.offerId) return;
  const wish = event.kind === 'leg.held' ? 'hold' : 'retrieve';
  follow(askCall(state, { contactId: call.contactId, by: 'phone', atMs: event.atMs }, { wish }), emit);
}

/** What cannot be done is left alone: whoever pressed it hears that nothing changes. */
function follow(asked: Result<Event | undefined>, emit: Emit): void {
  if (asked.ok && asked.value) emit(asked.value);
}
