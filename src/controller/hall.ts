import type { Door, DoorHost } from '../channels/channel.ts';
import type { Journal } from '../journal/journal.ts';
import type { AcdEvent, AgentEvent, DoorEvent, Event, FlowEvent, HallEvent } from '../model/event.ts';
import type { AtMs } from '../model/ids.ts';
import { type Task, tasksFor, waitingTasks } from './commands.ts';
import { nextDeadline, takeIn } from './decide.ts';
import { isPassedOver } from './passed-over.ts';
import { reconcile } from './reconcile.ts';
import { type Mouth, speak } from './speak.ts';
import type { State } from './state.ts';

export type HallOptions = {
  readonly state: State;
  readonly journal: Journal;
  readonly mouth: Mouth;
  /** Path of a recording of one version of the flows, as the door plays it. */
  readonly recordingPath: (version: string, file: string) => string;
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

const JOURNAL_LOST = ['journal.stolen', 'journal.conflict', 'journal.gap'];
/** How often belief and reality are compared while all is well; a difference counts when it is seen twice. */
const CHECK_EVERY_MS = 2000;
/** A failed look at what the door has is repeated after this. */
const CHECK_AGAIN_MS = 500;
/** Events that wait for the picture to be put right; a door that was away for long is better looked at anew. */
const HELD_MAX = 20_000;
/** setTimeout counts in 31 bits. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/**
 * The hall: event in, journal, decide, commands out, one event at a time. Between the loss of the door and the moment
 * when belief and reality agree again its events are held back and no command is given: what is still to be done follows
 * from the state, and reconcile says it.
 */
export class Hall implements DoorHost {
  readonly #options: HallOptions;
  #door: Door | undefined;
  #inbox: Event[] = [];
  #working = false;
  #agreed = false;
  /** Counts the door's openings and losses, so that a slow answer is not taken for one of today. */
  #opening = 0;
  #checking = false;
  #held: DoorEvent[] = [];
  #suspected: ReadonlySet<string> = new Set();
  #timer: NodeJS.Timeout | undefined;
  #timerAtMs = Number.POSITIVE_INFINITY;
  #check: NodeJS.Timeout | undefined;
  #closed = false;
  #lostEvents = 0;
  #passedOver = 0;
  /** Why the last look at the door failed; said once, not twice a second. */
  #trouble = '';
  /** When the door was lost last; before that, whoever waits had music from the controller before this one. */
  #lostAtMs: AtMs = Number.POSITIVE_INFINITY;

  constructor(options: HallOptions) {
    this.#options = options;
  }

  get state(): State {
    return this.#options.state;
  }

  /** True when belief and reality were compared since the door was opened last. */
  get agreed(): boolean {
    return this.#agreed;
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

  /** Connects the door through which commands go out. */
  use(door: Door): void {
    this.#door = door;
  }

  /** What the door saw. */
  take(event: DoorEvent): void {
    if (event.kind === 'door.opened' || event.kind === 'door.lost') return this.#doorChanged(event);
    if (this.#agreed) return this.enter(event);
    if (this.#held.length < HELD_MAX) this.#held.push(event);
  }

  /** Takes an event of any kind in, with all that follows from it. */
  enter(event: AcdEvent | AgentEvent | DoorEvent | FlowEvent | HallEvent): void {
    if (this.#closed) return;
    this.#inbox.push(event);
    if (this.#working) return;
    this.#working = true;
    try {
      for (let next = this.#inbox.shift(); next; next = this.#inbox.shift()) this.#handle(next);
    } finally {
      this.#working = false;
      this.#setTimer();
    }
  }

  #handle(event: Event): void {
    const { state, journal, log } = this.#options;
    // Asterisk tells a phone's state again and again; only a change is news.
    if (event.kind === 'phone.changed' && state.acd.agents.get(event.agentId)?.phone === event.phone) return;
    if (event.kind === 'contact.arrived' && journal.crowded()) {
      // Better to send a new call to the dialplan's words of regret than to lose what belongs to those already here.
      this.#perform({ do: 'refuse', contactId: event.contactId });
      return;
    }
    if (isPassedOver(state, event)) this.#passedOver += 1;
    const { batch, fault } = takeIn(state, event);
    if (fault) log.error({ event: event.kind, error: fault.stack }, 'A rule of ours broke; the contact is let go.');
    this.#writeDown(batch);
    if (!this.#agreed) return;
    for (const one of batch) for (const task of tasksFor(state, one)) this.#perform(task);
  }

  #writeDown(batch: readonly Event[]): void {
    const { journal, state, log } = this.#options;
    const lasting = batch.filter((event) => event.kind !== 'time.passed');
    if (lasting.length === 0) return;
    try {
      state.seq = journal.append(lasting);
    } catch (error) {
      const { code = '' } = error as { code?: string };
      this.#lostEvents += lasting.length;
      log.error({ code, lost: this.#lostEvents }, 'Events could not be written down.');
      if (JOURNAL_LOST.includes(code)) this.#options.onJournalLost(code);
    }
  }

  #perform(task: Task): void {
    if (task.do === 'speak') void this.#speak(task);
    else this.#door?.perform(task);
  }

  async #speak(task: Extract<Task, { do: 'speak' }>): Promise<void> {
    const { mouth, recordingPath, state, log } = this.#options;
    const { contactId, promptId } = task;
    const version = state.flow.sessions.get(contactId)?.version ?? '';
    const pathOf = (file: string): string => recordingPath(version, file);
    const media = await speak(task.parts, mouth, pathOf, (code) => log.warn({ code }, 'A prompt was not spoken.'));
    // The caller may have pressed a key or hung up while the words were being made.
    if (state.flow.sessions.get(contactId)?.promptId !== promptId) return;
    if (media.length > 0) this.#door?.perform({ do: 'play', contactId, promptId, media });
    else this.enter({ kind: 'prompt.finished', atMs: this.now(), contactId, promptId, result: 'failed' });
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

  #doorChanged(event: DoorEvent): void {
    this.enter(event);
    this.#opening += 1;
    clearTimeout(this.#check);
    if (this.#agreed) this.#lostAtMs = event.atMs;
    this.#agreed = false;
    if (event.kind === 'door.opened') void this.agree();
    else this.#options.log.warn({}, 'The door is lost: events are held back until it is open again.');
  }

  /** Brings belief and reality together after the door opened, then lets held events through. */
  async agree(): Promise<void> {
    const door = this.#door;
    if (!door || this.#closed || this.#checking) return;
    this.#checking = true;
    try {
      const opening = this.#opening;
      await door.equip(this.state.acd.site);
      const found = await door.inventory();
      // Lost again meanwhile: the next opening brings a list that is true.
      if (opening !== this.#opening) throw new Error('the door was lost again');
      this.#agreed = true;
      this.#putRight(door, found, true);
      this.#resumeFlows();
      this.#resumeWaiting();
      this.enter({ kind: 'door.agreed', atMs: this.now(), door: door.name });
      for (const event of this.#held.splice(0)) this.enter(event);
      this.#trouble = '';
      this.#options.log.info({ contacts: this.state.contacts.size }, 'Our picture agrees with the door again.');
    } catch (error) {
      this.#agreed = false;
      const { message } = error as Error;
      if (message !== this.#trouble) this.#options.log.warn({ error: message }, 'The door did not say what it has.');
      this.#trouble = message;
    } finally {
      this.#checking = false;
      this.#scheduleCheck(this.#agreed ? CHECK_EVERY_MS : CHECK_AGAIN_MS);
    }
  }

  #scheduleCheck(afterMs: number): void {
    clearTimeout(this.#check);
    if (this.#closed || !this.#door?.health().up) return;
    this.#check = setTimeout(() => void (this.#agreed ? this.#routineCheck() : this.agree()), afterMs);
  }

  async #routineCheck(): Promise<void> {
    const door = this.#door;
    if (!door || this.#checking) return;
    this.#checking = true;
    try {
      const found = await door.inventory();
      if (this.#agreed) this.#putRight(door, found, false);
    } catch {
      // The door tells by itself when it is lost; one look that failed is made up for by the next.
    } finally {
      this.#checking = false;
      this.#scheduleCheck(this.#agreed ? CHECK_EVERY_MS : CHECK_AGAIN_MS);
    }
  }

  #putRight(door: Door, found: Awaited<ReturnType<Door['inventory']>>, sure: boolean): void {
    const { log, state } = this.#options;
    const different = reconcile(state, found, this.now(), { sure, suspected: this.#suspected });
    this.#suspected = sure ? new Set() : different.differing;
    const { events, tasks, orphans } = different;
    if (events.length + tasks.length + orphans.length > 0 && !sure) {
      log.warn(
        { events: events.map((event) => event.kind), tasks: tasks.length, orphans: orphans.length },
        'Put right.',
      );
    }
    door.remove(orphans);
    for (const event of events) this.enter(event);
    for (const task of tasks) this.#perform(task);
  }

  /** Callers who were in a step are taken up where they stood: what they pressed meanwhile, nobody heard. */
  #resumeFlows(): void {
    const { state } = this.#options;
    for (const session of [...state.flow.sessions.values()]) {
      if (state.acd.items.has(session.contactId) || session.stepId === null) continue;
      this.enter({ kind: 'flow.resumed', atMs: this.now(), contactId: session.contactId });
    }
  }

  /** Callers who came to wait while no command could be given hear their music now; the others still do. */
  #resumeWaiting(): void {
    const { state } = this.#options;
    for (const item of state.acd.items.values()) {
      const answered = state.contacts.get(item.contactId)?.answeredAtMs != null;
      if (answered && item.queuedAtMs < this.#lostAtMs) continue;
      for (const task of waitingTasks(state, item.contactId)) this.#perform(task);
    }
  }

  /** Makes a new site's agents known to the door; their phones' states come with the next look. */
  async refit(): Promise<void> {
    if (!this.#agreed) return;
    await this.#door?.equip(this.state.acd.site).catch((error: Error) => {
      this.#options.log.warn({ error: error.message }, 'The phones of the new site could not be made known.');
    });
  }

  /** Stops timers and takes nothing more in. May be called twice. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#check);
  }
}
