import type { Door, Signal, Taken } from '../channels/channel.ts';
import { withoutSecrets } from '../flow/running/sensitive.ts';
import type { Journal } from '../journal/journal.ts';
import { DOORS, type DoorName } from '../model/channel.ts';
import type { CommandOf, Media } from '../model/command.ts';
import type { Event, EventOf } from '../model/event.ts';
import type { AtMs, ContactId, RecordingId } from '../model/ids.ts';
import { askWeb, type WebPort } from './ask-web.ts';
import { isAwaited, playTask } from './call-control/play-task.ts';
import { doorOf, type Spoken, type Task, tasksFor } from './commands.ts';
import { nextDeadline, takeIn } from './decide.ts';
import { Doorway } from './doorway.ts';
import { isPassedOver } from './passed-over.ts';
import { type Mouth, type RecordedMedia, speak } from './speak.ts';
import type { State } from './state.ts';

export type HallOptions = {
  readonly state: State;
  readonly journal: Journal;
  readonly mouth: Mouth;
  /** The way to other systems, for steps that ask them. */
  readonly web: WebPort;
  /** Path of a recording of one version of the flows, as the door plays it. */
  readonly recordingPath: (version: string, file: string) => string;
  /** A recording as the door can play it; `contactId` is in whose call it is heard. */
  readonly recorded: (recordingId: RecordingId, contactId: ContactId) => ReturnType<RecordedMedia>;
  readonly now: () => AtMs;
  readonly log: HallLog;
  /** Called when the journal belongs to somebody else by now: two controllers must not steer one Asterisk. */
  readonly onJournalLost: (code: string) => void;
};

export type HallLog = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

/** The hall as the desk sees it: what is live, and a way for wishes to come in. */
export type LiveHall = Pick<Hall, 'state' | 'now' | 'enter'>;

/** Who wants to know at once what happens: a batch when it is written down, or what lasts for a moment only. */
export type Follower = {
  batch(batch: readonly Event[]): void;
  signal(signal: Signal): void;
};

const JOURNAL_LOST = ['journal.stolen', 'journal.conflict', 'journal.gap'];
/** setTimeout counts in 31 bits. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/** The hall: event in, journal, decide, commands out, one event at a time. Each door has a doorway of its own. */
export class Hall {
  readonly #options: HallOptions;
  readonly #doorways = new Map<DoorName, Doorway>();
  readonly #followers = new Set<Follower>();
  #inbox: Event[] = [];
  #working = false;
  #timer: NodeJS.Timeout | undefined;
  #timerAtMs = Number.POSITIVE_INFINITY;
  #closed = false;
  #lostEvents = 0;
  #passedOver = 0;

  constructor(options: HallOptions) {
    this.#options = options;
    const { state, log } = options;
    const inside = {
      state,
      log,
      now: () => this.now(),
      enter: (event: Event) => this.enter(event),
      perform: (task: Task) => this.#perform(task),
      signal: (signal: Signal) => this.signal(signal),
    };
    for (const name of DOORS) this.#doorways.set(name, new Doorway(name, inside));
  }

  get state(): State {
    return this.#options.state;
  }

  /** Events that could not be written down since the start; anything but 0 is trouble. */
  get lostEvents(): number {
    return this.#lostEvents;
  }

  /** Events about contacts and offers that were not known (any more), since the start. */
  get passedOver(): number {
    return this.#passedOver;
  }

  now(): AtMs {
    return this.#options.now();
  }

  /** What a door of this name is to be given as its host. */
  doorway(name: DoorName): Doorway {
    return this.#doorways.get(name)!;
  }

  /** Connects a door; commands for its contacts go out through it. */
  use(door: Door): void {
    this.doorway(door.name).use(door);
  }

  /** The function returned ends it. */
  follow(follower: Follower): () => void {
    this.#followers.add(follower);
    return () => void this.#followers.delete(follower);
  }

  /** Gives a command that follows from no event: it says something that lasts for a moment only. */
  command(command: CommandOf<'show_typing'>): void {
    this.#perform(command);
  }

