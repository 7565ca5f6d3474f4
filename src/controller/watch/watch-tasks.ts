import type { Watch } from '../../calls/watch/state.ts';
import { watchesOf } from '../../calls/watch/state.ts';
import type { Event, EventOf } from '../../model/event.ts';
import type { LegId, PromptId } from '../../model/ids.ts';
import type { Task } from '../commands.ts';
import type { State } from '../state.ts';

/** What both sides of a talk hear when a supervisor comes to an announced watch; Asterisk brings the sound. */
const ANNOUNCEMENT = [{ sound: 'beep' }];

/** What the door to the telephone has to do for supervision. To ring the supervisor's phone and to hang it up is said of every leg. */
export function watchTasks(state: State, event: Event): Task[] {
  switch (event.kind) {
    case 'leg.answered': {
      const watch = state.calls.watch.watches.get(event.legId);
      return watch ? begin(watch) : [];
    }
    case 'prompt.finished':
      return announced(state, event);
    case 'watch.changed': {
      const watch = state.calls.watch.watches.get(event.legId);
      return watch?.stage === 'watching' ? [watchTask(watch)] : [];
    }
    case 'talk.handed_over':
      return follow(state, event);
    default:
      return [];
  }
}

/** Who watches goes on with the agent who has the talk now. */
function follow(state: State, { contactId, offerId }: EventOf<'talk.handed_over'>): Task[] {
  return watchesOf(state.calls.watch, contactId)
    .filter((watch) => watch.offerId === offerId && watch.stage === 'watching')
    .map(watchTask);
}

function watchTask({ contactId, legId, offerId, mode }: Watch): Task {
  return { do: 'watch', contactId, legId, targetLegId: offerId, mode };
}

function begin(watch: Watch): Task[] {
  return watch.announced ? announcement(watch) : [watchTask(watch)];
}

/**
 * Both are told before anybody listens. Not at the same time: while a sound is played to a channel, a snoop channel that is made
 * on it hears one side only, from then on (measured with Asterisk 22.10.1).
 */
function announced(state: State, { contactId, promptId }: EventOf<'prompt.finished'>): Task[] {
  const watch = watchesOf(state.calls.watch, contactId).find(({ legId }) => promptId === toldAgent(legId));
  return watch?.stage === 'watching' ? [watchTask(watch)] : [];
}

function toldAgent(legId: LegId): PromptId {
  return `${legId}.agent`;
}

/** The prompts' ids are of no flow, so none of them takes their end for that of its own. */
function announcement({ contactId, legId, offerId }: Watch): Task[] {
  return [
    { do: 'play', contactId, promptId: `${legId}.customer`, media: ANNOUNCEMENT },
    { do: 'play_to', contactId, legId: offerId, promptId: toldAgent(legId), media: ANNOUNCEMENT },
  ];
}
