import type { FastifyInstance } from 'fastify';
import type { Desk } from '../../controller/desk.ts';
import type { ApiContext } from '../context.ts';
import { moment } from '../moments.ts';
import { type Answers, answers, keyedAnswers, moment as momentOf, type Schema, shape, text } from '../schemas.ts';

const part = { up: { type: 'boolean' }, ...momentOf('since') };
const status = { type: 'string', description: 'ok or degraded.' };
const brief = shape({ status, release: text, parts: { type: 'object', additionalProperties: shape(part) } });
const full = shape({
  status,
  release: text,
  parts: { type: 'object', additionalProperties: shape({ ...part, detail: text }) },
  emergency: {
    ...text,
    description: 'none; queues: some are stopped by hand; site: all is. It is no fault of a part.',
  },
});

const since = { since: '2026-11-20T08:00:00.000Z', sinceMs: 1_795_161_600_000 };
const briefExample = { status: 'ok', release: '0.1.0', parts: { database: { up: true, ...since } } };
const fullExample = {
  ...briefExample,
  parts: { database: { up: true, detail: 'PostgreSQL 18', ...since } },
  emergency: 'none',
};

/** 503 has the same body as 200, so that a probe that looks at the status alone and a person who reads both see it. */
function withDegraded({ response, errors }: Answers, schema: Schema): Answers {
  const either = { anyOf: [schema, { $ref: 'Error#' }] };
  const description = 'A part is down; or `server.too_slow`, as an error.';
  const degraded = { description, content: { 'application/json': { schema: either } } };
  return { response: { ...response, 503: degraded }, errors };
}

/** What people stopped by hand is no fault: a probe that restarts what is degraded must not see it as one. */
function emergencyWord({ emergencyStop }: Desk): 'none' | 'queues' | 'site' {
  const declared = emergencyStop.declared();
  if (declared.some(({ queueId }) => queueId === null)) return 'site';
  return declared.length > 0 ? 'queues' : 'none';
}

export function healthRoutes(app: FastifyInstance, { desk, release }: ApiContext): void {
  const healthNow = (withDetail: boolean) => {
    const health = desk.health();
    const entries = Object.entries(health.parts).map(([name, { up, detail, sinceMs }]) => [
      name,
      { up, ...(withDetail && { detail }), ...moment('since', sinceMs) },
    ]);
    const emergency = withDetail ? { emergency: emergencyWord(desk) } : {};
    return { status: health.status, release, parts: Object.fromEntries(entries), ...emergency };
  };
  app.get(
    '/health',
    {
      config: { open: true },
      schema: {
        summary: 'Health, for probes',
        description: 'Answers 200 when every part is up and 503 when one is down. Needs no key and tells no details.',
        tags: ['health'],
        operationId: 'getHealth',
        security: [],
        ...withDegraded(answers('Every part is up.', brief, briefExample, ['server.failed']), brief),
      },
    },
    async (_request, reply) => {
      const health = healthNow(false);
      return reply.code(health.status === 'ok' ? 200 : 503).send(health);
    },
  );
  app.get(
    '/v1/health',
    {
      schema: {
        summary: 'Health with details',
        description: 'Like /health, and says of each part in words how it is.',
        tags: ['health'],
        operationId: 'getHealthDetails',
        ...withDegraded(keyedAnswers('Every part is up.', full, fullExample, []), full),
      },
    },
    async (_request, reply) => {
      const health = healthNow(true);
      return reply.code(health.status === 'ok' ? 200 : 503).send(health);
    },
  );
}
