import type { Command } from '../../model/command.ts';
import type { TextHost } from '../channel.ts';
import { deliver } from './deliver.ts';
import type { Guests } from './guests.ts';

/** What is needed to carry out commands. */
export type Hand = { readonly host: TextHost; readonly guests: Guests };

/** Carries out one command. What there is to read stands in the transcript by now, so it is only to be sent. */
export function act({ host, guests }: Hand, command: Command): void {
  switch (command.do) {
    case 'answer':
      host.take({ kind: 'contact.answered', atMs: host.now(), contactId: command.contactId });
      return;
    case 'show': {
      const { contactId, promptId } = command;
      deliverAll({ host, guests }, contactId);
      // What is shown can be read at once: there is no end of it to wait for.
      host.take({ kind: 'prompt.finished', atMs: host.now(), contactId, promptId, result: 'done' });
      return;
    }
    case 'send_message':
    case 'show_status':
      return deliverAll({ host, guests }, command.contactId);
    case 'show_typing':
      for (const connection of guests.get(command.contactId)?.connections ?? []) connection.send({ type: 'typing' });
      return;
    case 'hangup': {
      const { contactId } = command;
      const cause = command.cause === 'normal' ? 'hung_up' : 'rejected';
      host.take({ kind: 'contact.ended', atMs: host.now(), contactId, cause, endedBy: 'system' });
      return;
    }
    default:
      // Nothing can be heard in a chat; and who is refused is told in the moment of asking.
      return;
  }
}

function deliverAll({ host, guests }: Hand, contactId: string): void {
  const guest = guests.get(contactId);
  if (!guest) return;
  for (const connection of [...guest.connections]) deliver(host, connection);
  // Who is away when the chat ends may still read the last lines; nothing more is to be waited for.
  if (host.written(contactId)?.status.status === 'ended') guests.forget(contactId);
}
