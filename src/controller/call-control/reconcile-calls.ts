import { unfinishedRecordings } from '../../calls/recording/state.ts';
import { type Seating, seatingOf } from '../../calls/seating.ts';
import type { Call } from '../../calls/state.ts';
import type { CallInventory, Orphan } from '../../channels/channel.ts';
import type { ContactId, LegId } from '../../model/ids.ts';
import type { Task } from '../commands.ts';
import type { Look } from '../reconcile.ts';
import type { State } from '../state.ts';
import { firstJoin } from './call-tasks.ts';
import { ringTone, seatTasks } from './seat-tasks.ts';

/** Legs that are gone have ended, legs that were answered are answered. */
export function legsDiffer({ state, found, atMs, settled, events }: Look): void {
  const legs = new Map(found.calls?.legs.map((leg) => [leg.legId, leg]));
  if (!found.calls) return;
  for (const call of state.calls.calls.values()) {
    const { contactId } = call;
    for (const { legId, askedAtMs, answeredAtMs, detectMachine } of call.legs.values()) {
      const leg = legs.get(legId);
      if (!leg) {
        if (askedAtMs < found.askedAtMs && settled(`leg ${legId}`)) {
          events.push({ kind: 'leg.ended', atMs, contactId, legId, cause: 'lost' });
        }
        // What a detector listens to is up, too, and not answered before its verdict.
      } else if (leg.up && answeredAtMs === null && !detectMachine && settled(`answer ${legId}`)) {
        events.push({ kind: 'leg.answered', atMs, contactId, legId });
      }
    }
  }
}

/**
 * Brings everybody to where they should be. Music cannot be seen from here, so after a gap it is said again to all who wait.
 */
export function seatsDiffer({ state, found, sure, settled }: Look): Task[] {
  if (!found.calls) return [];
  const places = placesOf(found.calls);
  return [...state.calls.calls.values()].flatMap((call) => {
    const seating = seatingOf(state.calls, call);
    if (isSeated(seating, places, call.contactId)) return sure ? musicTasks(call, seating) : [];
    if (!settled(`seats ${call.contactId}`)) return [];
    const plain = seating.places.length === 1 && seating.places[0]?.place === 'talk' && call.talk && !call.consult;
    return plain ? joinedAnew(state, call) : seatTasks(state.calls, call);
  });
}

/** A tone goes on by itself while we are away, and a second one would keep the agent from being joined. */
function musicTasks({ contactId }: Call, { music }: Seating): Task[] {
  return music.map(({ legId, music: one }) => ({ do: 'start_leg_music', contactId, legId, music: one }));
}

/** Whom a tone is played to cannot be joined, and the tone may be of a life before this one. */
function joinedAnew(state: State, call: Call): Task[] {
  const { contactId, talk } = call;
  const stop: Task[] = talk ? [{ do: 'stop_prompt', contactId, promptId: ringTone(talk.offerId) }] : [];
  return [...stop, ...firstJoin(state, call)];
}

/** Who is in which place; a conference is no contact's own. */
function placesOf({ places }: CallInventory): Map<LegId, string> {
  return new Map(
    places.flatMap(({ place, contactId, legIds }) => legIds.map((legId) => [legId, nameOf(place, contactId)] as const)),
  );
}

function nameOf(place: string, contactId: ContactId | null): string {
  return place.startsWith('room.') ? place : `${place} ${contactId}`;
}

function isSeated(seating: Seating, places: ReadonlyMap<LegId, string>, contactId: ContactId): boolean {
  const alone = [...seating.music.map(({ legId }) => legId), ...seating.ringing];
  return (
    seating.places.every(({ place, legIds }) => legIds.every((id) => places.get(id) === nameOf(place, contactId))) &&
    alone.every((legId) => !places.has(legId))
  );
}

/** A recording that was asked for takes a while to begin on a busy machine: two channels are made for it first. */
const BEGINS_WITHIN_MS = 3000;

/**
 * A recording that runs no more has ended without a word; what there is of it is kept. One that should have ended is ended, and
 * one of which there is nothing because the order for it was lost in a crash is begun.
 */
