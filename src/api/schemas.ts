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

const agent: Schema = {
  $id: 'Agent',
  ...shape(
    {
      id: text,
      name: text,
      extension: text,
      queues: listOf(text),
      skills: listOf(text),
      state: {
        type: 'string',
        description: 'talking, ringing, wrap_up, logged_out, paused, unreachable, busy, resting or ready.',
      },
      ...moment('stateSince'),
      pauseReason: text,
      phone: { type: 'string', description: 'unreachable, idle or busy.' },
      contactId: text,
      offerId: text,
    },
    ['pauseReason', 'contactId', 'offerId'],
  ),
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
    },
    ['flowId', 'stepId', 'queueId', 'agentId'],
  ),
};

const queue: Schema = {
  $id: 'Queue',
  ...shape({
    id: text,
    name: text,
    waiting: { ...count, description: 'Waiting while no phone of an agent rings.' },
    ringing: { ...count, description: "Waiting while an agent's phone rings." },
    talking: count,
    longestWaitMs: durationMs,
    agents: { type: 'object', additionalProperties: count, description: 'Number of agents in each state.' },
    contacts: listOf(
      shape({ contactId: text, position: count, waitedMs: durationMs, ringingAgentId: text }, ['ringingAgentId']),
    ),
  }),
};

/** Schemas that several routes refer to by `$ref: 'NAME#'`. */
export const SHARED_SCHEMAS: readonly Schema[] = [error, agent, contact, queue];
