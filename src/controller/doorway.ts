import type { Door, FarSide, Signal, Taken, TextHost, Written } from '../channels/channel.ts';
import type { DoorName } from '../model/channel.ts';
import type { DoorEvent, Event } from '../model/event.ts';
import type { AtMs, ContactId } from '../model/ids.ts';
import { agentName, statusOf } from './chat/status.ts';
import { type Spoken, type Task, waitingTasks } from './commands.ts';
import type { HallLog } from './hall.ts';
import { reconcile } from './reconcile.ts';
import type { State } from './state.ts';

/** The hall, as one of its doorways sees it. */
export type HallInside = {
  readonly state: State;
  readonly log: HallLog;
  now(): AtMs;
  enter(event: Event): Taken;
  perform(task: Task): void;
  signal(signal: Signal): void;
};

/** How often belief and reality are compared while all is well; a difference counts when it is seen twice. */
const CHECK_EVERY_MS = 1000;
/** The same where a look costs more, because so many contacts are here. */
const CHECK_MANY_EVERY_MS = 2000;
const MANY_CONTACTS = 100;
/** A look at what the door has is repeated after this where it failed, or where something seemed wrong. */
const CHECK_AGAIN_MS = 500;
/**
 * So many soon looks may follow each other before the usual pause, and so many more for each time that something was put right,
 * a few times: that shows what hung on it, such as a bridge that nobody needs any more.
 */
const SOON_LOOKS_MAX = 2;
const SOON_MENDS_MAX = 3;
/** Events that wait for the picture to be put right; a door that was away for long is better looked at anew. */
const HELD_MAX = 20_000;

/**
 * One door as the hall deals with it. Between the loss of the door and the moment when belief and reality agree again its
 * events are held back and it gets no command: what is still to be done follows from the state, and reconcile says it.
 * A door without a far side has nothing that could differ, and agrees as soon as it is open.
 */
export class Doorway implements TextHost {
  readonly #name: DoorName;
  readonly #hall: HallInside;
  #door: Door | undefined;
  #agreed = false;
  /** Counts the door's openings and losses, so that a slow answer is not taken for one of today. */
  #opening = 0;
  #checking = false;
  #held: DoorEvent[] = [];
  #suspected: ReadonlySet<string> = new Set();
  #soonLooks = 0;
  #mends = 0;
  #check: NodeJS.Timeout | undefined;
  #closed = false;
  /** Why the last look at the door failed; said once, not twice a second. */
  #trouble = '';
  /** When the door was lost last; before that, whoever waits had music from the controller before this one. */
  #lostAtMs: AtMs = Number.POSITIVE_INFINITY;

  constructor(name: DoorName, hall: HallInside) {
    this.#name = name;
    this.#hall = hall;
  }

  /** Connects the door through which commands go out. */
  use(door: Door): void {
    this.#door = door;
  }

  /** True when belief and reality were compared since the door was opened last. */
  get agreed(): boolean {
    return this.#agreed;
  }

  now(): AtMs {
    return this.#hall.now();
  }

