import type { EventOf, FlowValues } from '../../../model/event.ts';
import type { Needs } from '../../../model/needs.ts';
import { singleValue, workedOutEach } from '../../shape/written-value.ts';
import type { StepContext } from '../../step-kind.ts';
import { HOLD_MS, type QueueParameters } from './queue-parameters.ts';

/** What stands in the place of a caller's number that is withheld; all who withhold theirs are not one customer. */
const WITHHELD = /^(?:|anonymous|unknown|unavailable|restricted|private|withheld)$/i;

type Queued = Omit<EventOf<'contact.queued'>, 'kind' | 'atMs' | 'contactId'>;

/** What the queue step asks of the dispatcher, with all of its expressions worked out. */
export function contactQueued(asked: QueueParameters, context: StepContext): Queued {
  const { atMs, channel, scope, site } = context;
  const from = String(scope['contact']?.['from'] ?? '');
  const agentIds = asked.preferredAgents
    .map((id) => context.fill(id))
    .filter((id, place, all) => Object.hasOwn(site.agents, id) && all.indexOf(id) === place);
  const attributes: FlowValues = Object.fromEntries(
    Object.entries(workedOutEach(asked.attributes, context)).map(([name, value]) => [name, singleValue(value)]),
  );
  const whisper = context.prompt(asked.whisper);
  const queueId = context.fill(asked.queue);
  return {
    queueId,
    channel,
    ...(asked.label === undefined ? {} : { label: asked.label }),
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
    // A name in a chat is what somebody wrote: all Marias are not one customer.
    ...(channel !== 'voice' || WITHHELD.test(from) ? {} : { customer: from }),
    priority: asked.priority,
    skills: asked.skills,
    ...(asksForMore(asked.needs) ? { needs: asked.needs } : {}),
    ...(agentIds.length === 0 ? {} : { preferred: { agentIds, untilMs: atMs + (asked.holdMs ?? HOLD_MS) } }),
    virtualStartMs: startOf(queueId, context),
    ...(asked.serveWithinMs === undefined ? {} : { deadlineMs: atMs + asked.serveWithinMs }),
    ...(asked.maxWaitMs === undefined ? {} : { giveUpAtMs: atMs + asked.maxWaitMs }),
    ...(asked.answerWithinMs === undefined ? {} : { answerWithinMs: asked.answerWithinMs }),
    ...(asked.music === undefined ? {} : { music: asked.music }),
    // Who writes is not listened to, and the agent sees what it is about.
    ...(whisper.length === 0 || context.inText ? {} : { whisper }),
  };
}

function asksForMore({ required, anyOf, preferred, excluded }: Needs): boolean {
  return anyOf.length > 0 || [required, preferred, excluded].some((levels) => Object.keys(levels).length > 0);
}

/** Who was offered a callback and will not have it goes back to the place that was left for it, and who was called keeps it. */
function startOf(queueId: string, { queuePlace, atMs }: StepContext): number {
  return queuePlace?.kept && queuePlace.queueId === queueId ? queuePlace.virtualStartMs : atMs;
}
