import { whisperOf } from '../../calls/dialling.ts';
import { callOf } from '../../calls/state.ts';
import type { Command, Media } from '../../model/command.ts';
import type { Spoken } from '../commands.ts';
import type { State } from '../state.ts';

/** Whether somebody still waits to hear it. */
export function isAwaited(state: State, task: Spoken): boolean {
  const { contactId, promptId } = task;
  if (task.do === 'speak') return state.flow.sessions.get(contactId)?.promptId === promptId;
  const call = callOf(state.calls, contactId);
  const hearing = call?.dial?.hearing ?? [];
  return call?.talk?.whisper?.promptId === promptId || hearing.some((legId) => whisperOf(legId) === promptId);
}

/** The command that plays it, when it is ready to be played. */
export function playTask(task: Spoken, media: readonly Media[]): Command {
  const { contactId, promptId } = task;
  if (task.do === 'speak_to') return { do: 'play_to', contactId, legId: task.legId, promptId, media };
  const isStream = media.some((one) => 'stream' in one);
  const from = task.offsetMs === undefined || isStream ? {} : { offsetMs: task.offsetMs };
  return { do: 'play', contactId, promptId, media, ...from };
}