  /** What the door saw. */
  take(event: DoorEvent): Taken {
    if (event.kind === 'door.opened' || event.kind === 'door.lost') return this.#doorChanged(event);
    if (this.#agreed) return this.#hall.enter(event);
    if (this.#held.length < HELD_MAX) this.#held.push(event);
    return 'held';
  }

  /** Hands a command on; none is given while the door and we may not agree. */
  perform(task: Exclude<Task, Spoken>): void {
    if (this.#agreed) this.#door?.perform(task);
  }

  written(contactId: ContactId): Written | undefined {
    const { state } = this.#hall;
    const transcript = state.transcripts.get(contactId);
    if (!transcript) return undefined;
    return { transcript, status: statusOf(state, contactId), agentName: (agentId) => agentName(state, agentId) };
  }

  openContacts(): ContactId[] {
    return [...this.#hall.state.contacts.values()].flatMap(({ id, channel, endedAtMs }) =>
      channel === this.#name && endedAtMs === null ? [id] : [],
    );
  }

  signal(signal: Signal): void {
    this.#hall.signal(signal);
  }

  #doorChanged(event: DoorEvent): Taken {
    const taken = this.#hall.enter(event);
    this.#opening += 1;
    clearTimeout(this.#check);
    if (this.#agreed) this.#lostAtMs = event.atMs;
    this.#agreed = false;
    if (event.kind === 'door.lost') {
      this.#hall.log.warn({ door: this.#name }, 'The door is lost: events are held back until it is open again.');
    } else if (this.#door?.far) void this.#agree(this.#door.far);
    else this.#nowAgreed();
    return taken;
  }

  /** Brings belief and reality together after the door opened, then lets held events through. */
  async #agree(far: FarSide): Promise<void> {
    if (this.#closed || this.#checking) return;
    this.#checking = true;
    try {
      const opening = this.#opening;
      await this.#equip(far);
      const found = await far.inventory();
      // Lost again meanwhile: the next opening brings a list that is true.
      if (opening !== this.#opening) throw new Error('the door was lost again');
      this.#nowAgreed(() => this.#putRight(far, found, true));
      this.#trouble = '';
    } catch (error) {
      this.#agreed = false;
      const { message } = error as Error;
      if (message !== this.#trouble) this.#hall.log.warn({ error: message }, 'The door did not say what it has.');
      this.#trouble = message;
    } finally {
      this.#checking = false;
      this.#scheduleCheck(far, this.#agreed ? this.#pauseMs() : CHECK_AGAIN_MS);
    }
  }

  /** From here on events come in and commands go out. */
  #nowAgreed(putRight?: () => void): void {
    this.#agreed = true;
    putRight?.();
    this.#resumeFlows();
    this.#resumeWaiting();
    this.#hall.enter({ kind: 'door.agreed', atMs: this.now(), door: this.#name });
    for (const event of this.#held.splice(0)) this.#hall.enter(event);
    const contacts = this.openContacts().length;
    this.#hall.log.info({ door: this.#name, contacts }, 'Our picture agrees with the door again.');
  }

  #pauseMs(): number {
    return this.#hall.state.contacts.size < MANY_CONTACTS ? CHECK_EVERY_MS : CHECK_MANY_EVERY_MS;
  }

  #scheduleCheck(far: FarSide, afterMs: number): void {
    clearTimeout(this.#check);
    if (this.#closed || !this.#door?.health().up) return;
    const check = (): void => void (this.#agreed ? this.#routineCheck(far) : this.#agree(far));
    this.#check = setTimeout(check, afterMs);
  }

  async #routineCheck(far: FarSide): Promise<void> {
    if (this.#checking) return;
    this.#checking = true;
    let mended = false;
    try {
      const found = await far.inventory();
      if (this.#agreed) mended = this.#putRight(far, found, false);
    } catch {
      // The door tells by itself when it is lost; one look that failed is made up for by the next.
    } finally {
      this.#checking = false;
      // What seems wrong is looked at again soon, and so is what may follow from what was put right; not without end,
      // because while calls come and go something often seems wrong.
      this.#mends = Math.min(SOON_MENDS_MAX, this.#mends + (mended ? 1 : 0));
      const row = SOON_LOOKS_MAX * (1 + this.#mends);
      const soon = (mended || this.#suspected.size > 0) && this.#soonLooks < row;
      this.#soonLooks = soon ? this.#soonLooks + 1 : 0;
      if (!soon) this.#mends = 0;
      this.#scheduleCheck(far, soon || !this.#agreed ? CHECK_AGAIN_MS : this.#pauseMs());
    }
  }

  /** @returns whether anything had to be put right. */
  #putRight(far: FarSide, found: Awaited<ReturnType<FarSide['inventory']>>, sure: boolean): boolean {
    const { log, state } = this.#hall;
    const different = reconcile(state, found, this.now(), { sure, suspected: this.#suspected });
    this.#suspected = sure ? new Set() : different.differing;
    const { events, tasks, orphans } = different;
    const mended = events.length + tasks.length + orphans.length > 0;
    if (mended && !sure) {
      log.warn(
        { events: events.map(({ kind }) => kind), tasks: tasks.map((task) => task.do), orphans: orphans.length },
        'Put right.',
      );
    }
    far.remove(orphans);
    for (const event of events) this.#hall.enter(event);
    for (const task of tasks) this.#hall.perform(task);
    return mended;
  }

  /** Customers who were in a step are taken up where they stood: what they pressed meanwhile, nobody heard. Who waits waits on. */
  #resumeFlows(): void {
    const { state } = this.#hall;
    for (const session of [...state.flow.sessions.values()]) {
      if (session.channel !== this.#name) continue;
      // Before its first step a contact waits for nothing but the end of a machine's greeting.
      if (session.stepId === null && session.awaits !== 'greeting') continue;
      this.#hall.enter({ kind: 'flow.resumed', atMs: this.now(), contactId: session.contactId });
    }
  }

  /** Callers who came to wait while no command could be given hear their music now; the others still do. */
  #resumeWaiting(): void {
    const { state } = this.#hall;
    if (this.#name !== 'voice') return;
    for (const item of state.acd.items.values()) {
      const answered = state.contacts.get(item.contactId)?.answeredAtMs != null;
      if (answered && item.queuedAtMs < this.#lostAtMs) continue;
      for (const task of waitingTasks(state, item.contactId)) this.#hall.perform(task);
    }
  }

  /** Makes a new site's agents known to the door; their phones' states come with the next look. */
  async refit(): Promise<void> {
    if (!this.#agreed) return;
    const far = this.#door?.far;
    if (!far) return;
    await this.#equip(far).catch((error: Error) => {
      this.#hall.log.warn({ error: error.message }, 'The phones and trunks of the new site could not be made known.');
    });
  }

  #equip(far: FarSide): Promise<void> {
    const { acd, flow } = this.#hall.state;
    return far.equip(acd.site, flow.current ?? '');
  }

  /** May be called twice. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#check);
  }
}
