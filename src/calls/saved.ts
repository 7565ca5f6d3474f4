import type { ContactId } from '../model/ids.ts';
import type { Site } from '../model/site.ts';
import type { Line } from './lines.ts';
import { restoreRecordings, type SavedRecordings, saveRecordings } from './recording/saved.ts';
import { type Call, type CallsState, emptyCalls, type Leg, type Room, type Spent } from './state.ts';
import { restoreTranscription, saveTranscription } from './transcription/saved.ts';
import type { CallTranscription } from './transcription/state.ts';
import { restoreWatches, type SavedWatches, saveWatches } from './watch/saved.ts';

type SavedCall = Omit<Call, 'legs'> & { readonly legs: readonly Leg[] };
type SavedRoom = Omit<Room, 'members'> & { readonly members: readonly (readonly [ContactId, Member])[] };
type Member = { readonly moderator: boolean };

/** The switchboard's state as plain JSON, for a snapshot; deadlines follow from the rest, and the site comes with the flows. */
export type SavedCalls = {
  readonly calls: readonly SavedCall[];
  readonly rooms: readonly SavedRoom[];
  readonly spent: Spent;
  readonly lines: readonly Line[];
  readonly present: readonly string[];
  readonly doorOpen: boolean;
  readonly watch: SavedWatches;
  readonly recordings: SavedRecordings;
  /** Absent in a snapshot of release 0.1.0. */
  readonly transcription?: readonly CallTranscription[];
};

/** Copies whatever may still change, in an order of its own: equal states give equal bytes whatever way led to them. */
export function saveCalls(state: CallsState): SavedCalls {
  return {
    calls: byName([...state.calls.values()], ({ contactId }) => contactId).map(savedCall),
    rooms: byName([...state.rooms.values()], ({ name }) => name).map(({ members, ...room }) => ({
      ...room,
      members: byName([...members], ([contactId]) => contactId),
    })),
    spent: state.spent,
    lines: byName([...state.lines.values()], ({ agentId }) => agentId).map((line) => ({ ...line })),
    present: [...state.present].sort(),
    doorOpen: state.doorOpen,
    watch: saveWatches(state.watch),
    recordings: saveRecordings(state.recordings),
    transcription: saveTranscription(state.transcription),
  };
}

function savedCall({ legs, ...call }: Call): SavedCall {
  return {
    ...call,
    talk: call.talk && { ...call.talk },
    consult: call.consult && { ...call.consult },
    dial: call.dial && { ...call.dial },
    over: call.over && { ...call.over },
    legs: byName([...legs.values()], ({ legId }) => legId).map((leg) => ({ ...leg })),
  };
}

/** As its UTF-16 units are: a locale's order would differ between machines. */
function byName<T>(list: T[], nameOf: (one: T) => string): T[] {
  return list.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

/** The state as it was; takes over the snapshot's objects. */
export function restoreCalls(saved: SavedCalls, site: Site): CallsState {
  const watch = restoreWatches(saved.watch);
  const recordings = restoreRecordings(saved.recordings);
  const transcription = restoreTranscription(saved.transcription);
  const state: CallsState = { ...emptyCalls(site), watch, recordings, transcription };
  state.spent = saved.spent;
  state.doorOpen = saved.doorOpen;
  for (const agentId of saved.present) state.present.add(agentId);
  for (const line of saved.lines) {
    state.lines.set(line.agentId, line);
    if (line.againAtMs !== null) state.deadlines.set('line', line.agentId, line.againAtMs);
  }
  for (const { legs, ...about } of saved.calls) {
    const call: Call = { ...about, legs: new Map(legs.map((leg) => [leg.legId, leg])) };
    state.calls.set(call.contactId, call);
    for (const consultId of call.consultIds) state.consults.set(consultId, call.contactId);
    setDeadlines(state, call);
  }
  for (const { members, ...room } of saved.rooms) state.rooms.set(room.name, { ...room, members: new Map(members) });
  return state;
}

function setDeadlines(state: CallsState, call: Call): void {
  const { deadlines, outside } = state;
  const { contactId, legs, talk, farTalk, keys } = call;
  for (const leg of legs.values()) {
    if (leg.way) outside.set(leg.legId, leg);
    if (leg.dueAtMs !== null) deadlines.set('leg', leg.legId, leg.dueAtMs);
  }
  if (talk?.whisper) deadlines.set('whisper', contactId, talk.whisper.untilMs);
  else if (talk?.decideByMs != null) deadlines.set('decision', contactId, talk.decideByMs);
  if (farTalk?.untilMs != null) deadlines.set('far_talk', contactId, farTalk.untilMs);
  if (keys) deadlines.set('keys', contactId, keys.untilMs);
}
