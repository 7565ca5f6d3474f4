import { apply } from '../../src/flow/apply.ts';
import { decide } from '../../src/flow/decide.ts';
import type { Floor, LiveTalk, QueueStatus, WaitingPlace } from '../../src/flow/floor.ts';
import { type FlowFolder, type Loaded, loadFlows } from '../../src/flow/load.ts';
import { marked, withoutSecrets } from '../../src/flow/running/sensitive.ts';
import { keptOf, webRequestOf } from '../../src/flow/running/web.ts';
import { emptyFlowState, type FlowState, type Session } from '../../src/flow/session.ts';
import type { DoorName } from '../../src/model/channel.ts';
import type { Choice, Event, EventOf, FlowValues } from '../../src/model/event.ts';
import type { OverflowTarget } from '../../src/model/queue.ts';
import type { Alternative } from '../../src/model/speech/listening.ts';
import type { WebAnswer, WebFailureCode, WebRequest } from '../../src/model/web.ts';

/** What the ears of a test tell. */
export type Told =
  | { readonly what: 'voice'; readonly bargesIn?: false }
  | { readonly what: 'noise' | 'deaf' }
  | {
      readonly what: 'words';
      readonly text: string;
      readonly confidence?: number;
      readonly alternatives?: readonly Alternative[];
    };

/** The one contact of a test. */
const CONTACT = 'c1';

/** A receptionist in a test: a customer who dials or writes, presses, speaks and hears, and a clock in the test's hand. */
export class Receptionist {
  state: FlowState = emptyFlowState();
  /** What was decided, since the beginning. */
  readonly events: Event[] = [];
  /** Everything as the journal would keep it: what happened and what was decided, without what is sensitive. */
  readonly journal: Event[] = [];
  readonly loggedIn = new Set<string>();
  /** How queues and waiting contacts stand; what is not named is not known to the dispatcher. */
  readonly queues = new Map<string, QueueStatus>();
  readonly places = new Map<string, WaitingPlace>();
  /** Calls in which agents talk. */
  readonly talks = new Map<string, LiveTalk>();
  readonly floor: Floor = {
    loggedIn: (agentId) => this.loggedIn.has(agentId),
    queue: (queueId) => this.queues.get(queueId),
    place: (contactId) => this.places.get(contactId),
    talk: (agentId) => this.talks.get(agentId),
    bookings: () => this.bookings,
  };
  /** When callbacks are due that others asked for. */
  readonly bookings: number[] = [];
  nowMs = 1_000_000;
  /** The number from which the next caller calls. */
  from = '15551234';

  constructor(files: Record<string, string>, recordings: readonly string[] = []) {
    const { set, problems } = load(files, recordings);
    if (!set) throw new Error(problems.map((problem) => problem.message).join('\n'));
    this.take({ kind: 'flows.loaded', atMs: this.nowMs, flows: set });
  }

  /** Returns what was decided. A door answers a call that is to be answered, and shows a text, at once. */
  take(event: Event): Event[] {
    const decided = this.#takeOne(event);
    return [...decided, ...decided.flatMap((one) => this.#doorDoes(one))];
  }

  #takeOne(event: Event): Event[] {
    const batch: Event[] = [];
    const emit = (one: Event): void => {
      apply(this.state, one);
      batch.push(one);
    };
    emit(marked(this.state, event));
    for (let at = 0; at < batch.length; at++) decide(this.state, batch[at]!, this.floor, emit);
    if (this.#isOver(batch)) emit({ kind: 'contact.finished', atMs: this.nowMs, contactId: CONTACT });
    this.journal.push(...batch.filter(({ kind }) => kind !== 'time.passed').map(withoutSecrets));
    this.events.push(...batch.slice(1));
    return batch.slice(1);
  }

  #isOver(batch: readonly Event[]): boolean {
    const session = this.state.sessions.get(CONTACT);
    const maybe = batch.some(({ kind }) => kind === 'contact.ended' || kind === 'flow.ended');
    return maybe && session?.gone === true && session.stage === 'ended';
  }

  #doorDoes(event: Event): Event[] {
    const head = { atMs: this.nowMs, contactId: CONTACT };
    const session = this.state.sessions.get(CONTACT);
    if (event.kind === 'answer.requested') return this.take({ kind: 'contact.answered', ...head });
    if (event.kind !== 'prompt.started' || session?.channel !== 'chat' || session.promptId !== event.promptId)
      return [];
    return this.take({ kind: 'prompt.finished', ...head, promptId: event.promptId, result: 'done' });
  }

  call(to: string, fromAgentId?: string): Event[] {
    return this.#arrive('voice', to, fromAgentId === undefined ? {} : { fromAgentId });
  }

  /** A customer begins a chat. Texts are shown at once, so prompts end by themselves. */
  chat(to: string, about: { readonly language?: string; readonly given?: FlowValues } = {}): Event[] {
    return this.#arrive('chat', to, about);
  }

