import { keptOf, webRequestOf } from '../flow/running/web.ts';
import type { Event } from '../model/event.ts';
import type { Result } from '../model/failure.ts';
import type { AtMs, ContactId, RequestId } from '../model/ids.ts';
import type { WebAnswer, WebFailureCode, WebOutcome, WebRequest } from '../model/web.ts';
import { wholeFloor } from './floor.ts';
import type { State } from './state.ts';

/** The way to other systems, as the hall sees it. Never rejects; failures have codes of model/web.ts. */
export type WebPort = { send(request: WebRequest): Promise<Result<WebAnswer>> };

/** What is needed of the hall to ask. */
type Asking = {
  readonly state: State;
  readonly web: WebPort;
  now(): AtMs;
  enter(event: Event): void;
};

/**
 * Asks another system for a step and brings the answer in as an event. Only what the step keeps of the answer goes into
 * the event. A contact that went on meanwhile waits for no answer any more, and none is brought.
 */
export async function askWeb(asking: Asking, about: { contactId: ContactId; requestId: RequestId }): Promise<void> {
  const { state, web, now, enter } = asking;
  const askedAtMs = now();
  const answered = (outcome: WebOutcome, values = {}): void => {
    const atMs = now();
    enter({ kind: 'http.answered', atMs, ...about, outcome, values, tookMs: atMs - askedAtMs });
  };
  const request = webRequestOf(state.flow, about, wholeFloor(state, askedAtMs), askedAtMs);
  if (!request) return;
  if (!request.ok) return answered({ failed: 'web.invalid', message: request.failure.message });
  const answer = await web.send(request.value);
  if (!answer.ok) {
    const { code, message } = answer.failure;
    return answered({ failed: code as WebFailureCode, message });
  }
  const atMs = now();
  const { outcome, values } = keptOf(state.flow, about, answer.value, wholeFloor(state, atMs), atMs);
  answered(outcome, values);
}
