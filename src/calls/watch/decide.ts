import type { WatchMode } from '../../model/call/call-event.ts';
import type { AskedBy, Emit, Event, EventOf } from '../../model/event.ts';
import type { AtMs } from '../../model/ids.ts';
import { type Watch, type WatchState, watchesOf } from './state.ts';

/** How long a supervisor's phone rings. */
export const WATCH_RING_MS = 30_000;

/** What a supervisor presses to hear, to be heard by the agent, and to be heard by all. */
const MODE_OF_KEY: Readonly<Record<string, WatchMode>> = { 4: 'listen', 5: 'whisper', 6: 'barge' };

/** What follows for supervision from an event that has just been applied. */
export function decideWatches(state: WatchState, event: Event, emit: Emit): void {
  switch (event.kind) {
    case 'watch.started':
      return ask(state, event, emit);
    case 'watch.took_over':
      return takeOver(state.watches.get(event.legId), event.atMs, emit);
    case 'watch.stopped': {
      const { contactId, legId, atMs } = event;
      if (state.watches.has(legId)) emit({ kind: 'leg.given_up', atMs, contactId, legId });
      return;
    }
    case 'leg.pressed':
      return pressed(state, event, emit);
    case 'leg.ended':
      return legEnded(state, event, emit);
    case 'leg.given_up':
      return rangInVain(state, event, emit);
    case 'contact.handled':
    case 'contact.requeued':
      return talkOver(state, event, emit);
    case 'contact.ended':
      return contactEnded(state, event, emit);
    default:
      return;
  }
}

function ask(state: WatchState, event: EventOf<'watch.started'>, emit: Emit): void {
  const { atMs, contactId, legId, agentId } = event;
  // Told twice, the phone rings once.
  if (state.watches.get(legId)?.startedAtMs !== atMs) return;
  emit({
    kind: 'leg.asked',
    atMs,
    contactId,
    legId,
    purpose: 'watch',
    target: { to: 'agent', agentId },
    way: null,
    deadlineMs: atMs + WATCH_RING_MS,
    detectMachine: false,
    headers: {},
  });
}

/** The supervisor's leg is the agent's leg from now on. Somebody who does not hear the talk yet cannot take it over. */
function takeOver(watch: Watch | undefined, atMs: AtMs, emit: Emit): void {
  if (watch?.stage !== 'watching') return;
  const { contactId, offerId: fromOfferId, legId: offerId, supervisorId: agentId, queueId } = watch;
  emit({ kind: 'talk.handed_over', atMs, contactId, fromOfferId, offerId, agentId, queueId });
}

function pressed(state: WatchState, event: EventOf<'leg.pressed'>, emit: Emit): void {
  const watch = state.watches.get(event.legId);
  if (watch?.stage !== 'watching') return;
  const { atMs, digit } = event;
  const { contactId, legId, supervisorId: agentId } = watch;
  const about = { atMs, contactId, legId, agentId, by: 'phone' as const };
  if (watch.keys === state.takeOverCode) return emit({ kind: 'watch.took_over', ...about });
  const mode = MODE_OF_KEY[digit];
  if (mode !== undefined && mode !== watch.mode) emit({ kind: 'watch.changed', ...about, mode });
}

function legEnded(state: WatchState, event: EventOf<'leg.ended'>, emit: Emit): void {
  const { atMs, legId, cause } = event;
  // The door knows it as the leg that it was asked for; for the dispatcher it is an agent's.
  if (state.takenOver.has(legId)) return emit({ kind: 'offer.ended', atMs, offerId: legId, cause });
  const watch = state.watches.get(legId);
  if (watch) stop(watch, cause === 'hung_up' ? 'phone' : 'system', atMs, emit);
}

function rangInVain(state: WatchState, { legId, atMs }: EventOf<'leg.given_up'>, emit: Emit): void {
  const watch = state.watches.get(legId);
  if (watch) stop(watch, 'system', atMs, emit);
}

function talkOver(
  state: WatchState,
  event: EventOf<'contact.handled'> | EventOf<'contact.requeued'>,
  emit: Emit,
): void {
  for (const watch of watchesOf(state, event.contactId)) {
    if (watch.offerId === event.offerId) stop(watch, 'system', event.atMs, emit);
  }
}

function contactEnded(state: WatchState, { contactId, atMs }: EventOf<'contact.ended'>, emit: Emit): void {
  for (const watch of watchesOf(state, contactId)) stop(watch, 'system', atMs, emit);
}

function stop({ contactId, legId, supervisorId: agentId, stage }: Watch, by: AskedBy, atMs: AtMs, emit: Emit): void {
  if (stage !== 'ending') emit({ kind: 'watch.stopped', atMs, contactId, legId, agentId, by });
}
