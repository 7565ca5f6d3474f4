import type { FastifyInstance } from 'fastify';
import { contactStory } from '../../reports/contact-story.ts';
import type { ApiContext } from '../context.ts';
import { ApiError } from '../errors.ts';
import { moment } from '../moments.ts';
import {
  call,
  count,
  countOrNull,
  durationMs,
  durationMsOrNull,
  idOf,
  keyedAnswers,
  listOf,
  moment as momentOf,
  momentOrNull,
  shape,
  text,
  textOrNull,
} from '../schemas.ts';

const stay = shape({
  queue: text,
  ...momentOf('queuedAt'),
  waitedMs: durationMsOrNull,
  outcome: { ...textOrNull, description: 'answered, abandoned, timeout, overflow or lost; null: still waiting.' },
  agent: textOrNull,
  talkMs: durationMsOrNull,
});

const summary = shape({
  id: text,
  channel: textOrNull,
  from: textOrNull,
  to: textOrNull,
  ...momentOrNull('arrivedAt'),
  ...momentOrNull('answeredAt'),
  ...momentOrNull('endedAt'),
  endedBy: { ...textOrNull, description: 'customer, agent or system.' },
  cause: textOrNull,
  flow: textOrNull,
  queues: listOf(stay),
  waitedMs: durationMs,
  talkMs: durationMs,
  lines: {
    ...shape({ received: count, sent: count }),
    description: 'Lines of text from the customer, and from agents.',
  },
  durations: shape({ beforeAnswerMs: countOrNull, totalMs: countOrNull }),
});

const item = shape(
  {
    ...momentOf('at'),
    sinceStartMs: durationMs,
    what: { type: 'string', description: 'Kind of the event.' },
    text: { type: 'string', description: 'One sentence for people.' },
    agentId: text,
    queueId: text,
    flowId: text,
    stepId: text,
    offerId: text,
    digits: { ...count, description: 'How many keys were pressed; which ones is not told.' },
    characters: { ...count, description: 'How long a line of text is; what it says is not told.' },
  },
  ['agentId', 'queueId', 'flowId', 'stepId', 'offerId', 'digits', 'characters'],
);

const story = shape({ summary, call, timeline: listOf(item) }, ['call']);
const contacts = shape({ contacts: listOf({ $ref: 'Contact#' }) });

const contactsExample = {
  contacts: [
    {
      id: 'call-1',
      channel: 'voice',
      from: '5550100',
      to: '100',
      ...moment('arrivedAt', 1_795_165_200_000),
      stage: 'waiting',
      flowId: 'welcome',
      queueId: 'sales',
    },
  ],
};
const storyExample = {
  summary: {
    id: 'call-1',
    channel: 'voice',
    from: '5550100',
    to: '100',
    ...moment('arrivedAt', 1_795_165_200_000),
    ...moment('answeredAt', 1_795_165_200_400),
    ...moment('endedAt', 1_795_165_290_000),
    endedBy: 'customer',
    cause: 'hung_up',
    flow: 'welcome',
    queues: [
      {
        queue: 'sales',
        ...moment('queuedAt', 1_795_165_210_000),
        waitedMs: 12_000,
        outcome: 'answered',
        agent: 'anna',
        talkMs: 68_000,
      },
    ],
    waitedMs: 12_000,
    talkMs: 68_000,
    lines: { received: 0, sent: 0 },
    durations: { beforeAnswerMs: 400, totalMs: 90_000 },
  },
  timeline: [
    {
      ...moment('at', 1_795_165_200_000),
      sinceStartMs: 0,
      what: 'contact.arrived',
      text: 'A call from 5550100 to 100 arrived.',
    },
  ],
};

export function contactRoutes(app: FastifyInstance, { desk }: ApiContext): void {
  app.get(
    '/v1/contacts',
    {
      schema: {
        summary: 'Contacts that are here now',
        description: 'Every contact that has arrived and is not over, oldest first.',
        tags: ['contacts'],
        operationId: 'listContacts',
        ...keyedAnswers('The contacts.', contacts, contactsExample, []),
      },
    },
    async () => ({
      contacts: desk.contacts().map((contact) => ({ ...contact, ...moment('arrivedAt', contact.arrivedAtMs) })),
    }),
  );
  app.get<{ Params: { id: string } }>(
    '/v1/contacts/:id',
    {
      schema: {
        summary: 'The story of one contact',
        description: 'What came of a contact, present or past, and every step on its way with times, from the journal.',
        tags: ['contacts'],
        operationId: 'getContact',
        params: idOf('contact'),
        ...keyedAnswers('The story.', story, storyExample, [
          'request.invalid',
          'contact.unknown',
          'journal.unavailable',
        ]),
      },
    },
    async ({ params }) => {
      const entries = await desk.story(params.id);
      if (!entries.ok) throw new ApiError(entries.failure);
      const { summary, timeline } = contactStory(params.id, entries.value, desk.site());
      return {
        summary: {
          ...summary,
          ...moment('arrivedAt', summary.arrivedAtMs),
          ...moment('answeredAt', summary.answeredAtMs),
          ...moment('endedAt', summary.endedAtMs),
          queues: summary.queues.map((stay) => ({ ...stay, ...moment('queuedAt', stay.queuedAtMs) })),
        },
        ...callOf(desk, params.id),
        timeline,
      };
    },
  );
}

/** The call as it stands now, while there is one. */
function callOf(desk: ApiContext['desk'], contactId: string): object {
  const here = desk.contacts().find(({ id }) => id === contactId);
  return here?.call ? { call: here.call } : {};
}
