import assert from 'node:assert/strict';
import { test } from 'node:test';
import { estimate } from '../../src/simulation/estimate.ts';
import { type Case, FIGURES, type Figures, inTheory, runInBalance } from './balance.ts';
import { fcfsAlis, type Kind, type Server } from './fcfs-alis.ts';
import { runWithPoll } from './polling.ts';
import { runSkills, skillFigures } from './skills-in-balance.ts';

/** Every case is lived in the runs 1 to 12, with the number of agents as its seed: none was chosen for what it gave. */
const RUNS = 12;
/**
 * Of some 40 intervals of 95 % two miss by chance alone. So each figure must lie in the interval that all of them keep
 * together with 95 % (Bonferroni: 1 - 0.05 / 40), and besides most of the intervals of 95 % must hold.
 */
const TOGETHER = 0.99875;
const HELD_SHARE_MIN = 0.85;

/** Calls in half an hour, mean handling time in s, agents, T in s; hours of warm-up and of measuring. */
type Row = readonly [number, number, number, number, number, number];
const WITHOUT_ABANDONMENT: readonly Row[] = [
  [360, 240, 55, 15, 1, 10],
  [100, 180, 12, 20, 2, 30],
  [100, 180, 14, 20, 1, 20],
  [2000, 300, 350, 20, 1, 3],
  [10_000, 300, 1700, 20, 0.5, 0.5],
];
/** With a mean patience of 120 s; the last of them has more work than agents. */
const WITH_ABANDONMENT: readonly Row[] = [
  [360, 240, 55, 15, 0.5, 6],
  [100, 180, 12, 20, 0.5, 20],
  [100, 180, 14, 20, 0.5, 15],
  [2000, 300, 350, 20, 0.5, 1],
  [10_000, 300, 1700, 20, 0.25, 0.25],
  [360, 240, 44, 20, 0.5, 5],
];

const held = { inside: 0, all: 0 };

for (const row of WITHOUT_ABANDONMENT) {
  test(`callers wait as Erlang C says: ${described(row)}`, () => assertTheory(caseOf(row, null)));
}
for (const row of WITH_ABANDONMENT) {
  test(`callers wait and give up as Erlang A says: ${described(row)}`, () => assertTheory(caseOf(row, 120_000)));
}

test('most of the 95 % confidence intervals hold the theory', (t) => {
  t.diagnostic(`${held.inside} of ${held.all} intervals of 95 % hold`);
  assert.ok(held.inside >= HELD_SHARE_MIN * held.all, `${held.inside} of ${held.all}`);
});

test('a dispatcher that looks once a second is found out', () => {
  const one = caseOf(WITHOUT_ABANDONMENT[0]!, null);
  const found = missed(inTheory(one), replicate(one, runWithPoll));
  assert.ok(found.includes('waits'), `outside are only: ${found}`);
});

test('calls that take ten seconds longer are found out', () => {
  const one = caseOf(WITHOUT_ABANDONMENT[0]!, null);
  const found = missed(inTheory(one), replicate({ ...one, handleMs: one.handleMs + 10_000 }, runInBalance));
  assert.deepEqual(found, ['waits', 'averageSpeedOfAnswerMs', 'serviceLevel']);
});

function described([calls, handle, agents]: Row): string {
  return `${calls} calls of ${handle} s in half an hour, ${agents} agents`;
}

function caseOf([calls, handle, agents, within, warmUpHours, hours]: Row, patienceMs: number | null): Case {
  const load = { arrivalsPerHour: 2 * calls, handleMs: handle * 1000, agents, patienceMs };
  return { ...load, withinMs: within * 1000, warmUpHours, hours };
}

function replicate(one: Case, live: (one: Case, run: number) => Figures): Figures[] {
  return Array.from({ length: RUNS }, (_, run) => live(one, run + 1));
}

function assertTheory(one: Case): void {
  const theory = inTheory(one);
  const runs = replicate(one, runInBalance);
  for (const figure of figuresOf(one)) {
    held.all += 1;
    if (isInside(theory, runs, figure, 0.95)) held.inside += 1;
  }
  const outside = missed(theory, runs).filter((figure) => figuresOf(one).includes(figure));
  const measured = outside.map((figure) => `${figure} ${theory[figure]}: ${runs.map((run) => run[figure])}`);
  assert.deepEqual(measured, []);
}

/** Without patience nobody gives up, in theory and in any run: there is nothing to compare. */
function figuresOf(one: Case): (keyof Figures)[] {
  return FIGURES.filter((figure) => figure !== 'abandons' || one.patienceMs !== null);
}

function missed(theory: Figures, runs: readonly Figures[]): (keyof Figures)[] {
  return FIGURES.filter((figure) => !isInside(theory, runs, figure, TOGETHER));
}

function isInside(theory: Figures, runs: readonly Figures[], figure: keyof Figures, confidence: number): boolean {
  return holds(
    runs.map((run) => run[figure]),
    theory[figure],
    confidence,
  );
}

function holds(measured: readonly number[], expected: number, confidence: number): boolean {
  const { mean, halfWidth } = estimate(measured, confidence);
  return Math.abs(mean! - expected) <= halfWidth!;
}

/** The "W": one who takes support only, one who takes sales only, and between them one who takes both. */
const KINDS: readonly Kind[] = [
  { name: 'support', rate: 30 / 3600 },
  { name: 'sales', rate: 15 / 3600 },
];
const SERVERS: readonly Server[] = [
  { name: 'anna', rate: 1 / 180, kinds: ['support'] },
  { name: 'ben', rate: 1 / 180, kinds: ['support', 'sales'] },
  { name: 'carla', rate: 1 / 180, kinds: ['sales'] },
];

test('with one kind of calls and agents the product form of Adan and Weiss is Erlang C', () => {
  const alike = ['a', 'b', 'c', 'd'].map((name) => ({ name, rate: 1 / 180, kinds: ['calls'] }));
  const { kinds } = fcfsAlis([{ name: 'calls', rate: 60 / 3600 }], alike);
  const load = { arrivalsPerHour: 60, handleMs: 180_000, agents: 4, patienceMs: null };
  const erlang = inTheory({ ...load, withinMs: 0, warmUpHours: 0, hours: 0 });
  assert.ok(Math.abs(kinds['calls']!.waits - erlang.waits) < 1e-12);
  assert.ok(Math.abs(kinds['calls']!.waitSeconds * 1000 - erlang.averageSpeedOfAnswerMs) < 1e-6);
});

test('two kinds of calls and agents with different skills wait and work as the exact law of FCFS-ALIS says', (t) => {
  const expected = skillFigures(fcfsAlis(KINDS, SERVERS));
  const runs = Array.from({ length: RUNS }, (_, run) => skillFigures(runSkills(KINDS, SERVERS, run + 1)));
  let inside = 0;
  for (const [name, value] of Object.entries(expected)) {
    const measured = runs.map((run) => run[name]!);
    if (holds(measured, value, 0.95)) inside += 1;
    assert.ok(holds(measured, value, TOGETHER), `${name} is ${value} in theory, and in the runs ${measured}`);
  }
  t.diagnostic(`${inside} of ${Object.keys(expected).length} intervals of 95 % hold`);
});
