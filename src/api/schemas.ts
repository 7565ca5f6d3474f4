import { API_ERRORS, type ApiErrorCode } from './errors.ts';
import { ID_CHARACTERS_MAX } from './limits.ts';

/** JSON Schema, as fastify and OpenAPI 3.1 both read it. */
export type Schema = { readonly [keyword: string]: unknown };

export const text: Schema = { type: 'string' };
export const textOrNull: Schema = { type: ['string', 'null'] };
export const count: Schema = { type: 'integer', minimum: 0 };
export const countOrNull: Schema = { type: ['integer', 'null'] };
export const durationMs: Schema = { type: 'integer', description: 'A duration in ms.' };
export const durationMsOrNull: Schema = { type: ['integer', 'null'], description: 'A duration in ms; null: none.' };

/** An object of which every property named in `optional` may be missing, and that has no others. */
export function shape(properties: Record<string, Schema>, optional: readonly string[] = []): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', additionalProperties: false, required, properties };
}

export function listOf(items: Schema): Schema {
  return { type: 'array', items };
}

/** A moment stands twice in an answer: `NAME` is ISO 8601 in UTC, `NAMEMs` is ms since 1970. */
export function moment(name: string): Record<string, Schema> {
  return {
    [name]: { type: 'string', description: 'ISO 8601, UTC, with milliseconds.' },
    [`${name}Ms`]: { type: 'integer', description: 'Milliseconds since 1970.' },
  };
}

export function momentOrNull(name: string): Record<string, Schema> {
  return {
    [name]: { type: ['string', 'null'], description: 'ISO 8601, UTC, with milliseconds; null: not (yet).' },
    [`${name}Ms`]: { type: ['integer', 'null'], description: 'Milliseconds since 1970; null: not (yet).' },
  };
}

/** The path parameter `id`. */
export function idOf(what: string): Schema {
  return shape({
    id: { type: 'string', minLength: 1, maxLength: ID_CHARACTERS_MAX, description: `Id of the ${what}.` },
  });
}

/** Errors that every route with a key may answer with. */
const COMMON: readonly ApiErrorCode[] = [
  'auth.missing',
  'auth.wrong',
  'auth.slow_down',
  'server.failed',
  'server.too_slow',
];

/**
 * What a route's schema says of its answers. `errors` is for the OpenAPI document alone (openapi.ts): fastify would
 * make a serialiser for each, and errorBody already gives exactly what the Error schema says.
 */
export type Answers = { readonly response: Schema; readonly errors: Schema };

/** The answers of a route that needs the key: a success with an example, and the errors by status. */
export function keyedAnswers(
  description: string,
  schema: Schema,
  example: unknown,
  codes: readonly ApiErrorCode[],
): Answers {
  return answers(description, schema, example, [...COMMON, ...codes]);
}

/** The answers of a route; `codes` are the errors that it may answer with. */
export function answers(
  description: string,
  schema: Schema,
  example: unknown,
  codes: readonly ApiErrorCode[],
): Answers {
  const errors: Record<string, unknown> = {};
  for (const code of codes) {
    const { status } = API_ERRORS[code];
    const same = codes.filter((other) => API_ERRORS[other].status === status);
    const meanings = same.map((other) => `\`${other}\`: ${API_ERRORS[other].meaning}`).join(' ');
    const sample = { error: { code, message: API_ERRORS[code].meaning, requestId: EXAMPLE_REQUEST } };
    errors[status] ??= {
      description: meanings,
      content: { 'application/json': { schema: { $ref: 'Error#' }, example: sample } },
    };
  }
  return { response: { 200: { description, content: { 'application/json': { schema, example } } } }, errors };
}

const EXAMPLE_REQUEST = '0b7a3c1e-5b52-4a53-9a0c-7c1f3f1d2e10';

const error: Schema = {
  $id: 'Error',
  ...shape({
    error: shape(
      {
        code: { type: 'string', description: 'Stable; docs/errors.md lists them.' },
        message: { type: 'string', description: 'A sentence for people; may change.' },
        details: { type: 'object', additionalProperties: { type: ['string', 'number'] } },
        requestId: { type: 'string', description: 'Under this id the log has the request.' },
      },
      ['details'],
    ),
  }),
};

const work: Schema = shape(
  {
    contactId: text,
    offerId: text,
    queueId: text,
    channel: text,
    stage: { ...text, description: 'ringing, talking or wrap_up.' },
    ...moment('since'),
    ...moment('until'),
    extensionsLeft: { ...count, description: 'How often the wrap-up may still be extended.' },
    resultRequired: { ...listOf(text), description: 'The wrap-up ends only with one of these results.' },
  },
  ['until', 'untilMs', 'extensionsLeft', 'resultRequired'],
);

