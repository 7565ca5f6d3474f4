import type { Emit } from '../model/event.ts';
import type { AtMs } from '../model/ids.ts';
import { estimateNow, isStopped, staffOf } from './conditions.ts';
import { leaveQueue, offerItem } from './offers.ts';
import { overflow } from './overflow.ts';
import { endHold, relax } from './relaxation.ts';
import { queueIndex } from './routing/tables.ts';
import type { AcdState, Item } from './state.ts';
import { carriedOn } from './waits/carried-on.ts';

/**
 * What becomes of an item that has just come to its queue. A queue that is closed or unstaffed sends it on before anybody
 * is asked; how long the queue or the wait is counts only when nobody is free.
 */
export function arrived(state: AcdState, item: Item | undefined, atMs: AtMs, emit: Emit): void {
  if (item && item.stage !== 'talking' && isStopped(state, item))
    return leaveQueue(state, item, 'emergency', atMs, emit);
  // Somebody who became free in the same moment has it already; where everybody rings, the others are asked too.
  if (item?.stage === 'offered') return void offerItem(state, item, atMs, emit);
  if (item?.stage !== 'waiting') return;
  const queue = queueIndex(state, item.queueId);
  // A flow of an older version may name a queue that is gone: nobody would ever come for the contact.
  if (!queue) return leaveQueue(state, item, 'timeout', atMs, emit);
  // Held for somebody who is not in service, it would wait for nothing.
  if (item.hold.length > 0 && staffOf(state, item) === 0) return endHold(item, atMs, emit);
  const sendsOnAtOnce = queue.queue.overflow.some(({ when }) => when.closed || when.unstaffed);
  if (sendsOnAtOnce && overflow(state, item, atMs, true, emit)) return;
  if (offerItem(state, item, atMs, emit)) return;
  const estimate = carriedOn(state, item, atMs) ?? estimateNow(state, item, atMs);
  if (estimate) emit({ kind: 'wait.estimated', atMs, contactId: item.contactId, queueId: item.queueId, ...estimate });
  if (queue.queue.overflow.length > 0 && overflow(state, item, atMs, true, emit)) return;
  if (queue.watched) relax(state, item, atMs, emit);
}
