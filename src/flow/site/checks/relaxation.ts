import type { Queue, RelaxationCondition } from '../../../model/queue.ts';
import { spokenDuration } from '../../values.ts';
import { eachQueue, type PlacedQueue, type Subject } from './subject.ts';

/** Relaxation steps that no item ever comes to, and items that are held for one agent for too long. */
export function checkRelaxation(subject: Subject): void {
  for (const placed of eachQueue(subject)) {
    const { queue, said, path } = placed;
    const leftMs = leavesAfterMs(queue);
    checkSteps(subject, placed, leftMs);
    if (queue.lastAgent && leftMs !== undefined && queue.lastAgent.holdMs >= leftMs) {
      const message = `Items of ${said} leave by overflow after ${spokenDuration(leftMs)}, so they wait for nobody but their last agent.`;
      subject.tell('last_agent.hold_too_long', [...path, 'last_agent', 'hold'], `${message} Hold them for less.`);
    }
  }
}

/** After how long every item that still waits has left by overflow; undefined: no rule says so. */
export function leavesAfterMs(queue: Queue): number | undefined {
  const times = queue.overflow.flatMap(({ when }) => onlyWaited(when) ?? []);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** The time of a condition that asks for nothing else. */
export function onlyWaited(when: { readonly waitedMs?: number }): number | undefined {
  return Object.keys(when).length === 1 ? when.waitedMs : undefined;
}

function checkSteps({ tell }: Subject, { queue, said, path }: PlacedQueue, leftMs: number | undefined): void {
  let before: RelaxationCondition | undefined;
  for (const [at, { when }] of queue.relaxation.entries()) {
    const waited = onlyWaited(when);
    const earlier = before && onlyWaited(before);
    const where = [...path, 'relaxation', at, 'when', 'waited'];
    if (waited !== undefined && leftMs !== undefined && waited >= leftMs) {
      const left = `Items of ${said} leave by overflow after ${spokenDuration(leftMs)}`;
      tell('relaxation.unreachable', where, `${left}, so this step is never taken. Let it come earlier.`);
      return;
    }
    if (waited !== undefined && earlier !== undefined && waited <= earlier) {
      const after = `Steps are taken in order, and the one before comes after ${spokenDuration(earlier)}`;
      tell('relaxation.not_rising', where, `${after}: give this one a later time, or put it before that one.`);
    }
    before = when;
  }
}
