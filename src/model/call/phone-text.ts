import type { AskedBy } from '../event.ts';
import type { AgentId, AtMs } from '../ids.ts';

/** Longest text to a phone: a SIP MESSAGE has to fit one UDP packet (RFC 3428, 8). */
export const PHONE_TEXT_CHARACTERS_MAX = 1000;

/** Short texts from and to telephones (SIP MESSAGE, RFC 3428). They belong to no contact. Private. */
export type PhoneTextEvent = PhoneTextReceived | PhoneTextSent;

export type PhoneTextReceived = {
  kind: 'text.received';
  atMs: AtMs;
  /** The user of the sender's address: a number, or the agent of a phone; and the user that it was sent to. */
  from: string;
  to: string;
  text: string;
};

/** Handed to Asterisk; whether the phone took it, SIP tells nobody but Asterisk's log. */
export type PhoneTextSent = { kind: 'text.sent'; atMs: AtMs; agentId: AgentId; text: string; by: AskedBy };
