import type { FastifyInstance } from 'fastify';
import type { Queue } from '../../model/queue.ts';
import type { ApiContext } from '../context.ts';
import { durationMs, keyedAnswers, listOf, shape, text } from '../schemas.ts';

const queue = shape({
  id: text,
  name: text,
  strategy: text,
  skills: { ...listOf(text), description: 'Skills that every contact of the queue needs.' },
  serviceLevelMs: durationMs,
  wrapUpMs: durationMs,
  wrapUpMode: { ...text, description: 'none, timed, extendable, until_cleared or result_required.' },
  wrapUpResults: listOf(text),
});

const site = shape({
  name: text,
  numbers: listOf(shape({ number: text, flow: text })),
  agents: listOf(shape({ id: text, name: text, extension: text })),
  queues: listOf(queue),
  featureCodes: shape({ login: text, logout: text, pause: text, ready: text, watch: text }),
  pauseReasons: { type: 'object', additionalProperties: text, description: 'Digit after the pause code to reason.' },
});

const example = {
  name: 'Sample centre',
  numbers: [{ number: '100', flow: 'welcome' }],
  agents: [{ id: 'anna', name: 'Anna', extension: '201' }],
  queues: [
    {
      id: 'sales',
      name: 'Sales',
      strategy: 'longest_idle',
      skills: [],
      serviceLevelMs: 20_000,
      wrapUpMs: 10_000,
      wrapUpMode: 'timed',
      wrapUpResults: [],
    },
  ],
  featureCodes: { login: '*21', logout: '*22', pause: '*23', ready: '*24', watch: '*25' },
  pauseReasons: { '1': 'lunch' },
};

export function siteRoutes(app: FastifyInstance, { desk }: ApiContext): void {
  app.get(
    '/v1/site',
    {
      schema: {
        summary: 'The site',
        description: 'Numbers, agents, queues and feature codes as the flows folder describes them now.',
        tags: ['site'],
        operationId: 'getSite',
        ...keyedAnswers('The site.', site, example, []),
      },
    },
    async () => {
      const { name, numbers, agents, queues, featureCodes, pauseReasons } = desk.site();
      return {
        name,
        numbers,
        agents: Object.values(agents),
        queues: Object.values(queues).map(queueAnswer),
        featureCodes,
        pauseReasons: Object.fromEntries(Object.entries(pauseReasons).map(([digit, reason]) => [digit, reason.name])),
      };
    },
  );
}

function queueAnswer({ id, name, strategy, needs, serviceLevelMs, wrapUp }: Queue): object {
  return {
    id,
    name,
    strategy,
    skills: Object.keys(needs.required),
    serviceLevelMs,
    wrapUpMs: wrapUp.ms,
    wrapUpMode: wrapUp.mode,
    wrapUpResults: wrapUp.results,
  };
}
