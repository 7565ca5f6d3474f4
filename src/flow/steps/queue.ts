import type { EventOf, FlowValues } from '../../model/event.ts';
import type { Needs } from '../../model/needs.ts';
import { fill } from '../expression.ts';
import type { StepContext, StepKind } from '../step-kind.ts';
import { NOTHING_SPECIAL, QUEUE_PARAMETERS, type QueueParameters, readQueueParameters } from './queue-parameters.ts';

/** The variable that holds the number when the outcome is `external`. */
const OVERFLOW_NUMBER = 'overflow_number';
/** What stands in the place of a caller's number that is withheld; all who withhold theirs are not one customer. */
const WITHHELD = /^(?:|anonymous|unknown|unavailable|restricted|private|withheld)$/i;

/**
 * Puts the contact into a queue and waits with it. An unanswered call is answered when it has to wait, or when the agent
 * answers, whichever comes first. The outcome `handled` comes when the agent has hung up and the caller is still there.
 */
export const queue: StepKind = {
  type: 'queue',
  summary: 'Waits in a queue for an agent.',
  parameters: QUEUE_PARAMETERS,
  answers: false,
  read: (reading, fields, node) => {
    reading.sets.add(OVERFLOW_NUMBER);
    return readQueueParameters(reading, fields, node);
  },
  outcomes: () => ['handled', 'timeout', 'overflow', 'voicemail', 'callback', 'external'],
  fallbacks: new Map([
    ['voicemail', 'overflow'],
    ['callback', 'overflow'],
    ['external', 'overflow'],
    ['overflow', 'timeout'],
  ]),
  // A step that was read by an earlier release, and is still gone through, lacks what came later.
  enter: (given, context) => ({ queue: queued({ ...NOTHING_SPECIAL, ...(given as QueueParameters) }, context) }),
  receive: (_given, happening) => {
    switch (happening.what) {
      case 'left_queue':
        return { outcome: happening.reason };
      case 'overflowed': {
        const { target } = happening;
        return target.to === 'external'
          ? { outcome: 'external', set: { [OVERFLOW_NUMBER]: target.number } }
          : { outcome: target.to };
      }
      default:
        return {};
    }
  },
};

type Queued = Omit<EventOf<'contact.queued'>, 'kind' | 'atMs' | 'contactId'>;

function queued(asked: QueueParameters, { atMs, scope, site }: StepContext): Queued {
  const { channel, from } = scope.contact;
  const agentIds = asked.preferredAgents
    .map((id) => fill(id, scope))
    .filter((id, place, all) => Object.hasOwn(site.agents, id) && all.indexOf(id) === place);
  const attributes: FlowValues = Object.fromEntries(
    Object.entries(asked.attributes).map(([name, value]) => [name, fill(value, scope)]),
  );
  return {
    queueId: fill(asked.queue, scope),
    channel,
    ...(asked.label === undefined ? {} : { label: asked.label }),
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
    ...(WITHHELD.test(from) ? {} : { customer: from }),
    priority: asked.priority,
    skills: asked.skills,
    ...(asksForMore(asked.needs) ? { needs: asked.needs } : {}),
    ...(agentIds.length === 0 ? {} : { preferred: { agentIds, untilMs: atMs + asked.holdMs } }),
    virtualStartMs: atMs,
    ...(asked.serveWithinMs === undefined ? {} : { deadlineMs: atMs + asked.serveWithinMs }),
    ...(asked.maxWaitMs === undefined ? {} : { giveUpAtMs: atMs + asked.maxWaitMs }),
  };
}

function asksForMore({ required, anyOf, preferred, excluded }: Needs): boolean {
  return anyOf.length > 0 || [required, preferred, excluded].some((levels) => Object.keys(levels).length > 0);
}
