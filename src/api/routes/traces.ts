import type { FastifyInstance } from 'fastify';
import { contactTrace, type TracedStep, type TraceValues } from '../../reports/contact-trace.ts';
import type { ApiContext } from '../context.ts';
import { ApiError } from '../errors.ts';
import { moment } from '../moments.ts';
import {
  count,
  durationMsOrNull,
  idOf,
  keyedAnswers,
  listOf,
  moment as momentOf,
  shape,
  text,
  textOrNull,
} from '../schemas.ts';

const step = shape({
  flow: text,
  version: text,
  step: text,
  type: text,
  at: { ...textOrNull, description: 'File and line of the step; null: that version is not known any more.' },
  depth: { ...count, description: 'How many flows called each other to come here.' },
  ...momentOf('enteredAt'),
  tookMs: { ...durationMsOrNull, description: 'Null: the contact is in the step.' },
  outcome: textOrNull,
  error: { ...shape({ code: text, message: text }), type: ['object', 'null'] },
  input: {
    ...listOf(shape({ how: { ...text, description: 'keys, speech, text, http or call.' }, text })),
    description: 'What the customer entered, what other systems answered, and what came of calls and recordings.',
  },
  prompts: { ...listOf(text), description: 'What was spoken or shown, when values are shown.' },
  changed: { ...listOf(shape({ name: text, value: text })), description: 'Variables that the step filled.' },
  concealed: { ...listOf(text), description: 'Variables that it filled with sensitive input.' },
});
const trace = shape({
  id: text,
  steps: listOf(step),
  stepsOmitted: { ...count, description: 'Steps after the first 2,000, which are not listed.' },
  failure: { ...textOrNull, description: 'Why the flow could not go on.' },
});
const example = {
  id: 'call-1',
  steps: [
    {
      flow: 'welcome',
      version: '3f2a9c01d4e5b678',
      step: 'account',
      type: 'gather',
      at: 'welcome.yaml:12',
      depth: 0,
      ...moment('enteredAt', 1_795_165_200_000),
      tookMs: 8200,
      outcome: 'ok',
      error: null,
      input: [{ how: 'keys', text: '\u2022\u2022\u2022\u2022' }],
      prompts: [],
      changed: [{ name: 'account', value: '\u2022\u2022\u2022\u2022' }],
      concealed: [],
    },
  ],
  stepsOmitted: 0,
  failure: null,
};
const query = shape(
  {
    values: {
      type: 'string',
      enum: ['masked', 'shown'],
      description: 'Whether what was entered, spoken and set is told; sensitive input never is.',
    },
  },
  ['values'],
);

export function traceRoutes(app: FastifyInstance, { desk }: ApiContext): void {
  app.get<{ Params: { id: string }; Querystring: { values?: TraceValues } }>(
    '/v1/contacts/:id/trace',
    {
      schema: {
        summary: 'The way of one contact through its flows',
        description: 'Every step with file and line, times, outcome, input and changed variables, from the journal.',
        tags: ['contacts'],
        operationId: 'traceContact',
        params: idOf('contact'),
        querystring: query,
        ...keyedAnswers('The trace.', trace, example, ['request.invalid', 'contact.unknown', 'journal.unavailable']),
      },
    },
    async ({ params, query }) => {
      const entries = await desk.story(params.id);
      if (!entries.ok) throw new ApiError(entries.failure);
      const found = contactTrace(entries.value, query.values ?? 'masked');
      const placeOf = await places(desk, found.steps);
      return {
        id: params.id,
        ...found,
        steps: found.steps.map((one) => ({ ...one, at: placeOf(one), ...moment('enteredAt', one.enteredAtMs) })),
      };
    },
  );
}

/** Where steps stand in the files, as far as their versions are still known. */
async function places(
  desk: ApiContext['desk'],
  steps: readonly TracedStep[],
): Promise<(step: TracedStep) => string | null> {
  const versions = [...new Set(steps.map(({ version }) => version))];
  const sets = new Map(
    await Promise.all(versions.map(async (version) => [version, await desk.flowSet(version)] as const)),
  );
  return ({ version, flow, step: id }) => {
    const set = sets.get(version);
    return set?.ok ? (set.value.flows[flow]?.steps[id]?.at ?? null) : null;
  };
}
