import type { AtMs } from '../../model/ids.ts';
import type { Queue } from '../../model/queue.ts';
import type { Item } from '../state.ts';
import { ruleFits } from './demand.ts';

/** One point of priority without ageing is worth more waiting than any contact ever has: about 115 days. */
export const STRICT_MS = 10_000_000_000;
/** The objective that stands for all queues that are not ordered by their own. */
export const COMMON_OBJECTIVE_MS = 20_000;

/**
 * The place of an item among those of its class, smaller first. With linear ageing the difference between two items never
 * changes while they wait, so a place is a number that is found once: the moment from which the item would have had to
 * wait to be where it is without any priority. A callback keeps its place because the key has nothing to do with the call.
 */
export function keyOf(queue: Queue, item: Item): number {
  if (queue.order === 'lifo') return -item.virtualStartMs;
  if (queue.order === 'fifo') return item.virtualStartMs;
  let points = item.priority;
  for (const rule of queue.rules) if (rule.priority !== 0 && ruleFits(rule, item)) points += rule.priority;
  const since =
    item.deadlineMs === null ? item.virtualStartMs : Math.min(item.virtualStartMs, item.deadlineMs - queue.objectiveMs);
  return since - points * (queue.ageingMs ?? STRICT_MS);
}

/** What waits are divided by before items of different queues are compared (Avaya calls it the service objective). */
export function objectiveOf(queue: Queue): number {
  return queue.order === 'objective' ? queue.objectiveMs : COMMON_OBJECTIVE_MS;
}

/** How urgent the first of a line is; larger goes first. */
export function scoreOf(key: number, lifo: boolean, objectiveMs: number, nowMs: AtMs): number {
  return (nowMs - (lifo ? -key : key)) / objectiveMs;
}
