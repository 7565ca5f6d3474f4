import type { Emit } from '../model/event.ts';
import type { AtMs, PromptId } from '../model/ids.ts';
import type { Call, Talk } from './state.ts';

/** Lets the agent hear the message that the contact is about. */
export function playMessage(call: Call, atMs: AtMs, emit: Emit): void {
  const { contactId, placed, talk } = call;
  if (!talk || placed?.recordingId == null) return;
  const { recordingId } = placed;
  const promptId = promptOf(call, talk);
  emit({ kind: 'whisper.started', atMs, contactId, offerId: talk.offerId, promptId, parts: [{ recordingId }] });
}

/** The id of what the agent is to hear next. */
export function promptOf({ whisperCount }: Call, { offerId }: Talk): PromptId {
  return `${offerId}.w${whisperCount + 1}`;
}
