import type { Task } from '../controller/commands.ts';
import type { Session } from '../flow/session.ts';
import { STEPS } from '../flow/steps.ts';
import { TEXT_CHANNELS } from '../model/channel.ts';
import type { Event, EventOf } from '../model/event.ts';
import { ok, type Result } from '../model/failure.ts';
import type { FlowSet } from '../model/flow-set.ts';
import type { AgentId, AtMs, ContactId, StepId } from '../model/ids.ts';
import type { Value } from '../model/value.ts';
import { FarEnd } from './far-end.ts';
import type { Given, GivenAnswer } from './given.ts';
import { givenFloor } from './given-floor.ts';
import { givenOrders } from './given-orders.ts';
import { givenSet } from './given-set.ts';
import { type Asked, OtherSystems } from './other-systems.ts';
import { rehearsalFailed } from './rehearsal-failure.ts';
import { Trace } from './trace.ts';
import { VirtualHall } from './virtual-hall.ts';
import { VirtualRecorder } from './virtual-recorder.ts';

/** A pause in which the flow waits by itself, such as that of a `wait` step, is lived through up to this length. */
const PATIENCE_MS = 60_000;
/** Most prompts that a customer listens to without a word; after that the flow is taken to speak for ever. */
const LISTENS_MAX = 500;

/** What is said to a step that does not listen is heard by nobody. */
const NOBODY_LISTENS = 'nobody';

type Done = Result<undefined>;
const DONE: Done = ok(undefined);

/**
 * One contact that lives through a flow: the interpreter and the dispatcher of the real program, with another door and
 * another clock. The customer is polite: prompts are heard to their end before anything is entered, unless told otherwise.
 */
export class Rehearsal {
  readonly trace: Trace;
  readonly farEnd: FarEnd;
  readonly recorder: VirtualRecorder;
  readonly #hall: VirtualHall;
  readonly #others: OtherSystems;
  readonly #given: Given;
  /** Kept when the contact is over, too. */
  #session: Session | undefined;
  #finished = false;
  #fault: Error | undefined;
  #replies = 0;
  readonly #secrets: Value[] = [];

