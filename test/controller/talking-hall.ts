import type { Signal } from '../../src/channels/channel.ts';
import type { TalkingHall } from '../../src/controller/chat/create-conversations.ts';
import type { Follower } from '../../src/controller/hall.ts';
import type { Command } from '../../src/model/command.ts';
import type { Event } from '../../src/model/event.ts';
import type { Rooms } from './hall-state.ts';

/** The rooms as the desk sees a hall, with the commands that follow from no event. */
export class HallOfRooms implements TalkingHall {
  readonly commands: Command[] = [];
  readonly #rooms: Rooms;
  readonly #followers = new Set<Follower>();
  /** When set, nothing can be written down. */
  journalFull = false;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  get state() {
    return this.#rooms.state;
  }

  now(): number {
    return this.#rooms.nowMs;
  }

  enter(event: Event) {
    const batch = this.#rooms.take(event);
    for (const follower of this.#followers) follower.batch(batch);
    return this.journalFull ? ('lost' as const) : ('kept' as const);
  }

  command(command: Command): void {
    this.commands.push(command);
  }

  follow(follower: Follower): () => void {
    this.#followers.add(follower);
    return () => void this.#followers.delete(follower);
  }

  signal(signal: Signal): void {
    for (const follower of this.#followers) follower.signal(signal);
  }

  /** A customer begins a chat, which is put into the queue of the menu's first choice. */
  chat(contactId: string, from = 'Maria'): void {
    const atMs = this.now();
    const about = { contactId, legId: contactId, channel: 'chat', from, to: '100' } as const;
    this.enter({ kind: 'contact.arrived', atMs, ...about });
    this.enter({ kind: 'contact.answered', atMs, contactId });
    this.enter({ kind: 'digit.received', atMs, contactId, digit: '1', messageId: 'choice' });
  }

  /** The customer writes a line. */
  line(contactId: string, text: string, messageId = `c${this.state.transcripts.get(contactId)?.seq}`): void {
    this.enter({ kind: 'message.received', atMs: this.now(), contactId, messageId, text });
  }
}
