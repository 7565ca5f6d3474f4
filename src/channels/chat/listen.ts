import type { DoorEvent } from '../../model/event.ts';
import { hasLine } from '../../model/transcript.ts';
import type { TextHost } from '../channel.ts';
import type { Connection } from './connection.ts';
import { deliver } from './deliver.ts';
import { type ClientFrame, readFrame } from './frames.ts';
import type { Guest, Guests } from './guests.ts';
import { type ChatLimits, TYPING_EVERY_MS } from './limits.ts';
import { contactOf, newContactId, tokenOf } from './token.ts';

/** What is needed to understand what customers' programs send. */
export type Ear = {
  readonly host: TextHost;
  readonly guests: Guests;
  readonly secret: string;
  readonly limits: ChatLimits;
  /** Counts a new chat from an address; false when there were too many. */
  readonly mayBegin: (address: string) => boolean;
};

/** Turns one message of a customer's program into an event, or into an error for it. */
export function listen(ear: Ear, connection: Connection, data: string): void {
  const frame = readFrame(data);
  if (typeof frame === 'string') return connection.tell('chat.malformed', { detail: frame });
  const greets = frame.type === 'hello' || frame.type === 'resume';
  if (connection.contactId === undefined) {
    if (!greets) return connection.refuse('chat.not_greeted');
    return frame.type === 'hello' ? begin(ear, connection, frame) : resume(ear, connection, frame);
  }
  if (greets) return connection.tell('chat.greeted_twice');
  const guest = ear.guests.get(connection.contactId);
  if (guest) spoken(ear, connection, guest, frame);
}

function begin(ear: Ear, connection: Connection, hello: ClientFrame & { type: 'hello' }): void {
  const { host } = ear;
  if (!ear.mayBegin(connection.address)) return connection.refuse('chat.slow_down');
  const contactId = newContactId();
  const { to, name, language, given } = hello;
  const taken = host.take({
    kind: 'contact.arrived',
    atMs: host.now(),
    contactId,
    channel: 'chat',
    legId: contactId,
    from: name,
    to,
    ...(language === undefined ? {} : { language }),
    ...(given === undefined ? {} : { given }),
  });
  if (taken !== 'kept' || !host.written(contactId)) return connection.refuse('chat.refused');
  welcome(ear, connection, contactId, 0);
}

function resume(ear: Ear, connection: Connection, { token, after }: ClientFrame & { type: 'resume' }): void {
  const contactId = contactOf(token, ear.secret);
  if (contactId === undefined) return connection.refuse('chat.token_wrong');
  const written = ear.host.written(contactId);
  if (!written) return connection.refuse('chat.over');
  welcome(ear, connection, contactId, Math.min(after, written.transcript.seq));
}

/** The welcome comes first, then all that the customer does not have yet. */
function welcome(
  { host, guests, secret, limits }: Ear,
  connection: Connection,
  contactId: string,
  after: number,
): void {
  const { transcript, status } = host.written(contactId)!;
  connection.greeted(contactId);
  connection.sentSeq = after;
  connection.send({ type: 'welcome', contactId, token: tokenOf(contactId, secret), seq: transcript.seq });
  if (status.status !== 'ended') {
    const guest = guests.of(contactId, host.now());
    const oldest = guest.connections.size >= limits.connectionsOfContact ? [...guest.connections][0] : undefined;
    if (oldest) {
      guest.connections.delete(oldest);
      oldest.refuse('chat.replaced');
    }
    guest.connections.add(connection);
    guest.awaySinceMs = null;
  }
  deliver(host, connection);
}

type Spoken = Exclude<ClientFrame, { type: 'hello' | 'resume' }>;

function spoken(ear: Ear, connection: Connection, guest: Guest, frame: Spoken): void {
  const { host } = ear;
  const { contactId } = guest;
  const atMs = host.now();
  switch (frame.type) {
    case 'message': {
      const { id, text } = frame;
      return write(ear, connection, guest, id, { kind: 'message.received', atMs, contactId, messageId: id, text });
    }
    case 'choose':
      return choose(ear, connection, guest, frame);
    case 'typing':
      if (atMs - guest.typedAtMs < TYPING_EVERY_MS) return;
      guest.typedAtMs = atMs;
      return host.signal({ what: 'typing', contactId });
    case 'ack': {
      const seq = Math.min(frame.seq, connection.sentSeq);
      if (seq <= guest.seenSeq) return;
      guest.seenSeq = seq;
      return host.signal({ what: 'seen', contactId, seq });
    }
    case 'bye':
      host.take({ kind: 'contact.ended', atMs, contactId, cause: 'hung_up', endedBy: 'customer' });
      return;
  }
}

/** A choice of an older question would be taken for an answer to the one that is asked now. */
function choose(ear: Ear, connection: Connection, guest: Guest, frame: ClientFrame & { type: 'choose' }): void {
  const { host } = ear;
  const { contactId } = guest;
  const { id, key, seq } = frame;
  const { transcript } = host.written(contactId)!;
  const asked = transcript.lines.findLast(({ choices }) => choices !== undefined);
  const open = transcript.choices.some((choice) => choice.key === key) && (seq === undefined || asked?.seq === seq);
  if (!open && !hasLine(transcript, 'customer', id)) return connection.tell('chat.choice_unknown', { id });
  const atMs = host.now();
  write(ear, connection, guest, id, { kind: 'digit.received', atMs, contactId, digit: key, messageId: id });
}

/** Said to be received only when it stands in the journal. What was received before is not taken again. */
function write({ host }: Ear, connection: Connection, guest: Guest, id: string, event: DoorEvent): void {
  const { transcript } = host.written(guest.contactId)!;
  if (hasLine(transcript, 'customer', id)) return connection.send({ type: 'received', id });
  if (!guest.messages.takes(host.now())) return connection.tell('chat.slow_down', { id });
  const taken = host.take(event);
  if (taken === 'lost') connection.tell('chat.unavailable', { id });
  if (taken === 'kept') connection.send({ type: 'received', id });
  for (const one of [...guest.connections]) deliver(host, one);
}
