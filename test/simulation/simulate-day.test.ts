import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectDir } from '../../src/config.ts';
import type { Problem } from '../../src/flow/problem.ts';
import { openScenario } from '../../src/simulation/scenario-file.ts';
import { site } from '../acd/site.ts';

const WEEKDAY = join(projectDir, 'scenarios', 'weekday.yaml');

function simulate(...args: string[]) {
  const command = [join(projectDir, 'bin', 'strowger'), 'simulate-day', ...args];
  return spawnSync(process.execPath, command, { encoding: 'utf8' });
}

/** What is wrong with a scenario, as `line:column code`. */
function wrong(text: string): string[] {
  const problems: Problem[] = [];
  openScenario({ path: 'day.yaml', text }, problems)?.read(
    site({ anna: { queues: ['sales'] } }, { sales: {}, mail: {} }),
  );
  return problems.map(({ line, column, code }) => `${line}:${column} ${code}`);
}

test('the same scenario and seed give the same output byte by byte, and another seed another one', () => {
  const [first, again, other] = [
    simulate(WEEKDAY, '--runs', '2', '--json'),
    simulate(WEEKDAY, '--runs', '2', '--json'),
    simulate(WEEKDAY, '--runs', '2', '--json', '--seed', '5'),
  ];
  assert.equal(first.status, 0, first.stderr);
  assert.equal(first.stdout, again.stdout);
  assert.notEqual(first.stdout, other.stdout);
  for (const line of JSON.parse(first.stdout).day) assert.ok(line.offered.mean > 100);
});

test('two more agents are told as a paired difference', () => {
  const other = join(projectDir, 'scenarios', 'weekday-two-more.yaml');
  const told = simulate(WEEKDAY, '--runs', '4', '--compare', other, '--json');
  assert.equal(told.status, 0, told.stderr);
  const [sales] = JSON.parse(told.stdout).day;
  assert.deepEqual(sales.offered, { mean: 0, ci95: 0, runs: 4 });
  assert.ok(sales.serviceLevel.mean > sales.serviceLevel.ci95);
});

test('the number of agents that is found reaches the goal, and one less does not', () => {
  const { count, tried } = JSON.parse(simulate(WEEKDAY, '--runs', '3', '--find-staff', 'sales=80/20', '--json').stdout);
  const level = (agents: number) => tried.find((one: { count: number }) => one.count === agents).serviceLevel.mean;
  assert.ok(level(count) >= 0.8 && level(count - 1) < 0.8);
});

test('a scenario that is not there, and options that are not understood, are refused', () => {
  const missing = simulate('nowhere.yaml');
  assert.equal(missing.status, 1);
  assert.match(missing.stderr, /^simulation\.file_unreadable: /);
  assert.equal(simulate(WEEKDAY, '--runs', '0').status, 2);
  assert.equal(simulate(WEEKDAY, '--fast').status, 2);
});

test('what is wrong in a scenario is told with its line and column', () => {
  const plain = 'flows: .\ntraffic:\n  calls:\n    queue: sales\n    handle: 3m\n    per_hour: 5\n';
  assert.deepEqual(wrong(plain), []);
  assert.deepEqual(wrong(plain.replace('sales', 'slaes')), ['4:12 value.choice']);
  assert.deepEqual(wrong(plain.replace('sales', 'mail')), ['3:3 queue.unstaffed']);
  assert.deepEqual(wrong(plain.replace('handle', 'handel')), ['5:5 key.unknown', '3:3 key.missing']);
  assert.deepEqual(wrong(plain.replace('3m', '{ distribution: gamma, mean: 3m }')), ['5:13 key.missing']);
  assert.deepEqual(wrong(`${plain}    per_interval: [1]\n`), ['7:19 key.missing']);
  assert.deepEqual(wrong(`${plain}day: 2026-02-30\n`), ['7:6 calendar.date_impossible']);
  assert.deepEqual(wrong(`${plain}time_zone: Moon\n`), ['7:12 calendar.zone_unknown']);
  assert.deepEqual(wrong(`${plain}staff:\n  team: { agents: [ben] }\n`), ['8:19 value.choice', '3:3 queue.unstaffed']);
});

test('the shipped scenarios say which command they are for', () => {
  assert.match(readFileSync(WEEKDAY, 'utf8'), /bin\/strowger simulate-day scenarios\/weekday\.yaml/);
});
