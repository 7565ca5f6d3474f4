import type { CallCommand } from './call/call-command.ts';
import type { Choice, HangupCause } from './event.ts';
import type { AgentId, AtMs, ContactId, MessageId, OfferId, PromptId } from './ids.ts';
import type { PromptPart } from './prompt.ts';

/** What the hall asks of a door, in the imperative. Each is harmless when repeated. */
export type Command =
  | CallCommand
  | { do: 'answer'; contactId: ContactId }
  /** Let the caller hear that it rings, before answer. */
  | { do: 'indicate_ringing'; contactId: ContactId }
  /** `offsetMs`: so much of the beginning is left out. */
  | { do: 'play'; contactId: ContactId; promptId: PromptId; media: readonly Media[]; offsetMs?: number }
  /** The same for a door where the customer reads. */
  | {
      do: 'show';
      contactId: ContactId;
      promptId: PromptId;
      parts: readonly PromptPart[];
      choices: readonly Choice[];
      sensitive: boolean;
    }
  /** A line that an agent wrote. */
  | { do: 'send_message'; contactId: ContactId; messageId: MessageId; text: string; agentId: AgentId; atMs: AtMs }
  /** Let the customer see where the contact stands now. */
  | { do: 'show_status'; contactId: ContactId }
  /** Let the customer see that the agent is writing. */
  | { do: 'show_typing'; contactId: ContactId }
  | { do: 'stop_prompt'; contactId: ContactId; promptId: PromptId }
  | { do: 'start_music'; contactId: ContactId; music: string }
  | { do: 'stop_music'; contactId: ContactId }
  | { do: 'ring'; offerId: OfferId; contactId: ContactId; agentId: AgentId; from: string; deadlineMs: AtMs }
  | { do: 'withdraw'; offerId: OfferId }
  | { do: 'connect'; contactId: ContactId; offerId: OfferId }
  /** End the talk: the agent's leg goes, the contact stays with its flow. */
  | { do: 'release'; contactId: ContactId; offerId: OfferId }
  | { do: 'hangup'; contactId: ContactId; cause: HangupCause }
  /** No room for this contact: hand it to the door's own fallback. */
  | { do: 'refuse'; contactId: ContactId };

export type CommandOf<D extends Command['do']> = Extract<Command, { do: D }>;

/** A prompt part that is ready to be played: a sound file without its ending, digits to be read out, or silence. */
export type Media =
  | { sound: string }
  /** Sound while it is made, 8 kHz, 16 bit, in pieces of any size. It stands alone, and only in what a customer hears; its beginning is left out already. */
  | { stream: AsyncIterable<Int16Array> }
  | { digits: string }
  | { silenceMs: number }
  /** What a stored recording of Asterisk holds, by its name. */
  | { recording: string }
  /** A tone of the country, such as `ring`; it goes on until it is stopped. */
  | { tone: string };
