import fc from 'fast-check';
import type { Site } from '../../src/model/site.ts';
import { type RandomDay, randomDay } from './random-day.ts';
import { PLAIN_QUEUE } from './site.ts';

/**
 * Lives so many random days. A failure tells what was wrong, the seed and path with which it can be lived again, and the
 * shortest day that fails, with what its sites have beyond the plain ones.
 */
export function everyDay(
  days: number,
  check: (day: RandomDay) => void,
  again: { seed?: number; path?: string } = {},
): void {
  const run = fc.check(fc.property(randomDay, check), { numRuns: days, ...again });
  if (!run.failed) return;
  const day = run.counterexample?.[0];
  const cause = run.errorInstance instanceof Error ? run.errorInstance : new Error(String(run.errorInstance));
  const about = `after ${run.numRuns} days; seed ${run.seed}, path '${run.counterexamplePath}'`;
  throw new Error(`${cause.message}\n${about}\n${day ? told(day) : ''}`, { cause });
}

function told({ sites, present, happenings }: RandomDay): string {
  const [first, second] = sites;
  const happened = happenings.map((one) => `  ${JSON.stringify(one)}`);
  return [
    ...toldSite('site 0', first),
    ...toldSite('site 1', second),
    `present: a${present.map((at) => at + 1).join(', a')}`,
    ...happened,
  ].join('\n');
}

function toldSite(name: string, { queues, agents }: Site): string[] {
  const plain: Readonly<Record<string, unknown>> = PLAIN_QUEUE;
  const lines = Object.values(queues).map((queue) => {
    const own = Object.entries(queue).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(plain[key]));
    return `  ${JSON.stringify(Object.fromEntries(own))}`;
  });
  const people = Object.values(agents).map(({ id, team, capacity, skills, queues: serves }) => {
    return `  ${id} ${team ?? '-'} ${capacity} ${JSON.stringify(skills)} ${JSON.stringify(serves)}`;
  });
  return [`${name}:`, ...lines, ...people];
}