const agent: Schema = {
  $id: 'Agent',
  ...shape(
    {
      id: text,
      name: text,
      extension: text,
      team: text,
      queues: listOf(text),
      skills: listOf(text),
      skillLevels: { type: 'object', additionalProperties: count, description: 'Level from 0 to 10 by skill.' },
      state: {
        type: 'string',
        description: 'talking, ringing, wrap_up, logged_out, paused, unreachable, busy, resting or ready.',
      },
      ...moment('stateSince'),
      pauseReason: text,
      ...moment('pauseUntil'),
      pauseOverran: { type: 'boolean', description: 'The pause lasts longer than its reason allows.' },
      phone: { type: 'string', description: 'unreachable, idle or busy.' },
      contactId: { ...text, description: 'The contact that rings or is talked to, the oldest one.' },
      offerId: text,
      work: { ...listOf(work), description: 'Everything in hand, the oldest first.' },
      loadPercent: { ...count, description: 'How much of what the agent can do at once is taken.' },
    },
    ['team', 'pauseReason', 'pauseUntil', 'pauseUntilMs', 'pauseOverran', 'contactId', 'offerId'],
  ),
};

const calendar: Schema = {
  $id: 'Calendar',
  ...shape(
    {
      id: text,
      timeZone: text,
      open: { type: 'boolean' },
      because: { ...text, description: 'hours, holiday, exception or forced.' },
      holiday: { ...text, description: 'Name of the holiday.' },
      ...moment('until'),
      forced: { ...text, description: 'open or closed; left out: the calendar goes by its hours.' },
    },
    ['holiday', 'until', 'untilMs', 'forced'],
  ),
};

const party: Schema = shape(
  {
    legId: text,
    who: { ...text, description: 'customer, agent, outside or supervisor.' },
    agentId: text,
    number: text,
    answered: { type: 'boolean', description: 'False: the phone is still dialled or rings.' },
    muted: { type: 'boolean', description: 'The microphone is off.' },
    place: { ...text, description: 'talk, aside (away from the customer) or room.NAME; left out: alone, or waiting.' },
  },
  ['agentId', 'number', 'place'],
);

/** A telephone call as it stands, with all who are in it. */
export const call: Schema = {
  ...shape(
    {
      held: { type: 'boolean', description: 'The customer is on hold.' },
      consult: {
        ...shape({ id: text, stage: { ...text, description: 'asked, talking or joined.' } }),
        description: 'Set while the agent asks somebody.',
      },
      parties: listOf(party),
    },
    ['consult'],
  ),
  description: 'A telephone call with all who are in it; left out: nobody but the customer is.',
};

const contact: Schema = {
  $id: 'Contact',
  ...shape(
    {
      id: text,
      channel: text,
      from: text,
      to: text,
      ...moment('arrivedAt'),
      stage: { type: 'string', description: 'flow, waiting, ringing, talking or ending.' },
      flowId: text,
      stepId: text,
      queueId: text,
      agentId: text,
      call,
    },
    ['flowId', 'stepId', 'queueId', 'agentId', 'call'],
  ),
};

const waiting: Schema = shape(
  {
    contactId: text,
    channel: text,
    position: { ...count, description: 'Place in the order in which contacts are served, from 1.' },
    waitedMs: durationMs,
    overdue: { type: 'boolean', description: 'Waits longer than the service level of the queue allows.' },
    relaxationStep: { ...count, description: "Steps of the queue's relaxation that were taken." },
    estimatedWaitP50Ms: { ...durationMs, description: 'The whole wait as estimated on arrival: half wait less.' },
    estimatedWaitP90Ms: { ...durationMs, description: 'Nine of ten wait less.' },
    ringingAgentId: text,
    ringingAgentIds: { ...listOf(text), description: 'All whose phones ring, where there are several.' },
  },
  ['estimatedWaitP50Ms', 'estimatedWaitP90Ms', 'ringingAgentId', 'ringingAgentIds'],
);

const queue: Schema = {
  $id: 'Queue',
  ...shape(
    {
      id: { ...text, description: '`@` and the id of an agent: the queue of that agent alone.' },
      name: text,
      strategy: text,
      calendar: { $ref: 'Calendar#' },
      emergency: { $ref: 'Emergency#' },
      waiting: { ...count, description: 'Waiting while no phone of an agent rings.' },
      ringing: { ...count, description: "Waiting while an agent's phone rings." },
      talking: count,
      overdue: { ...count, description: 'Of those who wait: longer than the service level of the queue allows.' },
      longestWaitMs: durationMs,
      agents: { type: 'object', additionalProperties: count, description: 'Number of agents in each state.' },
      estimates: shape(
        {
          compared: { ...count, description: 'Answered contacts whose wait had been estimated.' },
          meanErrorMs: { ...durationMs, description: 'Mean absolute error of the estimated median.' },
          withinP90: { type: 'number', description: 'Share of waits within their estimated 90th percentile, 0 to 1.' },
        },
        ['meanErrorMs', 'withinP90'],
      ),
      contacts: listOf(waiting),
      contactsOmitted: { ...count, description: 'Waiting contacts after the first 1,000, which are not listed.' },
    },
    ['calendar', 'emergency'],
  ),
};

const emergency: Schema = {
  $id: 'Emergency',
  ...shape({
    queueId: { ...textOrNull, description: 'Null: the whole site.' },
    flowId: { ...text, description: 'The flow to which everybody goes.' },
    ...moment('since'),
  }),
};

/** Schemas that several routes refer to by `$ref: 'NAME#'`. */
export const SHARED_SCHEMAS: readonly Schema[] = [error, agent, contact, calendar, emergency, queue];
