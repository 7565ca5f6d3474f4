import { failed, ok, type Result } from '../../model/failure.ts';
import type { AtMs, ContactId, RequestId } from '../../model/ids.ts';
import type { Values } from '../../model/value.ts';
import type { WebAnswer, WebOutcome, WebRequest } from '../../model/web.ts';
import type { Floor } from '../floor.ts';
import type { FlowState } from '../session.ts';
import type { Context } from './context.ts';
import { contextOf, place, type Run } from './place.ts';

/**
 * What is to be asked of another system for a contact. It is worked out when it is asked and stands in no event, for a
 * secret may be in it. Undefined when the contact does not wait for it any more; a failure when an expression fails.
 */
export function webRequestOf(
  state: FlowState,
  about: { readonly contactId: ContactId; readonly requestId: RequestId },
  floor: Floor,
  atMs: AtMs,
): Result<WebRequest> | undefined {
  const found = here(state, about, floor, atMs);
  if (!found) return undefined;
  const request = found.web.request(found.place.step.with, found.context);
  return faultOr(found.context, request);
}

/** What the step keeps of an answer. */
export function keptOf(
  state: FlowState,
  about: { readonly contactId: ContactId; readonly requestId: RequestId },
  answer: WebAnswer,
  floor: Floor,
  atMs: AtMs,
): { readonly outcome: WebOutcome; readonly values: Values } {
  const outcome: WebOutcome = { status: answer.status, attempts: answer.attempts };
  const found = here(state, about, floor, atMs);
  if (!found) return { outcome, values: {} };
  const { step } = found.place;
  const kept = faultOr(found.context, found.web.kept(step.with, found.context, answer, step.save ?? {}));
  if (kept.ok) return { outcome, values: kept.value };
  return { outcome: { failed: 'web.invalid', message: kept.failure.message }, values: {} };
}

function here(
  state: FlowState,
  { contactId, requestId }: { readonly contactId: ContactId; readonly requestId: RequestId },
  floor: Floor,
  atMs: AtMs,
) {
  const session = state.sessions.get(contactId);
  if (session?.requestId !== requestId) return undefined;
  const found = place(state, session);
  const web = found?.kind.web;
  if (!found || !web) return undefined;
  const run: Run = { state, session, floor, atMs, emit: () => undefined };
  return { place: found, web, context: contextOf(run, found) };
}

function faultOr<T>({ faults: { first: fault } }: Context, value: T): Result<T> {
  return fault ? failed(fault.code, fault.message) : ok(value);
}
