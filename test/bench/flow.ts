import { evaluate } from '../../src/expression/evaluate.ts';
import { apply } from '../../src/flow/apply.ts';
import { decide } from '../../src/flow/decide.ts';
import type { Floor } from '../../src/flow/floor.ts';
import { loadFlows } from '../../src/flow/load.ts';
import { emptyFlowState } from '../../src/flow/session.ts';
import type { Event } from '../../src/model/event.ts';
import type { Bench } from './bench.ts';
import { spreadOf } from './spread.ts';
import { figure } from './table.ts';

/** Asked of the interpreter: so many transitions from step to step in so many ms, on one core. */
const TRANSITIONS = 1_000_000;
const ASKED_MS = 5000;
/** Asked of an expression, in the median. */
const ASKED_US = 2;
const ROUNDS = 5;
/** A contact takes as many steps as one may. */
const STEPS_A_CONTACT = 10_000;

const SITE = 'numbers: { "100": main }\n';
/** What automatic steps are like in the flows that are shipped: a condition, a variable, a branch, and again. */
const FLOW = `
limits: { max_steps: 10000 }
steps:
  count: { type: set, max_visits: 10000, vars: { tries: "\${{ vars.tries + 1 }}" } }
  late: { type: set, if: "time.hour > 30", vars: { late: "yes" } }
  which:
    type: switch
    value: \${{ contact.to }}
    cases: { "100": again, "200": other }
    default: other
  other: { type: set, vars: { kind: other } }
  again: { type: goto, step: count }
`;

const EXPRESSIONS = [
  'vars.tries + 1',
  'vars.tries >= 3 && contact.channel == "voice"',
  'vars.account.startsWith("47") ? "gold" : "plain"',
  'contact.from + " called " + contact.to',
  'vars.order.items.exists(one, one.price > 100)',
];
const EVALUATIONS = 200_000;

const FLOOR: Floor = {
  loggedIn: () => false,
  queue: () => undefined,
  place: () => undefined,
  talk: () => undefined,
  bookings: () => [],
};

type ExpressionRow = { readonly expression: string; readonly p50Us: number; readonly p95Us: number };

export const flow: Bench = {
  summary: 'transitions of the flow interpreter and evaluations of expressions (half a minute)',
  needs: [],
  async run({ say }) {
    say('transitions');
    const rounds = Array.from({ length: ROUNDS }, transitionsMs);
    const ms = spreadOf(rounds);
    say('expressions');
    const expressions = EXPRESSIONS.map(expressionRow);
    const transitions = {
      transitions: TRANSITIONS,
      rounds: ROUNDS,
      medianMs: ms.p50!,
      maxMs: ms.max!,
      askedMs: ASKED_MS,
    };
    return {
      tables: [
        {
          title: `${TRANSITIONS.toLocaleString('en')} transitions from step to step, with their events, on one core`,
          head: ['rounds', 'median ms', 'most ms', 'asked ms', 'µs a transition'],
          rows: [
            [String(ROUNDS), figure(ms.p50), figure(ms.max), figure(ASKED_MS), figure((ms.p50! * 1000) / TRANSITIONS)],
          ],
        },
        {
          title: `Expressions, ${EVALUATIONS.toLocaleString('en')} evaluations each, in batches of 100; asked: ${ASKED_US} µs in the median`,
          head: ['expression', 'median µs', 'p95 µs'],
          rows: expressions.map((row) => [row.expression, figure(row.p50Us), figure(row.p95Us)]),
        },
      ],
      notes: [],
      figures: { transitions, expressions },
      asterisk: undefined,
    };
  },
};

/** Contacts that go round in automatic steps until their flow stops them. */
function transitionsMs(): number {
  const state = emptyFlowState();
  const files = [
    { path: 'site.yaml', text: SITE },
    { path: 'main.yaml', text: FLOW },
  ];
  const { set, problems } = loadFlows({ version: 'v', files, recordings: new Set(), unplayable: new Set() });
  if (!set) throw new Error(problems.map(({ message }) => message).join('\n'));
  let entered = 0;
  const take = (event: Event): void => {
    const batch = [event];
    apply(state, event);
    for (const one of batch) {
      if (one.kind === 'step.entered') entered += 1;
      decide(state, one, FLOOR, (decision) => {
        apply(state, decision);
        batch.push(decision);
      });
    }
  };
  take({ kind: 'flows.loaded', atMs: 1_000_000, flows: set });
  const fromMs = performance.now();
  for (let at = 0; at < TRANSITIONS / STEPS_A_CONTACT; at++) {
    const contactId = `c${at}`;
    const about = { atMs: 1_000_000 + at, contactId };
    take({ kind: 'contact.arrived', ...about, channel: 'voice', legId: contactId, from: '15551234', to: '100' });
    take({ kind: 'contact.finished', ...about });
  }
  const tookMs = performance.now() - fromMs;
  if (entered !== TRANSITIONS) throw new Error(`there were ${entered} transitions`);
  return tookMs;
}

function expressionRow(expression: string): ExpressionRow {
  const scope = {
    contact: { id: 'c1', from: '15551234', to: '100', channel: 'voice', language: 'en' },
    vars: { tries: 3, account: '4711', order: { items: [{ price: 10 }, { price: 20 }, { price: 200 }] } },
  };
  const first = evaluate(expression, scope);
  if (!first.ok) throw new Error(`${expression}: ${first.failure.message}`);
  const tookUs: number[] = [];
  for (let batch = 0; batch < EVALUATIONS / 100; batch++) {
    const fromMs = performance.now();
    for (let at = 0; at < 100; at++) evaluate(expression, scope);
    tookUs.push(((performance.now() - fromMs) * 1000) / 100);
  }
  const { p50, p95 } = spreadOf(tookUs);
  return { expression, p50Us: p50!, p95Us: p95! };
}