  constructor(set: FlowSet, given: Given) {
    const own = givenSet(set, given);
    this.#given = given;
    this.trace = new Trace(own, given.channel);
    this.#hall = new VirtualHall(given.atMs, givenFloor(given.queues), {
      took: (event) => this.#took(event),
      performed: (task) => this.#performed(task),
      broke: (fault) => {
        this.#fault = fault;
      },
    });
    this.#others = new OtherSystems(given.http, this.#hall);
    this.farEnd = new FarEnd(this.#hall);
    this.recorder = new VirtualRecorder(this.#hall);
    this.#openSite(own);
    this.#arrive();
  }

  get nowMs(): AtMs {
    return this.#hall.nowMs;
  }

  /** True when the customer is gone and the flow has nothing more to do. */
  get over(): boolean {
    return this.#finished;
  }

  /** The rule of the program that broke, if one did. */
  get fault(): Error | undefined {
    return this.#fault;
  }

  get session(): Session | undefined {
    return this.#session;
  }

  get asked(): readonly Asked[] {
    return this.#others.asked;
  }

  /** Every value that is not to be seen, also of flows that are left by now. */
  get secrets(): readonly Value[] {
    return this.#secrets;
  }

  /** Requests of which nobody has said what comes of them. */
  get unanswered(): readonly Asked[] {
    return this.#others.unanswered;
  }

  /** Where the contact stands in a queue, or with whom it talks; undefined when it does neither. */
  get waiting(): { readonly queueId: string; readonly agentId: AgentId | undefined } | undefined {
    const { acd } = this.#hall.state;
    const item = acd.items.get(this.#id);
    if (!item) return undefined;
    const agentId = item.stage === 'talking' ? acd.offers.get(item.offers[0] ?? '')?.agentId : undefined;
    return { queueId: item.queueId, agentId };
  }

  /**
   * Lets the customer listen until something is found, or until nothing more comes by itself: no prompt is playing, and
   * the flow waits for the customer, for an agent, or for a long time. True when it was found.
   */
  listenUntil(found: () => boolean): boolean {
    for (let count = 0; count < LISTENS_MAX; count++) {
      if (found()) return true;
      const nextMs = this.#nextHeardMs();
      if (nextMs === undefined) return false;
      this.#hall.passTo(nextMs);
    }
    return found();
  }

  listen(): void {
    this.listenUntil(() => false);
  }

  /** Keys of the telephone, one after the other; in a chat, choices that are clicked. */
  press(keys: string): Done {
    if (this.#customerGone()) return rehearsalFailed('rehearsal.over');
    for (const digit of keys) {
      // The last keys may come when the flow has let the caller go already: nobody hears them, as in life.
      if (this.#customerGone()) return DONE;
      this.#replies += 1;
      const clicked = this.#inText ? { messageId: `m${this.#replies}` } : {};
      this.#hall.take({ kind: 'digit.received', atMs: this.nowMs, contactId: this.#id, digit, ...clicked });
    }
    return DONE;
  }

  /** Words that were spoken, or in a chat written. `confidence` is that of the speech recognition, 0 to 1. */
  say(text: string, confidence: number): Done {
    if (this.#inText) return this.reply(text);
    if (this.#customerGone()) return rehearsalFailed('rehearsal.over');
    const head = {
      atMs: this.nowMs,
      contactId: this.#id,
      listenId: this.#session?.listening?.listenId ?? NOBODY_LISTENS,
    };
    this.#hall.take({ kind: 'speech.started', ...head });
    this.#hall.take({ kind: 'speech.heard', ...head, text, confidence });
    return DONE;
  }

  reply(text: string): Done {
    if (!this.#inText) return rehearsalFailed('rehearsal.cannot_write');
    if (this.#customerGone()) return rehearsalFailed('rehearsal.over');
    this.#replies += 1;
    const messageId = `m${this.#replies}`;
    this.#hall.take({ kind: 'message.received', atMs: this.nowMs, contactId: this.#id, messageId, text });
    return DONE;
  }

  hangUp(): Done {
    if (this.#customerGone()) return rehearsalFailed('rehearsal.over');
    const about = { contactId: this.#id, cause: 'hung_up', endedBy: 'customer' } as const;
    this.#hall.take({ kind: 'contact.ended', atMs: this.nowMs, ...about });
    return DONE;
  }

  pass(ms: number): void {
    this.#hall.passTo(this.nowMs + ms);
  }

  /** Lets time pass until the flow reacts to it, such as to nothing having been entered. */
  passUntilTimeOut(): Done {
    const dueMs = this.recorder.silentAtMs ?? this.#stepDueMs();
    if (dueMs === undefined) return rehearsalFailed('rehearsal.waits_for_nothing');
    this.#hall.passTo(dueMs);
    return DONE;
  }

  /** What an agent does with the contact: `reject` is to refuse it while it rings. */
  agent(agentId: AgentId, does: 'answer' | 'reject' | 'end'): Done {
    const { acd } = this.#hall.state;
    if (!acd.agents.has(agentId)) return rehearsalFailed('rehearsal.agent_unknown', { agent: agentId });
    const offers = [...acd.offers.values()].filter((one) => one.agentId === agentId && one.contactId === this.#id);
    const offer = offers.find(({ answeredAtMs }) => (answeredAtMs !== null) === (does === 'end'));
    if (!offer)
      return rehearsalFailed(does === 'end' ? 'rehearsal.not_talking' : 'rehearsal.not_offered', { agent: agentId });
    const about = { atMs: this.nowMs, offerId: offer.id };
    if (does === 'answer') this.#hall.take({ kind: 'offer.answered', ...about });
    else if (does === 'reject') this.#hall.take({ kind: 'offer.failed', cause: 'rejected', ...about });
    else if (this.#inText) this.#hall.take({ kind: 'contact.closed', contactId: this.#id, agentId, ...about });
    else this.#hall.take({ kind: 'offer.ended', cause: 'hung_up', ...about });
    return DONE;
  }

  logIn(agentId: AgentId): Done {
    return this.#service(agentId, 'agent.logged_in');
  }

  logOut(agentId: AgentId): Done {
    return this.#service(agentId, 'agent.logged_out');
  }

  /** The contact is out of its conference, by itself or because it is full or over. */
  leaveRoom(reason: EventOf<'room.left'>['reason']): Done {
    return this.farEnd.leaveRoom(this.#id, reason);
  }

  answerWeb(stepId: StepId, answer: GivenAnswer): Done {
    return this.#others.answer(stepId, answer);
  }

  /** All variables that the contact has now, those of calling flows first; what is sensitive is apart. */
  get vars(): { readonly open: Readonly<Record<string, Value>>; readonly secret: Readonly<Record<string, Value>> } {
    const session = this.#session;
    const frames = session ? [...session.callers, session] : [];
    return {
      open: Object.assign({}, ...frames.map(({ vars }) => vars)),
      secret: Object.assign({}, ...frames.map(({ secrets }) => secrets)),
    };
  }

  get #id(): ContactId {
    return this.#given.contactId;
  }

  get #inText(): boolean {
    return TEXT_CHANNELS.has(this.#given.channel);
  }

  #openSite(set: FlowSet): void {
    const { atMs, agents, calendars } = this.#given;
    this.#hall.take({ kind: 'flows.loaded', atMs, flows: set });
    for (const door of ['voice', 'chat'] as const) {
      this.#hall.take({ kind: 'door.opened', atMs, door });
      this.#hall.take({ kind: 'door.agreed', atMs, door });
    }
    for (const [calendarId, forced] of Object.entries(calendars)) {
      this.#hall.take({ kind: 'calendar.forced', atMs, calendarId, forced, by: 'system' });
    }
    for (const event of givenOrders(this.#given, set)) this.#hall.take(event);
    for (const agentId of agents) this.logIn(agentId);
  }

  #arrive(): void {
    const { atMs, channel, from, to, language, given } = this.#given;
    const more = language === undefined ? {} : { language };
    const about = { contactId: this.#id, legId: this.#id, channel, from, to, given, ...more };
    this.#hall.take({ kind: 'contact.arrived', atMs, ...about });
  }

  #service(agentId: AgentId, kind: 'agent.logged_in' | 'agent.logged_out'): Done {
    if (!this.#hall.state.acd.agents.has(agentId))
      return rehearsalFailed('rehearsal.agent_unknown', { agent: agentId });
    const atMs = this.nowMs;
    if (kind === 'agent.logged_in') this.#hall.take({ kind: 'phone.changed', atMs, agentId, phone: 'idle' });
    this.#hall.take({ kind, atMs, agentId, by: 'api' });
    return DONE;
  }

  #performed(task: Task): void {
    if (!('contactId' in task) || task.contactId === this.#id) this.trace.performed(task, this.#hall.nowMs);
    this.farEnd.performed(task);
    this.recorder.performed(task);
  }

  #took(event: Event): void {
    this.recorder.took(event);
    // What is made of an order is a contact of its own, and another story.
    if ('contactId' in event && event.contactId !== undefined && event.contactId !== this.#id) return;
    this.#session = this.#hall.state.flow.sessions.get(this.#id) ?? this.#session;
    this.trace.took(event);
    if (event.kind === 'step.left') this.#secrets.push(...Object.values(event.secrets ?? {}));
    if (event.kind === 'contact.finished') this.#finished = true;
    if (event.kind !== 'http.requested') return;
    const asked = this.#others.requested(event, this.#session?.flowId ?? '');
    if (asked) this.trace.asked(asked, this.#secrets);
  }

  /** When the customer hears more without doing anything; undefined when nothing comes by itself. */
  #nextHeardMs(): AtMs | undefined {
    if (this.#finished) return undefined;
    const expectedMs = this.#hall.expectedMs;
    if (expectedMs !== undefined) return Math.min(expectedMs, this.#hall.nextMs ?? expectedMs);
    const dueMs = this.#stepDueMs();
    if (dueMs !== undefined && dueMs <= this.nowMs) return dueMs;
    return this.#listens() || dueMs === undefined || dueMs - this.nowMs > PATIENCE_MS ? undefined : dueMs;
  }

  /** Whether the step waits for the customer or an agent, and not only for time to pass. */
  #listens(): boolean {
    const session = this.#session;
    if (session?.stage !== 'running') return false;
    const flow = this.#hall.state.flow.sets.get(session.version)?.flows[session.flowId ?? ''];
    const step = flow?.steps[session.stepId ?? ''];
    const kind = step && STEPS.get(step.type);
    return kind?.keys !== undefined || this.farEnd.isDetecting || this.#hall.state.acd.items.has(this.#id);
  }

  #stepDueMs(): AtMs | undefined {
    return this.#finished ? undefined : this.#hall.state.flow.deadlines.of('step', this.#id);
  }

  #customerGone(): boolean {
    return this.#hall.state.contacts.get(this.#id)?.endedAtMs !== null;
  }
}