export function recordingsDiffer({ state, found, atMs, sure, settled, events }: Look): Task[] {
  if (!found.calls) return [];
  const tasks: Task[] = [];
  const there = new Map(found.calls.recordings.map((one) => [one.recordingId, one]));
  for (const open of unfinishedRecordings(state.calls.recordings)) {
    const { recordingId, contactId, startedAtMs, stage, discard, sides, message } = open;
    const one = there.get(recordingId);
    if (sure && !one && stage === 'running') {
      tasks.push({ do: 'record', contactId, recordingId, sides, ...(message ? { message } : {}) });
    } else if (one?.running) {
      if (stage === 'stopping' && settled(`stop ${recordingId}`)) {
        tasks.push({ do: 'stop_recording', contactId, recordingId, discard });
      }
    } else if ((sure || startedAtMs < found.askedAtMs - BEGINS_WITHIN_MS) && settled(`recording ${recordingId}`)) {
      const files = one?.files ?? [];
      const result = files.length > 0 ? 'done' : 'failed';
      const durationMs = files.length > 0 ? atMs - startedAtMs : 0;
      events.push({ kind: 'recording.finished', atMs, contactId, recordingId, result, durationMs, files });
    }
  }
  return tasks;
}

/** A line that is gone is asked for again by the switchboard; one of an agent who is not there is closed. */
export function linesDiffer({ state, found, atMs, settled, events }: Look): Task[] {
  if (!found.calls) return [];
  const { lines } = state.calls;
  const there = new Set(found.calls.lines.map(({ agentId }) => agentId));
  for (const { agentId, stage, askedAtMs } of lines.values()) {
    if (stage === 'closed' || there.has(agentId) || askedAtMs >= found.askedAtMs) continue;
    if (settled(`line ${agentId}`)) events.push({ kind: 'line.closed', atMs, agentId, cause: 'lost' });
  }
  const left = [...there].filter((agentId) => !lines.has(agentId) && settled(`line ${agentId}`));
  return left.map((agentId) => ({ do: 'close_line', agentId }));
}

/** Who watches goes on watching. */
export function watchesDiffer({ state, found, settled }: Look): Task[] {
  if (!found.calls) return [];
  const there = new Map(found.calls.watches.map(({ legId, targetLegId }) => [legId, targetLegId]));
  const places = placesOf(found.calls);
  return [...state.calls.watch.watches.values()].flatMap(({ contactId, legId, offerId, mode, stage }): Task[] => {
    // Who joins in is in the talk itself, and has no channel to listen by.
    const hears = mode === 'barge' ? places.get(legId) === nameOf('talk', contactId) : there.get(legId) === offerId;
    if (stage !== 'watching' || hears || !settled(`watch ${legId}`)) return [];
    return [{ do: 'watch', contactId, legId, targetLegId: offerId, mode }];
  });
}

/** What belongs to no call that we know of. */
export function callOrphans({ state, found, settled }: Look): Orphan[] {
  const { calls: inventory } = found;
  if (!inventory) return [];
  const { calls, rooms, watch, recordings } = state.calls;
  const isKnown = (legId: LegId, contactId: ContactId): boolean =>
    (calls.get(contactId)?.legs.has(legId) ?? false) || state.acd.offers.has(legId);
  const legs = inventory.legs.filter(({ legId, contactId }) => !isKnown(legId, contactId));
  const places = inventory.places.filter(({ place, contactId }) => {
    if (place.startsWith('room.')) return !rooms.has(place.slice('room.'.length));
    // Talks are looked at by themselves: those of calls of two are older than all this.
    return place !== 'talk' && !isUsed(contactId === null ? undefined : calls.get(contactId));
  });
  const watches = inventory.watches.filter(({ legId }) => !watch.watches.has(legId));
  const recorded = inventory.recordings.filter(({ recordingId }) => !recordings.open.has(recordingId));
  return [
    ...legs.filter(({ legId }) => settled(`orphan ${legId}`)).map(({ legId }) => ({ leg: legId })),
    ...places
      .filter(({ place, contactId }) => settled(`orphan ${nameOf(place, contactId)}`))
      .map(({ place, contactId }) => ({ place, contactId })),
    ...watches.filter(({ legId }) => settled(`orphan watch ${legId}`)).map(({ legId }) => ({ watch: legId })),
    ...recorded
      .filter(({ recordingId }) => settled(`orphan ${recordingId}`))
      .map(({ recordingId }) => ({ recording: recordingId })),
  ];
}

/** A place beside the talk is of use only while an agent asks somebody. */
function isUsed(call: Call | undefined): boolean {
  return call?.consult != null;
}
