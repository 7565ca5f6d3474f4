import type { Names } from '../../../expression/names.ts';
import type { Values } from '../../../model/value.ts';
import type { QueueStatus } from '../../floor.ts';
import { optional, required } from '../../shape/object.ts';
import { reference, STEP } from '../../shape/reference.ts';
import { stepKind } from '../../step-kind.ts';
import { CONDITIONS, type Condition, checkIds, conditionsOf } from '../logic/conditions.ts';
import { refused } from '../refused.ts';

const FIELDS: Names[string] = {
  fields: {
    agents_ready: 'number',
    agents_in_service: 'number',
    waiting: 'number',
    longest_wait: 'number',
    estimated_wait: 'any',
  },
};

type Given = {
  readonly queue: string;
  readonly conditions: readonly Condition[];
  readonly otherwise: string | undefined;
};

/** Branches on how a queue stands now: how many wait, how long, and who is there. */
export const queueStatus = stepKind({
  type: 'queue_status',
  summary: 'Branches on how a queue stands now.',
  fields: {
    queue: required(reference('queue'), 'Id of a queue in site.yaml.', ''),
    cases: required(
      CONDITIONS,
      'A list of `{when: condition, next: step}`, of which the first that holds is taken. Conditions may name ' +
        '`queue.agents_ready`, `queue.agents_in_service`, `queue.waiting`, `queue.longest_wait` and ' +
        '`queue.estimated_wait`; times are in seconds.',
      [],
    ),
    default: optional(STEP, 'The step when no case holds; `next` or the step below when left out.'),
  },
  given: ({ queue, cases, default: otherwise }): Given => ({ queue, conditions: conditionsOf(cases), otherwise }),
  answers: false,
  needsCustomer: false,
  outcomes: ({ conditions }) => [...conditions.map(({ id }) => id), 'default'],
  target: ({ conditions, otherwise }, outcome) => {
    if (outcome === 'default') return otherwise;
    return conditions.find(({ id }) => id === outcome)?.next;
  },
  names: () => ({ queue: FIELDS }),
  gives: () => ({ result: FIELDS }),
  check: ({ conditions }, tell) => {
    checkIds(conditions, (place, message) => tell('value.choice', ['cases', place], message));
  },
  enter: ({ queue: queueId, conditions }, context) => {
    const status = context.floor.queue(queueId);
    if (!status) return refused('step.invalid', `There is no queue ${queueId} any more.`);
    const result = spoken(status);
    const asked = context.including({ queue: result });
    return { outcome: conditions.find(({ when }) => asked.holds(when))?.id ?? 'default', result };
  },
});

/** As conditions know it: times in seconds; a wait that nobody can tell is nothing. */
function spoken({ agentsReady, agentsInService, waiting, longestWaitMs, estimatedWaitMs }: QueueStatus): Values {
  return {
    agents_ready: agentsReady,
    agents_in_service: agentsInService,
    waiting,
    longest_wait: Math.floor(longestWaitMs / 1000),
    estimated_wait: estimatedWaitMs === null ? null : Math.round(estimatedWaitMs / 1000),
  };
}
