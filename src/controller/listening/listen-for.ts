import type { Event } from '../../model/event.ts';
import type { ContactId } from '../../model/ids.ts';
import type { ListenId } from '../../model/speech/listening.ts';
import type { Heard } from '../../recognition/ears.ts';
import type { Follower, LiveHall } from '../hall.ts';
import { type CallEar, type Hearing, openCallEar } from './call-ear.ts';
import { speechEvent } from './speech-event.ts';

/** What the listening needs of the hall. */
export type HeardHall = Pick<LiveHall, 'now' | 'enter'> & { follow(follower: Follower): () => void };

export type ListeningLog = { warn(fields: object, message: string): void };

/** Calls to which somebody listens at once; in one more the steps go on by keys. */
export const CALLS_MAX = 1_000;

/**
 * Carries out what flows decide about their ears: opens the customer's sound, begins and ends turns at the ears, and brings
 * what they tell back as events. When a call ends or the door is lost all of it is closed; flows that are taken up again ask
 * again, and so listen again. Nothing here ends a call.
 */
export function listenFor(hall: HeardHall, hearing: Hearing, log: ListeningLog): { close(): void } {
  const open = new Map<ContactId, CallEar>();

  function told(contactId: ContactId, listenId: ListenId, heard: Heard): void {
    const event = speechEvent(hall.now(), contactId, listenId, heard);
    if (event?.kind === 'speech.failed') log.warn({ code: event.code }, 'Nobody hears what a caller says; keys count.');
    if (event) hall.enter(event);
  }

  function earOf(contactId: ContactId): CallEar | undefined {
    const known = open.get(contactId);
    if (known || open.size >= CALLS_MAX) return known;
    const ear = openCallEar({
      ...hearing,
      contactId,
      now: () => hall.now(),
      told: (listenId, heard) => told(contactId, listenId, heard),
    });
    open.set(contactId, ear);
    return ear;
  }

  function close(contactId: ContactId): void {
    open.get(contactId)?.close();
    open.delete(contactId);
  }

  function closeAll(): void {
    for (const contactId of [...open.keys()]) close(contactId);
  }

  function follow(event: Event): void {
    switch (event.kind) {
      case 'listening.started': {
        const { contactId, listenId, order } = event;
        const ear = earOf(contactId);
        if (ear) ear.listen(listenId, order);
        else told(contactId, listenId, { what: 'failed', code: 'listening.full' });
        return;
      }
      case 'listening.stopped':
        return open.get(event.contactId)?.stop(event.listenId);
      case 'contact.ended':
      case 'contact.finished':
        return close(event.contactId);
      case 'door.lost':
        return event.door === 'voice' ? closeAll() : undefined;
      default:
        return;
    }
  }

  const unfollow = hall.follow({
    batch: (batch) => {
      for (const event of batch) follow(event);
    },
    signal: () => undefined,
  });
  return {
    close() {
      unfollow();
      closeAll();
    },
  };
}
