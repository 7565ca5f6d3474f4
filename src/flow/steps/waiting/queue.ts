import { type Happening, type Move, type StepContext, stepKind } from '../../step-kind.ts';
import { refused } from '../refused.ts';
import { type Announcements, QUEUE_NAMES } from './announcements.ts';
import { contactQueued } from './contact-queued.ts';
import { NOTHING_SPECIAL, QUEUE_FIELDS, type QueueParameters, queueParametersOf } from './queue-parameters.ts';
import { announced, begin, cameBack, EXIT, goOn, somethingIsDue } from './queue-wait.ts';

/** The variable that holds the number when the outcome is `external`. */
const OVERFLOW_NUMBER = 'overflow_number';

/**
 * Puts the contact into a queue and waits with it. An unanswered call is answered when it has to wait, or when the agent
 * answers, whichever comes first. The outcome `handled` comes when the agent has hung up and the caller is still there.
 */
export const queue = stepKind({
  type: 'queue',
  summary: 'Waits in a queue for an agent.',
  fields: QUEUE_FIELDS,
  given: queueParametersOf,
  answers: false,
  needsCustomer: true,
  outcomes: (given) => [
    'handled',
    'timeout',
    'overflow',
    'voicemail',
    'callback',
    'external',
    ...notLetIn(given).map(([outcome]) => outcome),
    ...exitsOf(given),
  ],
  fallbacks: new Map([
    ['voicemail', 'overflow'],
    ['callback', 'overflow'],
    ['external', 'overflow'],
    ['exit', 'overflow'],
    ['overflow', 'timeout'],
  ]),
  target: (given, outcome) => {
    const { exitKeys = {} } = given;
    if (Object.hasOwn(exitKeys, outcome)) return exitKeys[outcome];
    return notLetIn(given).find(([name]) => name === outcome)?.[1];
  },
  names: () => QUEUE_NAMES,
  gives: () => ({ vars: { [OVERFLOW_NUMBER]: 'text' }, result: { fields: { key: 'text', reason: 'text' } } }),
  check: ({ preferredAgents, holdMs, unless, announcements }, tell) => {
    if (holdMs !== undefined && preferredAgents.length === 0) {
      const message = 'hold is for preferred_agents, of which there are none here. Add them, or leave hold out.';
      tell('key.conflict', ['hold'], message);
    }
    if ((unless.full === undefined) !== (unless.fullAt === undefined)) {
      tell(
        'key.missing',
        ['overflow'],
        'full_at and on_full belong together: how many make the queue full, and the step.',
      );
    }
    if (announcements && isSilent(announcements)) {
      tell('key.missing', ['announcements'], 'There is nothing to announce: add position, estimated_wait or prompts.');
    }
  },
  enter: (given, context) => enter(wholeOf(given), context),
  receive: (given, happening, context) => received(wholeOf(given), happening, context),
});

/** By what was read; to put them together takes as long as all else that happens when a contact is queued. */
const whole = new WeakMap<QueueParameters, QueueParameters>();

/** A step that was read by an earlier release, and is still gone through, lacks what came later. */
function wholeOf(given: QueueParameters): QueueParameters {
  let found = whole.get(given);
  if (!found) {
    found = { ...NOTHING_SPECIAL, ...given };
    whole.set(given, found);
  }
  return found;
}

function isSilent({ position, estimatedWait, prompts }: Announcements): boolean {
  return position.length === 0 && estimatedWait.length === 0 && prompts.length === 0;
}

/** The keys; and `exit`, for a key that a restart forgot before the dispatcher had let the contact go, and from another flow. */
function exitsOf({ exitKeys = {}, whileWaiting }: QueueParameters): string[] {
  const keys = Object.keys(exitKeys);
  return keys.length === 0 && !whileWaiting ? [] : [...keys, EXIT];
}

/** Outcomes of contacts that are not let into the queue, with their steps. */
function notLetIn({ unless }: QueueParameters): [string, string][] {
  const { full, noAgents, closed } = unless ?? NOTHING_SPECIAL.unless;
  const all = [
    ['full', full],
    ['no_agents', noAgents],
    ['closed', closed],
  ] as const;
  return all.flatMap(([outcome, step]) => (step === undefined ? [] : [[outcome, step]]));
}

function enter(asked: QueueParameters, context: StepContext): Move {
  const queued = contactQueued(asked, context);
  if (asked.queue.includes('${{') && !isThere(queued.queueId, context)) {
    return refused('step.invalid', `There is no queue or agent ${queued.queueId}.`);
  }
  const refusal = refusalOf(asked, queued.queueId, context);
  if (refusal !== undefined) return { outcome: refusal, result: { reason: refusal } };
  return { queue: queued, ...begin(asked, context) };
}

function isThere(queueId: string, { site }: StepContext): boolean {
  return queueId.startsWith('@') ? Object.hasOwn(site.agents, queueId.slice(1)) : Object.hasOwn(site.queues, queueId);
}

/** Why the contact is not let in, where the step says what happens then. */
function refusalOf({ unless }: QueueParameters, queueId: string, context: StepContext): string | undefined {
  const { site, floor } = context;
  const calendar = Object.hasOwn(site.queues, queueId) ? site.queues[queueId]!.calendar : null;
  if (unless.closed !== undefined && calendar !== null && !context.openingOf(calendar).open) return 'closed';
  if (unless.noAgents === undefined && unless.full === undefined) return undefined;
  const status = floor.queue(queueId);
  if (!status) return undefined;
  if (unless.noAgents !== undefined && status.agentsInService === 0) return 'no_agents';
  return unless.full !== undefined && status.waiting >= (unless.fullAt ?? Infinity) ? 'full' : undefined;
}

function received(asked: QueueParameters, happening: Happening, context: StepContext): Move {
  switch (happening.what) {
    case 'left_queue':
      return happening.reason === 'exit' ? exited(context) : { outcome: happening.reason };
    case 'overflowed': {
      const { target } = happening;
      return target.to === 'external'
        ? { outcome: 'external', set: { [OVERFLOW_NUMBER]: target.number } }
        : { outcome: target.to };
    }
    case 'digit':
      return exit(asked, happening.digit, context);
    case 'reply':
      return exit(asked, happening.text.trim(), context);
    case 'time_out':
      return somethingIsDue(asked, context);
    case 'prompt_finished':
      return announced(asked, context);
    case 'returned':
      return cameBack(asked, happening, context);
    case 'resumed':
      return goOn(asked, context);
    default:
      return {};
  }
}

/** The dispatcher is asked; until it has taken the contact out, an agent may still be faster. */
function exit({ exitKeys }: QueueParameters, key: string, { notes }: StepContext): Move {
  if (!Object.hasOwn(exitKeys, key)) return {};
  notes['exit'] = key;
  return { leaveQueueBy: key };
}

/** By which key shows only when no restart came between the key and the exit. */
function exited({ notes }: StepContext): Move {
  const key = notes['exit'];
  if (key === undefined) return { outcome: EXIT, stopPrompt: true, wakeInMs: null };
  return { outcome: String(key), stopPrompt: true, wakeInMs: null, result: { key } };
}
