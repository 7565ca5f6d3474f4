import type { FastifyInstance } from 'fastify';
import type { Desk } from '../../controller/desk.ts';
import { timeZone } from '../../reports/time-zone.ts';
import type { ApiContext } from '../context.ts';
import { ApiError } from '../errors.ts';
import { ID_CHARACTERS_MAX } from '../limits.ts';
import { moment, momentFrom } from '../moments.ts';
import {
  count,
  idOf,
  keyedAnswers,
  listOf,
  moment as momentOf,
  momentOrNull,
  type Schema,
  shape,
  text,
  textOrNull,
} from '../schemas.ts';

/** Without `from`, the decisions about an agent of so much time are told. */
const LAST_MS = 3_600_000;

const score: Schema = { type: ['number', 'null'], description: 'See docs/api.md; null: no reasons were kept.' };
const offer = shape(
  {
    offerId: text,
    agentId: text,
    queueId: text,
    chosen: { ...textOrNull, description: 'agent: one was looked for; contact: one was looked for.' },
    strategy: textOrNull,
    score,
    runnersUp: listOf(shape({ id: text, score: { type: 'number' } })),
    relaxationStep: { ...count, description: "Steps of the queue's relaxation that were taken." },
    rejected: listOf(shape({ because: text, agents: count })),
    outcome: { ...text, description: 'open, answered, expired or withdrawn.' },
    ...momentOrNull('outcomeAt'),
    notChosen: shape({ because: text, text }),
  },
  ['notChosen'],
);
const decision = shape(
  {
    seq: { ...count, description: 'Place in the journal.' },
    ...momentOf('at'),
    contactId: text,
    what: { ...text, description: 'queued, relaxed, hold_ended, offered, requeued or left.' },
    text: { ...text, description: 'One or two sentences for people.' },
    offer,
  },
  ['offer'],
);

const example = {
  seq: 4711,
  ...moment('at', 1_795_165_210_000),
  contactId: 'call-1',
  what: 'offered',
  text: 'Anna was chosen by longest idle (idle for 34 s), before Ben (idle for 22 s). It was answered.',
  offer: {
    offerId: 'call-1.o1-mib1xk8g',
    agentId: 'anna',
    queueId: 'sales',
    chosen: 'agent',
    strategy: 'longest_idle',
    score: 1_795_165_176_000,
    runnersUp: [{ id: 'ben', score: 1_795_165_188_000 }],
    relaxationStep: 0,
    rejected: [{ because: 'paused', agents: 1 }],
    outcome: 'answered',
    ...moment('outcomeAt', 1_795_165_214_000),
    notChosen: { because: 'behind', text: 'Ben was free, but had been idle 12 s less than Anna.' },
  },
};

type Decisions = Extract<Awaited<ReturnType<Desk['decisions']>>, { ok: true }>['value'];

export function decisionRoutes(app: FastifyInstance, { desk, now }: ApiContext): void {
  app.get<{ Params: { id: string }; Querystring: { agent?: string } }>(
    '/v1/contacts/:id/decisions',
    {
      schema: {
        summary: 'What was decided about a contact, and why',
        description:
          'Every offer with its reasons and what came of it, and with an agent why that agent was not chosen.',
        tags: ['contacts'],
        operationId: 'getContactDecisions',
        params: idOf('contact'),
        querystring: shape(
          { agent: { ...text, minLength: 1, maxLength: ID_CHARACTERS_MAX, description: 'Id of the agent.' } },
          ['agent'],
        ),
        ...keyedAnswers('The decisions.', shape({ decisions: listOf(decision) }), { decisions: [example] }, [
          'request.invalid',
          'contact.unknown',
          'decision.too_far',
          'decision.busy',
          'journal.unavailable',
        ]),
      },
    },
    async ({ params, query }) => {
      const found = await desk.decisions(params.id, query.agent);
      if (!found.ok) throw new ApiError(found.failure);
      return { decisions: decisionAnswers(found.value) };
    },
  );
  app.get<{ Params: { id: string }; Querystring: { from?: string } }>(
    '/v1/agents/:id/decisions',
    {
      schema: {
        summary: 'What was decided for and past an agent',
        description: 'The newest offers to the agent, and of his queues the newest ones to others with why.',
        tags: ['agents'],
        operationId: 'getAgentDecisions',
        params: idOf('agent'),
        querystring: shape({ from: { ...text, maxLength: 40, description: 'As in reports; left out: an hour ago.' } }, [
          'from',
        ]),
        ...keyedAnswers(
          'The decisions.',
          shape({ offered: listOf(decision), passedOver: listOf(decision) }),
          { offered: [example], passedOver: [] },
          ['request.invalid', 'agent.unknown', 'decision.too_far', 'decision.busy', 'journal.unavailable'],
        ),
      },
    },
    async ({ params, query }) => {
      const found = await desk.agentDecisions(params.id, fromOf(query.from, now()));
      if (!found.ok) throw new ApiError(found.failure);
      const { offered, passedOver } = found.value;
      return { offered: decisionAnswers(offered), passedOver: decisionAnswers(passedOver) };
    },
  );
}

function fromOf(written: string | undefined, nowMs: number): number {
  if (written === undefined) return nowMs - LAST_MS;
  const zone = timeZone('UTC');
  if (!zone.ok) throw new ApiError(zone.failure);
  return momentFrom('from', written, zone.value);
}

function decisionAnswers(decisions: Decisions): object[] {
  return decisions.map((one) => ({
    ...one,
    ...moment('at', one.atMs),
    ...(one.offer && { offer: { ...one.offer, ...moment('outcomeAt', one.offer.outcomeAtMs) } }),
  }));
}
