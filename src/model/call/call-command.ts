import type { Media } from '../command.ts';
import type { AgentId, ContactId, LegId, OfferId, PromptId, RecordingId } from '../ids.ts';
import type { WatchMode } from './call-event.ts';
import type { AskedLeg } from './leg.ts';
import type { MessageBounds, Sides } from './recording.ts';

/**
 * What the hall asks of the door to the telephone about calls of more than two. A leg is a customer's (its contact's id), an
 * agent's (the offer's id), or one that we asked for (its own id). `place` is where legs hear each other: `talk`, `aside` (a
 * consult) or `room.<name>` (a conference).
 */
export type CallCommand =
  | ({ do: 'dial' } & AskedLeg)
  | { do: 'drop_leg'; contactId: ContactId; legId: LegId }
  /** Takes the legs out of where they are and brings them together here. Their music stops. */
  | { do: 'join'; contactId: ContactId; place: Place; legIds: readonly LegId[] }
  /** Takes legs out; each hears nothing then. */
  | { do: 'part'; contactId: ContactId; place: Place; legIds: readonly LegId[] }
  | { do: 'dissolve'; contactId: ContactId; place: Place }
  /** Music for one leg that is in no place. */
  | { do: 'start_leg_music'; contactId: ContactId; legId: LegId; music: string }
  | { do: 'stop_leg_music'; contactId: ContactId; legId: LegId }
  | { do: 'mute'; contactId: ContactId; legId: LegId; muted: boolean }
  /** Plays to a leg that is not the customer's. Its end comes as `prompt.finished` of the contact. */
  | { do: 'play_to'; contactId: ContactId; legId: LegId; promptId: PromptId; media: readonly Media[] }
  | { do: 'send_dtmf'; contactId: ContactId; digits: string; toneMs: number }
  | { do: 'detect_machine'; contactId: ContactId; listenMs: number; words: number; greetingOnly?: true }
  /** Lets a supervisor's leg hear the leg of an agent and what that hears. Said again with another mode it changes. */
  | { do: 'watch'; contactId: ContactId; legId: LegId; targetLegId: OfferId; mode: WatchMode }
  | { do: 'record'; contactId: ContactId; recordingId: RecordingId; sides: Sides; message?: MessageBounds }
  | { do: 'pause_recording'; contactId: ContactId; recordingId: RecordingId; paused: boolean }
  | { do: 'stop_recording'; contactId: ContactId; recordingId: RecordingId; discard: boolean }
  /** Connects an agent's persistent line (Phone.persistent): the phone is rung once, and offers come on it after a tone. */
  | { do: 'open_line'; agentId: AgentId }
  | { do: 'close_line'; agentId: AgentId };

export type Place = 'talk' | 'aside' | `room.${string}`;
