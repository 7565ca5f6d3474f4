import type { Step } from '../../model/flow-set.ts';
import type { QueueId } from '../../model/ids.ts';
import type { OverflowTarget } from '../../model/queue.ts';
import { queueOf, type Site } from '../../model/site.ts';
import type { ReadFlow } from '../flow-file.ts';

/** Outcomes of which a step must say something, because nobody can have meant what happens otherwise. */
export function checkOutcomes(site: Site, { flow, source, steps }: ReadFlow): void {
  const missing = (step: Step, message: string): void => {
    source.problem('outcome.missing', steps.get(step.id)?.keyNode, message);
  };
  for (const step of Object.values(flow.steps)) {
    if (step.type === 'schedule' && !isRouted(step, ['open', 'closed'])) {
      const calendar = String(step.with['calendar']);
      const message = `Step ${step.id} goes on in the same way when ${calendar} is open and when it is closed.`;
      missing(step, `${message} Say under "on" where open or closed leads.`);
    }
    // Who wrote `next` has said where every outcome leads; the step that happens to stand below was not meant for this.
    if (step.type !== 'queue' || steps.get(step.id)?.nextWritten) continue;
    const queueId = String(step.with['queue']);
    for (const to of waysOut(site, queueId)) {
      if (isRouted(step, [to, 'overflow', 'timeout'])) continue;
      const message = `Queue ${queueId} may overflow to ${to}, and step ${step.id} does not say what happens then.`;
      missing(step, `${message} Say under "on" where ${to} (or overflow) leads.`);
    }
  }
}

function isRouted(step: Step, outcomes: readonly string[]): boolean {
  return outcomes.some((outcome) => Object.hasOwn(step.on, outcome));
}

type WayOut = Exclude<OverflowTarget['to'], 'queue' | 'flow'>;

/** By which overflow a contact of the queue may come back to its step, by way of other queues, too. */
function waysOut(site: Site, queueId: QueueId): Set<WayOut> {
  const ways = new Set<WayOut>();
  const seen = new Set([queueId]);
  // The set grows while it is walked through.
  for (const id of seen) {
    for (const { target } of queueOf(site, id)?.overflow ?? []) {
      if (target.to === 'queue') seen.add(target.queueId);
      else if (target.to !== 'flow') ways.add(target.to);
    }
  }
  return ways;
}
