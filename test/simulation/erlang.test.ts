import assert from 'node:assert/strict';
import { test } from 'node:test';
import { erlangB, predict } from '../../src/simulation/erlang.ts';

const PATIENCE_MS = 120_000;

/** Calls per half hour, handling in s, agents, T in s; then Pw, ASA in s and SL in % of Erlang C, rounded as they are published. */
const ERLANG_C: readonly (readonly number[])[] = [
  [360, 240, 55, 15, 0.2387, 8.18, 84.59],
  [100, 180, 12, 20, 0.4494, 40.44, 64.02],
  [100, 180, 14, 20, 0.1741, 7.84, 88.84],
  [2000, 300, 350, 20, 0.2678, 4.82, 91.19],
  [10_000, 300, 1700, 20, 0.3097, 2.79, 96.64],
];

/** The same with Pw, abandons in % and mean wait of all in s of Erlang A with a mean patience of 120 s. */
const ERLANG_A: readonly (readonly number[])[] = [
  [360, 240, 55, 0.1501, 1.7, 2.04],
  [100, 180, 12, 0.2798, 6.16, 7.39],
  [100, 180, 14, 0.127, 2.28, 2.74],
  [2000, 300, 350, 0.1514, 0.79, 0.95],
  [10_000, 300, 1700, 0.1681, 0.41, 0.49],
  [360, 240, 44, 0.6295, 11.79, 14.1],
];

function near(actual: number, expected: number, digits: number): void {
  assert.ok(Math.abs(actual - expected) <= 0.51 * 10 ** -digits, `${actual} is not ${expected}`);
}

test('Erlang B of small systems is what one works out by hand', () => {
  assert.equal(erlangB(1, 1), 0.5);
  near(erlangB(2, 2), 0.4, 12);
});

test('Erlang C gives the published figures', () => {
  for (const [calls, handle, agents, within, waits, asa, level] of ERLANG_C) {
    const load = { arrivalsPerHour: 2 * calls!, handleMs: handle! * 1000, agents: agents!, patienceMs: null };
    const found = predict(load);
    near(found.waits, waits!, 4);
    near(found.averageSpeedOfAnswerMs / 1000, asa!, 2);
    near(found.answeredWithin(within! * 1000) * 100, level!, 2);
  }
});

test('Erlang A gives the published figures, with more work than agents, too', () => {
  for (const [calls, handle, agents, waits, abandons, wait] of ERLANG_A) {
    const load = { arrivalsPerHour: 2 * calls!, handleMs: handle! * 1000, agents: agents!, patienceMs: PATIENCE_MS };
    const found = predict(load);
    near(found.waits, waits!, 4);
    near(found.abandons * 100, abandons!, 2);
    near(found.averageWaitMs / 1000, wait!, agents === 44 ? 1 : 2);
  }
});

test('with endless patience Erlang A becomes Erlang C', () => {
  const load = { arrivalsPerHour: 200, handleMs: 180_000, agents: 14 };
  const patient = predict({ ...load, patienceMs: 1e10 });
  const endless = predict({ ...load, patienceMs: null });
  near(patient.waits, endless.waits, 5);
  near(patient.answeredWithin(20_000), endless.answeredWithin(20_000), 5);
  near(patient.averageSpeedOfAnswerMs / 1000, endless.averageSpeedOfAnswerMs / 1000, 2);
});

test('who is answered within any time at all is everybody who does not give up', () => {
  const found = predict({ arrivalsPerHour: 720, handleMs: 240_000, agents: 44, patienceMs: PATIENCE_MS });
  near(found.answeredWithin(1e9), 1 - found.abandons, 9);
  near(found.answeredWithin(0), 1 - found.waits, 9);
  assert.ok(found.answeredWithin(20_000) < found.answeredWithin(21_000));
});

test('with more work than agents and endless patience everybody waits for ever', () => {
  const found = predict({ arrivalsPerHour: 720, handleMs: 240_000, agents: 48, patienceMs: null });
  assert.equal(found.waits, 1);
  assert.equal(found.averageSpeedOfAnswerMs, Number.POSITIVE_INFINITY);
  assert.equal(found.answeredWithin(20_000), 0);
});

test('ten thousand agents overflow nothing', () => {
  const found = predict({ arrivalsPerHour: 119_000, handleMs: 300_000, agents: 10_000, patienceMs: 300_000 });
  assert.ok(found.waits > 0 && found.waits < 1);
  assert.ok(found.answeredWithin(600_000) <= 1);
});
