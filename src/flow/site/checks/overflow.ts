import type { OverflowCondition, Queue } from '../../../model/queue.ts';
import type { Path } from '../../source.ts';
import { onlyWaited } from './relaxation.ts';
import { eachQueue, type Subject } from './subject.ts';

/** Overflow rules that are never taken, and queues that hand items round in a circle. */
export function checkOverflow(subject: Subject): void {
  for (const { queue, path } of eachQueue(subject)) {
    checkReached(subject, queue, path);
    for (const [at, { target }] of queue.overflow.entries()) {
      if (target.to !== 'queue' || subject.staff.has(target.queueId)) continue;
      if (!Object.hasOwn(subject.site.queues, target.queueId)) continue;
      const message = `No agent serves the queue "${target.queueId}": what overflows there would wait for nobody.`;
      subject.tell('queue.unstaffed', [...path, 'overflow', at, 'to', 'queue'], message);
    }
  }
  checkCircles(subject);
}

function checkReached({ tell }: Subject, queue: Queue, path: Path): void {
  for (const [at, { when }] of queue.overflow.entries()) {
    const reason = whyNever(queue, at, when);
    if (reason !== undefined)
      tell('overflow.unreachable', [...path, 'overflow', at], `This rule is never taken: ${reason}.`);
  }
}

function whyNever(queue: Queue, at: number, when: OverflowCondition): string | undefined {
  if (when.closed && queue.calendar === null) return 'the queue has no calendar, so it is never closed';
  if (when.waitedMs !== undefined && when.longerThan !== undefined) {
    return 'longer_than counts only when the item comes, and then it has not waited yet';
  }
  const winner = queue.overflow.findIndex(({ when: other }, place) => {
    if (place < at) return implies(when, other);
    // A rule below wins, too, when it comes earlier whatever else happens.
    const time = onlyWaited(other);
    return place > at && time !== undefined && when.waitedMs !== undefined && time < when.waitedMs;
  });
  return winner < 0
    ? undefined
    : `rule ${winner + 1} of the list is taken before it. Remove one, or change its condition`;
}

/** Whether the second condition holds whenever the first one does. */
function implies(first: OverflowCondition, second: OverflowCondition): boolean {
  const atLeast = (a: number | undefined, b: number | undefined): boolean =>
    b === undefined || (a !== undefined && a >= b);
  return (
    atLeast(first.waitedMs, second.waitedMs) &&
    atLeast(first.estimatedWaitMs, second.estimatedWaitMs) &&
    atLeast(first.longerThan, second.longerThan) &&
    (!second.unstaffed || first.unstaffed === true) &&
    (!second.closed || first.closed === true)
  );
}

/** Depth-first search; each edge that leads back into the way on which it was reached closes a circle and is told once. */
function checkCircles(subject: Subject): void {
  const { queues } = subject.site;
  const done = new Set<string>();
  for (const start of Object.keys(queues)) {
    if (done.has(start)) continue;
    const way: { readonly id: string; next: number }[] = [{ id: start, next: 0 }];
    const onWay = new Set([start]);
    for (let here = way.at(-1); here; here = way.at(-1)) {
      const at = here.next++;
      const rule = queues[here.id]!.overflow[at];
      if (!rule) {
        done.add(here.id);
        onWay.delete(here.id);
        way.pop();
        continue;
      }
      if (rule.target.to !== 'queue' || !Object.hasOwn(queues, rule.target.queueId)) continue;
      const { queueId } = rule.target;
      if (onWay.has(queueId))
        tellCircle(
          subject,
          way.map(({ id }) => id),
          queueId,
          at,
        );
      else if (!done.has(queueId)) {
        way.push({ id: queueId, next: 0 });
        onWay.add(queueId);
      }
    }
  }
}

function tellCircle({ tell }: Subject, way: readonly string[], back: string, rule: number): void {
  const circle = [...way.slice(way.indexOf(back)), back].join(', ');
  const message = `Items would go round in a circle: ${circle}. Let one of them overflow to something else.`;
  tell('overflow.circular', ['queues', way.at(-1)!, 'overflow', rule, 'to', 'queue'], message);
}
