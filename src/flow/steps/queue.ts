import type { StepKind } from '../step-kind.ts';
import { durationMs, texts, wholeNumber } from '../values.ts';

type Given = {
  readonly queue: string;
  readonly priority: number;
  readonly skills: readonly string[];
  readonly maxWaitMs: number | undefined;
};

/**
 * Puts the contact into a queue and waits with it. An unanswered call is answered when it has to wait, or when the agent
 * answers, whichever comes first. The outcome `handled` comes when the agent has hung up and the caller is still there.
 */
export const queue: StepKind = {
  type: 'queue',
  summary: 'Waits in a queue for an agent.',
  parameters: ['queue', 'priority', 'skills', 'max_wait'],
  answers: false,
  read: (reading, fields, node) => {
    const { source } = reading;
    const queue = fields.has('queue') ? (source.text(fields.get('queue'), 'queue') ?? '') : '';
    if (fields.has('queue')) reading.queues.push({ name: queue, node: fields.get('queue') ?? null });
    else source.problem('key.missing', node, 'A queue step needs "queue", the name of a queue in site.yaml.');
    const skills = fields.has('skills') ? texts(source, fields.get('skills'), 'skills') : [];
    for (const name of skills) reading.skills.push({ name, node: fields.get('skills') ?? null });
    const priority = fields.has('priority')
      ? wholeNumber(source, fields.get('priority'), 'priority', { min: -1000, max: 1000 })
      : undefined;
    const wait = { minMs: 1000, maxMs: 24 * 3_600_000 };
    const maxWaitMs = fields.has('max_wait') ? durationMs(source, fields.get('max_wait'), 'max_wait', wait) : undefined;
    return { queue, priority: priority ?? 0, skills, maxWaitMs };
  },
  outcomes: () => ['handled', 'timeout'],
  enter: (given, { atMs }) => {
    const asked = given as Given;
    return {
      queue: {
        queueId: asked.queue,
        priority: asked.priority,
        skills: asked.skills,
        virtualStartMs: atMs,
        ...(asked.maxWaitMs === undefined ? {} : { giveUpAtMs: atMs + asked.maxWaitMs }),
      },
    };
  },
  receive: (_given, happening) => (happening.what === 'left_queue' ? { outcome: happening.reason } : {}),
};
