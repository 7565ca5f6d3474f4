import type { Emit } from '../model/event.ts';
import type { AtMs, QueueId } from '../model/ids.ts';
import { overflows } from './conditions.ts';
import { leaveQueue } from './offers.ts';
import { queuedAgain } from './queue-again.ts';
import { reachesStep, relax } from './relaxation.ts';
import type { RoutingClass } from './routing/class.ts';
import { isFor } from './routing/overflow-for.ts';
import { standsBefore } from './routing/sorted-line.ts';
import { queueIndex, queueOf } from './routing/tables.ts';
import type { AcdState, Item } from './state.ts';

/**
 * Sends an item on by the first rule of its queue that holds. In another queue it keeps the moment from which its wait
 * counts, so it goes ahead of those who came to that queue later. True when it left.
 */
export function overflow(state: AcdState, item: Item, atMs: AtMs, comes: boolean, emit: Emit): boolean {
  const rules = queueOf(state, item.queueId)?.overflow ?? [];
  const rule = rules.findIndex((one) => isFor(item.channel, one) && overflows(state, item, one.when, atMs, comes));
  if (rule < 0) return false;
  const { target } = rules[rule]!;
  leaveQueue(state, item, 'overflow', atMs, emit, { rule, target });
  if (target.to === 'queue') queueAgain(item, target.queueId, atMs, emit);
  return true;
}

function queueAgain(item: Item, queueId: QueueId, atMs: AtMs, emit: Emit): void {
  const { needs, virtualStartMs } = item;
  emit({
    ...queuedAgain(item, queueId, atMs),
    needs,
    virtualStartMs,
    ...(item.deadlineMs === null ? {} : { deadlineMs: item.deadlineMs }),
    ...(item.giveUpAtMs === null ? {} : { giveUpAtMs: item.giveUpAtMs }),
  });
}

/** Most items that are sent on or relaxed in one look; the next look goes on. */
const LOOK_ITEMS_MAX = 500;

/** Looks at the conditions that no event tells of, for everybody in a queue. */
export function lookAtQueue(state: AcdState, queueId: QueueId, atMs: AtMs, emit: Emit): void {
  const queue = queueIndex(state, queueId);
  const byTime = queue?.queue.overflow.some(({ when }) => when.waitedMs !== undefined && Object.keys(when).length > 1);
  let left = LOOK_ITEMS_MAX;
  for (const one of inServingOrder([...(queue?.classes ?? [])])) {
    if (left === 0) return;
    // How long each has waited differs along the line; all else is the same for a line or grows towards its end.
    if (!byTime && ![one.line.first(), one.line.last()].some((item) => item && concerns(state, item, atMs))) continue;
    for (const item of [...one.line].reverse()) {
      if (left === 0 || !concerns(state, item, atMs)) continue;
      left -= 1;
      if (!overflow(state, item, atMs, false, emit)) relax(state, item, atMs, emit);
    }
  }
}

/** By who stands first: the order in which classes came to be is not known any more after a restart. */
function inServingOrder(classes: readonly RoutingClass[]): RoutingClass[] {
  const standing = classes.filter(({ line }) => line.length > 0);
  return standing.sort((a, b) => (standsBefore(a.line.first()!, b.line.first()!) ? -1 : 1));
}

function concerns(state: AcdState, item: Item, atMs: AtMs): boolean {
  if (reachesStep(state, item, atMs)) return true;
  const rules = queueOf(state, item.queueId)?.overflow ?? [];
  return rules.some((one) => isFor(item.channel, one) && overflows(state, item, one.when, atMs, false));
}