  #arrive(channel: DoorName, to: string, about: Partial<EventOf<'contact.arrived'>>): Event[] {
    const head = { contactId: CONTACT, legId: CONTACT, atMs: this.nowMs, from: this.from };
    return this.take({ kind: 'contact.arrived', ...head, channel, to, ...about });
  }

  press(digits: string): Event[] {
    return [...digits].flatMap((digit) =>
      this.take({ kind: 'digit.received', atMs: this.nowMs, contactId: CONTACT, digit }),
    );
  }

  /** The caller says something, and speech recognition is so sure of it (0 to 1). */
  say(text: string, confidence = 0.9): Event[] {
    return this.take({ kind: 'speech.heard', atMs: this.nowMs, contactId: CONTACT, text, confidence });
  }

  /** What the ears tell of the turn that is listened to now, or of that one. */
  hears(told: Told, listenId = this.session.listening?.listenId ?? 'nobody'): Event[] {
    const head = { atMs: this.nowMs, contactId: CONTACT, listenId };
    switch (told.what) {
      case 'voice':
        return this.take({ kind: 'speech.started', ...head, ...(told.bargesIn === false ? { bargesIn: false } : {}) });
      case 'noise':
        return this.take({ kind: 'speech.missed', ...head });
      case 'deaf':
        return this.take({ kind: 'speech.failed', ...head, code: 'recognition.no_engine' });
      default: {
        const { text, confidence = 0.9, alternatives } = told;
        const also = alternatives ? { alternatives } : {};
        return this.take({ kind: 'speech.heard', ...head, text, confidence, ...also });
      }
    }
  }

  /** The customer writes a line. */
  reply(text: string): Event[] {
    const messageId = `m${this.journal.length}`;
    return this.take({ kind: 'message.received', atMs: this.nowMs, contactId: CONTACT, messageId, text });
  }

  /** The customer leaves. */
  leave(): Event[] {
    const ended = { cause: 'hung_up', endedBy: 'customer' } as const;
    return this.take({ kind: 'contact.ended', atMs: this.nowMs, contactId: CONTACT, ...ended });
  }

  /** The dispatcher takes the contact out of its queue, because a rule of the queue sends it elsewhere. */
  overflow(target: OverflowTarget): Event[] {
    const left = { queueId: 'sales', queuedAtMs: this.nowMs, waitedMs: 0 };
    const overflow = { rule: 0, target };
    const about = { atMs: this.nowMs, contactId: CONTACT, ...left, reason: 'overflow', overflow } as const;
    return this.take({ kind: 'contact.dequeued', ...about });
  }

  /** The prompt that is playing comes to its end, or could not be played. */
  heardOut(result: 'done' | 'failed' = 'done'): Event[] {
    const promptId = this.session.promptId;
    if (promptId === null) throw new Error('no prompt is playing');
    return this.take({ kind: 'prompt.finished', atMs: this.nowMs, contactId: CONTACT, promptId, result });
  }

  pass(ms: number): Event[] {
    this.nowMs += ms;
    return this.take({ kind: 'time.passed', atMs: this.nowMs });
  }

  /** What the step asks of another system. */
  get request(): WebRequest {
    const found = webRequestOf(this.state, this.#asked(), this.floor, this.nowMs);
    if (!found?.ok) throw new Error(found?.failure.message ?? 'nothing is asked');
    return found.value;
  }

  /** The other system answers, or cannot be asked. */
  webAnswers(answer: Partial<WebAnswer> | WebFailureCode): Event[] {
    const about = this.#asked();
    const head = { kind: 'http.answered', atMs: this.nowMs, tookMs: 5, ...about } as const;
    if (typeof answer === 'string') {
      return this.take({ ...head, outcome: { failed: answer, message: `It failed by ${answer}.` }, values: {} });
    }
    const whole = { status: 200, headers: {}, body: null, tookMs: 5, attempts: 1, ...answer };
    return this.take({ ...head, ...keptOf(this.state, about, whole, this.floor, this.nowMs) });
  }

  #asked(): { contactId: string; requestId: string } {
    const { requestId } = this.session;
    if (requestId === null) throw new Error('nothing is asked of another system');
    return { contactId: CONTACT, requestId };
  }

  /** The controller stops and starts: what it knows then is what the journal kept. */
  restart(): Event[] {
    const state = emptyFlowState();
    for (const event of JSON.parse(JSON.stringify(this.journal)) as Event[]) apply(state, event);
    this.state = state;
    return this.take({ kind: 'flow.resumed', atMs: this.nowMs, contactId: CONTACT });
  }

  get session(): Session {
    const session = this.state.sessions.get(CONTACT);
    if (!session) throw new Error('the contact is gone');
    return session;
  }
}

/** How the contact was put into a queue, the last time. */
export function queued(events: readonly Event[]): EventOf<'contact.queued'> {
  const found = events.findLast((event) => event.kind === 'contact.queued');
  if (!found) throw new Error('the contact was not queued');
  return found;
}

/** By which outcomes steps were left. */
export function outcomes(events: readonly Event[]): string[] {
  return events.flatMap((event) => (event.kind === 'step.left' ? [event.outcome] : []));
}

/** What may be chosen after the last prompt. */
export function choices(events: readonly Event[]): readonly Choice[] {
  const prompt = events.findLast((event) => event.kind === 'prompt.started');
  return prompt?.kind === 'prompt.started' ? (prompt.choices ?? []) : [];
}

/** The words of all prompts among events. */
export function said(events: readonly Event[]): string[] {
  return events.flatMap((event) =>
    event.kind === 'prompt.started'
      ? event.parts.map((part) =>
          'say' in part ? part.say : 'digits' in part ? `<${part.digits}>` : JSON.stringify(part),
        )
      : [],
  );
}

export function load(
  files: Record<string, string>,
  recordings: readonly string[] = [],
  unplayable: readonly string[] = [],
): Loaded {
  const folder: FlowFolder = {
    version: 'v1',
    files: Object.entries(files).map(([path, text]) => ({ path, text })),
    recordings: new Set(recordings),
    unplayable: new Set(unplayable),
  };
  return loadFlows(folder);
}

export const SITE = `
numbers:
  "100": main
  "0800*": main
queues:
  sales: {}
agents:
  anna: { extension: "1001", queues: [sales], skills: [english] }
pause_reasons: { "1": lunch }
music: { jazz: { stream: "https://radio.example.com/jazz" } }
`;
