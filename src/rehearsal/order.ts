import { parse } from 'yaml';
import type { Problem } from '../flow/problem.ts';
import { duration } from '../flow/shape/scalars.ts';
import { Source } from '../flow/source.ts';
import { VERDICTS } from '../model/call/leg.ts';
import { ok, type Result } from '../model/failure.ts';
import type { Value } from '../model/value.ts';
import { WEB_FAILURES, type WebFailureCode } from '../model/web.ts';
import type { Action } from './action.ts';
import { DIAL_WORDS } from './far-end.ts';
import type { GivenAnswer } from './given.ts';
import { rehearsalFailed } from './rehearsal-failure.ts';

/** What somebody types who lives through a flow by hand: something to do, or something to be shown. */
export type Order =
  | Action
  | { readonly do: 'show'; readonly what: 'vars' | 'where' | 'help' }
  | { readonly do: 'quit' };

/** Everything that can be typed, with what it does. */
export const ORDERS: readonly (readonly [order: string, meaning: string])[] = [
  ['123#', 'presses keys of the telephone (press 1 is the same; in a chat it clicks a choice)'],
  ['say WORDS', 'says something; in a chat every other line is written as it is'],
  ['silence [6s]', 'enters nothing for so long, or until the flow reacts'],
  ['wait 30s', 'lets time pass'],
  ['hangup', 'leaves'],
  ['agent anna logs in', 'or logs out, answers, rejects, ends'],
  ['dial answered', 'who is dialled answers; or busy, no_answer, declined, unavailable, failed, ends, or a key'],
  ['recorded 5s', 'speaks for so long where a message is recorded'],
  ['machine human', 'what the machine detector says: human, machine, fax, unknown'],
  ['room ended', 'comes out of the conference: left, ended, full'],
  ['http STEP 200 {"a": 1}', 'answers the request of a step; http STEP timeout (or network) fails it'],
  ['vars', 'shows the variables'],
  ['where', 'shows where the contact is'],
  ['help', 'shows this list'],
  ['quit', 'ends the simulation'],
];

const SPAN = duration({ minMs: 0, maxMs: 30 * 86_400_000 });
const AGENT_DOES = {
  answers: 'answer',
  rejects: 'reject',
  ends: 'end',
  'logs in': 'log_in',
  'logs out': 'log_out',
} as const;

/** Reads one line. In a chat what is no order is a reply. */
export function orderOf(typed: string, inText: boolean): Result<Order> {
  const line = typed.trim();
  const [first = '', ...others] = line.split(/\s+/);
  const rest = line.slice(first.length).trim();
  switch (others.length === 0 ? first : '') {
    case 'vars':
    case 'where':
    case 'help':
      return ok({ do: 'show', what: first as 'vars' | 'where' | 'help' });
    case 'quit':
      return ok({ do: 'quit' });
    case 'hangup':
      return ok({ do: 'hangup', bargeIn: false });
    case 'silence':
      return ok({ do: 'silence', ms: null });
  }
  const order = ofTwo(first, rest);
  if (order) return ok(order);
  if (!inText && /^[0-9*#]+$/.test(line)) return ok({ do: 'press', keys: line, bargeIn: false });
  return inText ? ok({ do: 'reply', text: line, bargeIn: false }) : rehearsalFailed('rehearsal.command_unknown');
}

/** Orders that say more than their name. */
function ofTwo(first: string, rest: string): Order | undefined {
  switch (first) {
    case 'say':
      return rest === '' ? undefined : { do: 'say', text: rest, confidence: 1, bargeIn: false };
    case 'press':
      return /^[0-9*#]+$/.test(rest) ? { do: 'press', keys: rest, bargeIn: false } : undefined;
    case 'silence':
    case 'wait': {
      const ms = spanMs(rest);
      return ms === undefined ? undefined : { do: first, ms };
    }
    case 'agent': {
      const [, agentId = '', does = ''] = /^(\S+)\s+(\S.*)$/.exec(rest) ?? [];
      const doing = AGENT_DOES[does as keyof typeof AGENT_DOES];
      return doing && { do: doing, agentId };
    }
    case 'http':
      return webOrder(rest);
    default:
      return ofCall(first, rest);
  }
}

/** What becomes of calls, messages and conferences. */
function ofCall(first: string, rest: string): Order | undefined {
  switch (first) {
    case 'dial': {
      const word = DIAL_WORDS.find((known) => known === rest);
      if (word) return { do: 'dial', what: word };
      return /^[0-9*#]$/.test(rest) ? { do: 'dial', what: `key ${rest}` } : undefined;
    }
    case 'recorded': {
      const ms = spanMs(rest);
      return ms === undefined ? undefined : { do: 'recorded', ms };
    }
    case 'machine': {
      const verdict = VERDICTS.find((known) => known === rest);
      return verdict && { do: 'machine', verdict };
    }
    case 'room': {
      const reason = (['left', 'ended', 'full'] as const).find((known) => known === rest);
      return reason && { do: 'room', reason };
    }
    default:
      return undefined;
  }
}

const FAILURES = Object.keys(WEB_FAILURES).map((code) => code.slice('web.'.length));
const WEB_ORDER = new RegExp(`^(.+?)\\s+([1-5]\\d\\d|${FAILURES.join('|')})(?:\\s+(.+))?$`, 's');

/** `STEP 200 {...}`: steps may have blanks in their names, so the status is looked for. */
function webOrder(rest: string): Order | undefined {
  const [, stepId, answered = '', body] = WEB_ORDER.exec(rest) ?? [];
  return stepId === undefined ? undefined : { do: 'http', stepId, answer: answerOf(answered, body) };
}

function answerOf(answered: string, body: string | undefined): GivenAnswer {
  if (/^\d+$/.test(answered)) return { status: Number(answered), headers: {}, body: bodyOf(body) };
  return { failed: `web.${answered}` as WebFailureCode };
}

/** YAML is read, so JSON is, too; what is neither is the text itself. */
function bodyOf(body: string | undefined): Value {
  if (body === undefined) return null;
  try {
    return parse(body, { logLevel: 'error' }) as Value;
  } catch {
    return body;
  }
}

function spanMs(written: string): number | undefined {
  const problems: Problem[] = [];
  const source = new Source('order', written, problems);
  return source.root ? SPAN.read(source, source.root, 'The time') : undefined;
}
