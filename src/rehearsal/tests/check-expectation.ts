import type { Value, Values } from '../../model/value.ts';
import type { WebRequest } from '../../model/web.ts';
import type { CallEntry } from '../call-trace.ts';
import { endingOf } from '../ending.ts';
import { masked } from '../masked.ts';
import type { Asked } from '../other-systems.ts';
import type { Rehearsal } from '../rehearsal.ts';
import { isAsWritten, isWay, shown } from './compare.ts';
import type { Expectation, ExpectedOrder, ExpectedRequest } from './expectation.ts';
import type { Matcher } from './matcher.ts';
import type { Placed } from './placed.ts';

/** Something that is not as a test expects: the place in the test, and what is the case in its place. */
export type Mismatch = { readonly line: number; readonly column: number; readonly message: string };

/** What is wrong, in sentences. */
type Check<T> = (wanted: T, rehearsal: Rehearsal) => readonly string[];

/** Compares all that a test expects with what became of the contact; in the order of the file. */
export function checkExpectation(expect: Expectation, rehearsal: Rehearsal): Mismatch[] {
  return [
    ...checked(expect.path, rehearsal, path),
    ...checked(expect.outcomes, rehearsal, outcomes),
    ...checked(expect.vars, rehearsal, vars),
    ...checked(expect.end, rehearsal, end),
    ...checked(expect.language, rehearsal, language),
    ...checked(expect.tags, rehearsal, tags),
    ...checked(expect.emitted, rehearsal, emitted),
    ...checked(expect.noted, rehearsal, noted),
    ...checked(expect.orders, rehearsal, orders),
    ...checked(expect.requests, rehearsal, requests),
  ].sort((a, b) => a.line - b.line || a.column - b.column);
}

function checked<T>(wanted: Placed<T> | undefined, rehearsal: Rehearsal, check: Check<T>): Mismatch[] {
  if (!wanted) return [];
  const { line, column } = wanted;
  return check(wanted.value, rehearsal).map((message) => ({ line, column, message }));
}

const path: Check<readonly string[]> = (wanted, { trace }) => {
  if (isWay(wanted, trace.path)) return [];
  const taken = trace.path.map(({ step }) => step).join(', ');
  return [`The way was ${taken}, not ${wanted.join(', ')}.`];
};

const outcomes: Check<Readonly<Record<string, string>>> = (wanted, { trace }) =>
  Object.entries(wanted).flatMap(([name, outcome]) => {
    const left = trace.outcomes.findLast(({ flow, step }) => step === name || `${flow}/${step}` === name);
    if (left?.outcome === outcome) return [];
    const told = left ? `left with "${left.outcome}"` : 'not left';
    return [`Step ${name} was ${told}, not with "${outcome}".`];
  });

const vars: Check<Values> = (wanted, rehearsal) => {
  const { open, secret } = rehearsal.vars;
  return Object.entries(wanted).flatMap(([name, value]) => {
    const hidden = Object.hasOwn(secret, name);
    const found = hidden ? secret[name] : Object.hasOwn(open, name) ? open[name] : undefined;
    if (isAsWritten(value, found)) return [];
    if (hidden) return [`The variable ${name} has another value; it is sensitive and not shown.`];
    return [`The variable ${name} is ${shown(found)}, not ${shown(value)}.`];
  });
};

const end: Check<string> = (wanted, rehearsal) => {
  const found = endingOf(rehearsal);
  return found === wanted ? [] : [`The end is "${found}", not "${wanted}".`];
};

const language: Check<string> = (wanted, { session }) =>
  session?.language === wanted ? [] : [`The language is ${session?.language ?? 'none'}, not ${wanted}.`];

const tags: Check<Values> = (wanted, { trace }) => {
  const found: Record<string, Value> = {};
  for (const line of trace.lines) if (line.what === 'tagged') Object.assign(found, line.tags);
  return Object.entries(wanted).flatMap(([name, value]) =>
    isAsWritten(value, found[name]) ? [] : [`The tag ${name} is ${shown(found[name])}, not ${shown(value)}.`],
  );
};

type Emitted = { readonly name: string; readonly data: Values };

