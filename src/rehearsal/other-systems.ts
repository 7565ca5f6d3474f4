import { keptOf, webRequestOf } from '../flow/running/web.ts';
import type { Event, EventOf } from '../model/event.ts';
import { ok, type Result } from '../model/failure.ts';
import type { AtMs, FlowId, StepId } from '../model/ids.ts';
import type { WebOutcome, WebRequest } from '../model/web.ts';
import type { Given, GivenAnswer } from './given.ts';
import { rehearsalFailed } from './rehearsal-failure.ts';
import type { VirtualHall } from './virtual-hall.ts';

/** A request of the flow to another system. */
export type Asked = {
  readonly event: EventOf<'http.requested'>;
  readonly flow: FlowId;
  /** What was asked; null when an expression of the step failed, and nothing is sent then. */
  readonly request: WebRequest | null;
  /** False while nobody has said what comes of it. */
  answered: boolean;
};

/**
 * The systems that flows ask over HTTP, with the answers that are given. What is asked and what is kept of an answer is worked out by the
 * step itself, as in life; retries are not lived, so an answer is the one after all attempts.
 */
export class OtherSystems {
  readonly asked: Asked[] = [];
  readonly #http: Given['http'];
  readonly #hall: VirtualHall;
  /** How often each answer was given. */
  readonly #given = new Map<string, number>();

  constructor(http: Given['http'], hall: VirtualHall) {
    this.#http = http;
    this.#hall = hall;
  }

  /** Requests of which nobody has said what comes of them. */
  get unanswered(): Asked[] {
    return this.asked.filter(({ answered }) => !answered);
  }

  requested(event: EventOf<'http.requested'>, flow: FlowId): Asked | undefined {
    const { state, floor, nowMs } = this.#hall;
    const found = webRequestOf(state.flow, event, floor, nowMs);
    if (!found) return undefined;
    const asked: Asked = { event, flow, request: found.ok ? found.value : null, answered: false };
    this.asked.push(asked);
    if (!found.ok) this.#answer(asked, { failed: 'web.invalid' }, found.failure.message);
    else {
      const answer = this.#answerTo(asked, found.value);
      if (answer) this.#answer(asked, answer);
    }
    return asked;
  }

  /** Answers a request of which nobody has said yet what comes of it. */
  answer(stepId: StepId, answer: GivenAnswer): Result<undefined> {
    const asked = this.unanswered.find(({ event }) => event.stepId === stepId);
    if (!asked) return rehearsalFailed('rehearsal.no_request', { step: stepId });
    this.#answer(asked, answer);
    this.#hall.passTo(this.#hall.nowMs);
    return ok(undefined);
  }

  #answerTo({ event, flow }: Asked, { url }: WebRequest): GivenAnswer | undefined {
    const names = Object.keys(this.#http);
    const address = names.filter((name) => name.includes('://') && url.startsWith(name));
    const longest = address.reduce((best, name) => (name.length > best.length ? name : best), '');
    const name = [`${flow}/${event.stepId}`, event.stepId, longest].find((one) => Object.hasOwn(this.#http, one));
    if (name === undefined) return undefined;
    const answers = this.#http[name]!;
    const count = this.#given.get(name) ?? 0;
    this.#given.set(name, count + 1);
    return answers[Math.min(count, answers.length - 1)];
  }

  #answer(asked: Asked, answer: GivenAnswer, why?: string): void {
    asked.answered = true;
    const { atMs: askedAtMs, contactId, requestId } = asked.event;
    const event = (atMs: AtMs): Event => {
      const told = { kind: 'http.answered', atMs, contactId, requestId, tookMs: atMs - askedAtMs } as const;
      if ('failed' in answer) {
        const message = why ?? 'The rehearsal says so.';
        return { ...told, outcome: { failed: answer.failed, message } satisfies WebOutcome, values: {} };
      }
      const { status, headers, body } = answer;
      const { state, floor } = this.#hall;
      const kept = keptOf(
        state.flow,
        asked.event,
        { status, headers, body, tookMs: told.tookMs, attempts: 1 },
        floor,
        atMs,
      );
      return { ...told, ...kept };
    };
    this.#hall.expect({ atMs: this.#hall.nowMs + afterMs(answer, asked.request), event });
  }
}

function afterMs(answer: GivenAnswer, request: WebRequest | null): number {
  if (answer.afterMs !== undefined) return answer.afterMs;
  return 'failed' in answer && answer.failed === 'web.timeout' ? (request?.timeoutMs ?? 0) : 0;
}