  signal(signal: Signal): void {
    for (const follower of this.#followers) follower.signal(signal);
  }

  /** Takes an event of any kind in, with all that follows from it. */
  enter(event: Event): Taken {
    if (this.#closed) return 'lost';
    this.#inbox.push(event);
    if (this.#working) return 'held';
    this.#working = true;
    let taken: Taken | undefined;
    try {
      for (let next = this.#inbox.shift(); next; next = this.#inbox.shift()) {
        const one = this.#handle(next);
        taken ??= one;
      }
    } finally {
      this.#working = false;
      this.#setTimer();
    }
    return taken ?? 'held';
  }

  #handle(event: Event): Taken {
    const { state, journal, log } = this.#options;
    // Asterisk tells a phone's state again and again; only a change is news.
    if (event.kind === 'phone.changed' && state.acd.agents.get(event.agentId)?.phone === event.phone) return 'kept';
    if ((event.kind === 'contact.arrived' || event.kind === 'message.received') && journal.crowded()) {
      // Better to send a new call to the dialplan's words of regret than to lose what belongs to those already here.
      if (event.kind === 'contact.arrived') this.doorway(event.channel).perform(refuse(event.contactId));
      return 'lost';
    }
    if (isPassedOver(state, event)) {
      this.#passedOver += 1;
      // A call that was noticed by a look is told of afterwards, even when it is over by then: it has come once.
      if (event.kind === 'contact.arrived') return 'kept';
    }
    const { batch, fault } = takeIn(state, event);
    if (fault) log.error({ event: event.kind, error: fault.stack }, 'A rule of ours broke; the contact is let go.');
    const taken = this.#writeDown(batch);
    for (const one of batch) {
      for (const task of tasksFor(state, one)) this.#perform(task);
      if (one.kind === 'http.requested') this.#askWeb(one);
    }
    for (const follower of this.#followers) follower.batch(batch);
    return taken;
  }

  #writeDown(batch: readonly Event[]): Taken {
    const { journal, state, log } = this.#options;
    const lasting = batch.filter((event) => event.kind !== 'time.passed').map(withoutSecrets);
    if (lasting.length === 0) return 'kept';
    try {
      state.seq = journal.append(lasting);
      return 'kept';
    } catch (error) {
      const { code = '' } = error as { code?: string };
      this.#lostEvents += lasting.length;
      log.error({ code, lost: this.#lostEvents }, 'Events could not be written down.');
      if (JOURNAL_LOST.includes(code)) this.#options.onJournalLost(code);
      return 'lost';
    }
  }

  #perform(task: Task): void {
    const doorway = this.doorway(doorOf(this.state, task));
    if (task.do !== 'speak' && task.do !== 'speak_to') doorway.perform(task);
    else if (doorway.agreed) void this.#speak(task, doorway);
  }

  async #speak(task: Spoken, doorway: Doorway): Promise<void> {
    const { mouth, recordingPath, recorded, state, log } = this.#options;
    const { contactId, promptId } = task;
    const version = state.flow.sessions.get(contactId)?.version ?? '';
    const pathOf = (file: string): string => recordingPath(version, file);
    const media = await speak({
      parts: task.parts,
      mouth,
      recordingPath: pathOf,
      recorded: (recordingId) => recorded(recordingId, contactId),
      // Before the answer sound is early media, which Asterisk begins by itself only for files.
      streams: task.do === 'speak' && state.contacts.get(contactId)?.answeredAtMs != null,
      offsetMs: task.do === 'speak' ? (task.offsetMs ?? 0) : 0,
      onTrouble: (code) => log.warn({ code }, 'A part of a prompt was not spoken.'),
    });
    // Whoever was to hear it may have pressed a key or hung up while the words were being made.
    if (!isAwaited(state, task)) return leave(media);
    if (media.length > 0) doorway.perform(playTask(task, media));
    else this.enter({ kind: 'prompt.finished', atMs: this.now(), contactId, promptId, result: 'failed' });
  }

  #askWeb({ contactId, requestId }: EventOf<'http.requested'>): void {
    const { state, web, log } = this.#options;
    const asking = { state, web, now: () => this.now(), enter: (event: Event) => void this.enter(event) };
    askWeb(asking, { contactId, requestId }).catch((error: Error) => {
      log.error({ error: error.stack }, 'A rule of ours broke; a flow waits for an answer in vain.');
    });
  }

  #setTimer(): void {
    const dueAtMs = nextDeadline(this.state) ?? Number.POSITIVE_INFINITY;
    // A timer that comes too early looks again; to move it back at every event would cost more than that look.
    if (dueAtMs >= this.#timerAtMs || this.#closed) return;
    clearTimeout(this.#timer);
    this.#timerAtMs = dueAtMs;
    this.#timer = setTimeout(() => this.#due(), Math.min(TIMER_MAX_MS, Math.max(0, dueAtMs - this.now())));
  }

  #due(): void {
    this.#timerAtMs = Number.POSITIVE_INFINITY;
    const nowMs = this.now();
    if ((nextDeadline(this.state) ?? Number.POSITIVE_INFINITY) <= nowMs)
      this.enter({ kind: 'time.passed', atMs: nowMs });
    else this.#setTimer();
  }

  /** Makes a new site's agents known to the doors. */
  async refit(): Promise<void> {
    for (const doorway of this.#doorways.values()) await doorway.refit();
  }

  /** Stops timers and takes nothing more in. May be called twice. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const doorway of this.#doorways.values()) doorway.close();
  }
}

/** Engines that still speak need not do so for nobody. */
function leave(media: readonly Media[]): void {
  for (const one of media) if ('stream' in one) void one.stream[Symbol.asyncIterator]().return?.();
}

function refuse(contactId: string): CommandOf<'refuse'> {
  return { do: 'refuse', contactId };
}
