import { holds, type Scope } from '../../expression/evaluate.ts';
import { fill, fillValue } from '../../expression/template.ts';
import { type Opening, openingAt } from '../../model/calendar-hours.ts';
import { TEXT_CHANNELS } from '../../model/channel.ts';
import type { FlowValue, StepError } from '../../model/event.ts';
import type { Failure, Result } from '../../model/failure.ts';
import type { Flow, FlowSet, Step } from '../../model/flow-set.ts';
import type { AtMs, CalendarId, OrderId } from '../../model/ids.ts';
import type { PromptPart } from '../../model/prompt.ts';
import type { Site } from '../../model/site.ts';
import type { Value, Values } from '../../model/value.ts';
import type { Floor } from '../floor.ts';
import { fillPrompt, type Prompt } from '../prompt.ts';
import type { FlowState, Lock, Session } from '../session.ts';
import type { StepContext } from '../step-kind.ts';
import { draw } from './draw.ts';
import type { MessagePlace } from './message-place.ts';
import type { QueuePlace } from './queue-place.ts';
import { timeGroup } from './time-group.ts';

/** The first fault of an expression that was met while a step was asked. */
export type Faults = { first?: StepError };

/**
 * What a step may ask. Most steps ask little of it, so everything is worked out when it is asked for: a flow takes a
 * million steps in seconds.
 */
export class Context implements StepContext {
  readonly #state: FlowState;
  readonly #session: Session;
  readonly #here: Here;
  readonly #groups: Readonly<Record<string, Values>>;
  readonly faults: Faults;
  readonly floor: Floor;
  readonly atMs: AtMs;

  constructor(run: Asked, here: Here, groups: Readonly<Record<string, Values>> = {}, faults: Faults = {}) {
    this.#state = run.state;
    this.#session = run.session;
    this.#here = here;
    this.#groups = groups;
    this.faults = faults;
    this.floor = run.floor;
    this.atMs = run.atMs;
  }

  get contactId(): string {
    return this.#session.contactId;
  }

  get channel(): Session['channel'] {
    return this.#session.channel;
  }

  get inText(): boolean {
    return TEXT_CHANNELS.has(this.#session.channel);
  }

  get language(): string {
    return this.#session.language;
  }

  get notes(): Record<string, FlowValue> {
    return this.#session.notes;
  }

  get visits(): number {
    return this.#session.visits[this.#here.step.id] ?? 0;
  }

  get stepsTaken(): number {
    return this.#session.stepsTaken;
  }

  get calledAtMs(): AtMs | null {
    return this.#session.calledAtMs;
  }

  get queuePlace(): QueuePlace | null {
    return this.#session.queuePlace;
  }

  get message(): MessagePlace | null {
    return this.#session.message;
  }

  get gone(): boolean {
    return this.#session.gone;
  }

  get orderId(): OrderId | null {
    return this.#session.orderId;
  }

  get site(): Site {
    return (this.#sets()[0] ?? this.#own()).site;
  }

  get scope(): Scope {
    const { contactId: id, from, to, channel, language, vars, secrets, given, error } = this.#session;
    const site = this.site;
    const atMs = this.atMs;
    return {
      contact: { id, from, to, channel, language },
      vars: Object.keys(secrets).length === 0 ? vars : { ...vars, ...secrets },
      constants: this.#here.flow.constants,
      given,
      error: error ?? {},
      flow: { id: this.#here.flow.id, step: this.#here.step.id, visits: this.visits },
      site: { name: site.name },
      get time() {
        return timeGroup(atMs, site.timeZone);
      },
      ...this.#groups,
    };
  }

  including(groups: Readonly<Record<string, Values>>): StepContext {
    const run = { state: this.#state, session: this.#session, floor: this.floor, atMs: this.atMs };
    return new Context(run, this.#here, { ...this.#groups, ...groups }, this.faults);
  }

  forgiving(): StepContext {
    const run = { state: this.#state, session: this.#session, floor: this.floor, atMs: this.atMs };
    return new Context(run, this.#here, this.#groups);
  }

  fill(text: string): string {
    return text.includes('${{') ? this.#noted(fill(text, this.scope), '') : text;
  }

  value(text: string): Value {
    return text.includes('${{') ? this.#noted(fillValue(text, this.scope), '') : text;
  }

  holds(expression: string): boolean {
    return this.#noted(holds(expression, this.scope), false);
  }

  prompt(prompt: Prompt): PromptPart[] {
    const { channel, language } = this;
    return fillPrompt(prompt, { channel, language, timeZone: this.site.timeZone, fill: (text) => this.fill(text) });
  }

  /** A calendar that is not in the site any more stays open and closed as it was for those who began with it. */
  openingOf(calendarId: CalendarId): Opening {
    const { site } = this.#sets().find((one) => Object.hasOwn(one.site.calendars, calendarId)) ?? {};
    if (!site) throw new Error(`there is no calendar ${calendarId}`);
    return openingAt(site.calendars[calendarId]!, this.#state.forced.get(calendarId) ?? null, this.atMs);
  }

  table(name: string): Values | undefined {
    const { tables } = this.#own();
    return Object.hasOwn(tables, name) ? tables[name] : undefined;
  }

  lock(name: string): Lock | undefined {
    const lock = this.#state.locks.get(name);
    return lock && lock.forgetMs > this.atMs ? lock : undefined;
  }

  draw(...words: readonly string[]): number {
    return draw(words);
  }

  #own(): FlowSet {
    return this.#state.sets.get(this.#session.version)!;
  }

  /** The set in service first, then the one that the contact began with. */
  #sets(): FlowSet[] {
    return [this.#state.sets.get(this.#state.current ?? ''), this.#own()].filter((set) => set !== undefined);
  }

  #noted<T>(result: Result<T>, otherwise: T): T {
    if (result.ok) return result.value;
    this.faults.first ??= faultOf(result.failure);
    return otherwise;
  }
}

type Here = { readonly flow: Flow; readonly step: Step };
type Asked = {
  readonly state: FlowState;
  readonly session: Session;
  readonly floor: Floor;
  readonly atMs: AtMs;
};

function faultOf({ message }: Failure): StepError {
  return { code: 'expression.failed', message };
}
