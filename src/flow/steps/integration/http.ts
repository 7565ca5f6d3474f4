import type { StepError } from '../../../model/event.ts';
import { VALUE_CHARACTERS_MAX, type Value, type Values } from '../../../model/value.ts';
import type { WebAnswer, WebFailureCode, WebOutcome, WebRequest } from '../../../model/web.ts';
import { singleValue, workedOut, workedOutEach } from '../../shape/written-value.ts';
import { type Happening, type Move, type StepContext, stepKind } from '../../step-kind.ts';
import { stepIdOf } from '../logic/step-id.ts';
import { HTTP_FIELDS, type HttpGiven, httpGivenOf } from './http-fields.ts';
import { filledUrl } from './url-template.ts';

/** Outcome by what came of a request that was not answered; the rest is `error`. */
const UNANSWERED: Readonly<Partial<Record<WebFailureCode, string>>> = {
  'web.timeout': 'timeout',
  'web.network': 'network',
  'web.forbidden': 'invalid',
  'web.too_large': 'invalid',
  'web.invalid': 'invalid',
};
const CLASSES = ['2xx', '3xx', '4xx', '5xx'];

/** Asks another system over HTTP. Of the answer only what `save` names is kept. */
export const http = stepKind({
  type: 'http',
  summary: 'Asks another system over HTTP.',
  fields: HTTP_FIELDS,
  given: httpGivenOf,
  answers: false,
  answersFor: ({ filler }) => filler !== undefined,
  needsCustomer: false,
  outcomes: () => ['ok', 'timeout', 'network', 'invalid', 'status_4xx', 'status_5xx'],
  outcomesLike: /^status_[2-5](?:xx|[0-9]{2})$/,
  fallbacks: new Map([
    ['timeout', 'error'],
    ['network', 'error'],
    ['invalid', 'error'],
    ...CLASSES.flatMap(statusFallbacks),
  ]),
  gives: () => ({
    result: {
      fields: { status: 'number', body: 'any', headers: 'map', took_ms: 'number', attempts: 'number' },
    },
  }),
  check: ({ method, json, form }, tell) => {
    if (json !== undefined && form !== undefined) {
      tell('key.conflict', ['form'], 'A request has one body. Leave json or form out.');
    }
    if (method === 'GET' && (json !== undefined || form !== undefined)) {
      tell('key.conflict', ['method'], 'A GET request has no body. Leave json and form out, or method.');
    }
  },
  enter: ({ filler }) => ({ ask: true, ...(filler ? { wakeInMs: filler.afterMs } : {}) }),
  receive: (given, happening, context) => received(given, happening, context),
  web: { request, kept },
});

/** A status of which nothing is said is one of its class, and a class of which nothing is said is an error. */
function statusFallbacks(name: string): [string, string][] {
  const statuses = Array.from({ length: 100 }, (_, last) => `${name[0]}${String(last).padStart(2, '0')}`);
  return [
    [`status_${name}`, 'error'],
    ...statuses.map((status): [string, string] => [`status_${status}`, `status_${name}`]),
  ];
}

function request(given: HttpGiven, context: StepContext): WebRequest {
  const { method, timeoutMs, connectTimeoutMs, retry, redirects } = given;
  const headers = Object.entries(given.headers).map(([name, value]) => [name, context.fill(value)]);
  return {
    method,
    // What is no address is refused as `web.invalid` by who sends it.
    url: filledUrl(given.url, context) ?? '',
    query: textsOf(given.query, context),
    headers: Object.fromEntries(headers),
    secretHeaders: given.auth,
    body: bodyOf(given, context),
    timeoutMs,
    connectTimeoutMs,
    retry,
    redirects,
    idempotencyKey: `${context.contactId}.${stepIdOf(context)}.${context.stepsTaken}`,
  };
}

function bodyOf({ json, form }: HttpGiven, context: StepContext): WebRequest['body'] {
  if (json !== undefined) return { json: workedOut(json, context) };
  return form === undefined ? null : { form: textsOf(form, context) };
}

function textsOf(written: Values, context: StepContext): Record<string, string> {
  const values = Object.entries(workedOutEach(written, context));
  return Object.fromEntries(values.map(([name, value]) => [name, String(singleValue(value))]));
}

/** What `save` names of the answer, whatever its status was. */
function kept(
  _given: HttpGiven,
  context: StepContext,
  answer: WebAnswer,
  save: Readonly<Record<string, string>>,
): Values {
  const { status, body, headers, tookMs, attempts } = answer;
  const told = context.including({ result: { status, body, headers, took_ms: tookMs, attempts } });
  return Object.fromEntries(Object.entries(save).map(([name, text]) => [name, bounded(told.value(text))]));
}

/** A value that is too large for a variable becomes an empty text, as everywhere. */
function bounded(value: Value): Value {
  const characters = typeof value === 'string' ? value.length : JSON.stringify(value).length;
  return characters > VALUE_CHARACTERS_MAX ? '' : value;
}

function received(given: HttpGiven, happening: Happening, context: StepContext): Move {
  switch (happening.what) {
    case 'web_answered':
      return {
        ...answered(given, happening.outcome),
        set: happening.values,
        saved: true,
        stopPrompt: true,
        wakeInMs: null,
      };
    case 'time_out':
      return fill(given, context);
    case 'prompt_finished':
      return given.filler?.againMs === undefined ? {} : { wakeInMs: given.filler.againMs };
    default:
      return {};
  }
}

function fill({ filler }: HttpGiven, context: StepContext): Move {
  const parts = filler ? context.prompt(filler.prompt) : [];
  return parts.length === 0 ? {} : { play: parts };
}

function answered({ expect }: HttpGiven, outcome: WebOutcome): { outcome: string; error?: StepError } {
  if ('failed' in outcome) {
    const message = `${outcome.failed}: ${outcome.message}`;
    return { outcome: UNANSWERED[outcome.failed] ?? 'error', error: { code: 'http.failed', message } };
  }
  const status = String(outcome.status);
  if (expect.some((one) => one === status || one === `${status[0]}xx`)) return { outcome: 'ok' };
  return {
    outcome: `status_${status}`,
    error: { code: 'http.status', message: `The answer had the status ${status}.` },
  };
}