const emitted: Check<readonly Emitted[]> = (wanted, { trace }) => {
  const found = trace.lines.flatMap((line) => (line.what === 'emitted' ? [{ name: line.name, data: line.data }] : []));
  return inOrder('event', wanted, found, {
    told: ({ name, data }) => `${name} ${shown(data)}`,
    differs: (one, other) => {
      if (one.name !== other.name) return `is ${other.name}, not ${one.name}`;
      return isAsWritten(one.data, other.data)
        ? undefined
        : `has the data ${shown(other.data)}, not ${shown(one.data)}`;
    },
  });
};

const noted: Check<readonly Matcher[]> = (wanted, { trace }) => {
  const found = trace.lines.flatMap((line) => (line.what === 'noted' ? [line.message] : []));
  return inOrder('note', wanted, found, {
    told: (message) => `"${message}"`,
    differs: (one, other) => (one.matches(other) ? undefined : `is "${other}", not "${one.written}"`),
  });
};

type Ordered = Extract<CallEntry, { what: 'ordered' }>;

const orders: Check<readonly ExpectedOrder[]> = (wanted, { trace }) => {
  const found = trace.lines.flatMap((line) => (line.what === 'ordered' ? [line] : []));
  return inOrder('order', wanted, found, {
    told: ({ kind, queue, number, mode }) => `${kind} of ${number} for ${queue}, ${mode}`,
    differs: orderDiffers,
  });
};

function orderDiffers(wanted: ExpectedOrder, found: Ordered): string | undefined {
  for (const key of ['kind', 'queue', 'mode'] as const) {
    if (wanted[key] !== undefined && wanted[key] !== found[key])
      return `has the ${key} ${found[key]}, not ${wanted[key]}`;
  }
  const { number } = wanted;
  return number && !number.matches(found.number) ? `is of ${found.number}, not ${number.written}` : undefined;
}

const requests: Check<readonly ExpectedRequest[]> = (wanted, rehearsal) => {
  const { secrets } = rehearsal;
  return inOrder('request', wanted, rehearsal.asked, {
    told: ({ event, request }) =>
      `${request?.method ?? ''} ${masked(request?.url ?? '', secrets)} of step ${event.stepId}`,
    differs: (one, other) => requestDiffers(one, other, secrets),
  });
};

function requestDiffers(
  wanted: ExpectedRequest,
  { event, request }: Asked,
  secrets: readonly Value[],
): string | undefined {
  const { step, method, url, query, headers, body } = wanted;
  if (step !== undefined && step !== event.stepId) return `is of step ${event.stepId}, not ${step}`;
  if (!request) return 'could not be made: an expression of the step failed';
  const tell = (what: string, found: Value, written: Value): string =>
    `has the ${what} ${shown(masked(found, secrets))}, not ${shown(written)}`;
  if (method !== undefined && method !== request.method) return tell('method', request.method, method);
  if (url && !url.matches(request.url)) return tell('address', request.url, url.written);
  if (query && !isAsWritten(query, request.query)) return tell('query', request.query, query);
  if (headers && !isAsWritten(lowered(headers), lowered(request.headers)))
    return tell('headers', request.headers, headers);
  const sent = bodyOf(request);
  return body === undefined || isAsWritten(body, sent) ? undefined : tell('body', sent, body);
}

function bodyOf({ body }: WebRequest): Value {
  if (body === null) return null;
  return 'json' in body ? (body.json as Value) : body.form;
}

/** Names of headers are the same in capitals and small letters (RFC 9110, 5.1). */
function lowered(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Compares two lists one by one. */
function inOrder<W, F>(
  what: string,
  wanted: readonly W[],
  found: readonly F[],
  by: { told(found: F): string; differs(wanted: W, found: F): string | undefined },
): string[] {
  if (wanted.length !== found.length) {
    const all = found.length === 0 ? '' : `: ${found.map((one) => by.told(one)).join('; ')}`;
    return [`There were ${found.length} ${what}s, not ${wanted.length}${all}.`];
  }
  return wanted.flatMap((one, at) => {
    const difference = by.differs(one, found[at]!);
    return difference === undefined ? [] : [`The ${ORDINALS[at] ?? `${at + 1}th`} ${what} ${difference}.`];
  });
}

const ORDINALS = ['first', 'second', 'third'];
