import type { FastifyInstance } from 'fastify';
import type { Desk } from '../../controller/desk.ts';
import type { ApiContext } from '../context.ts';
import { ApiError, type ApiErrorCode, BODY_ERRORS } from '../errors.ts';
import { ID_CHARACTERS_MAX } from '../limits.ts';
import { moment } from '../moments.ts';
import { idOf, keyedAnswers, listOf, type Schema, shape } from '../schemas.ts';

type Emergency = ReturnType<Desk['emergencyStop']['declared']>[number];

const emergencies = shape({ emergencies: listOf({ $ref: 'Emergency#' }) });
const declareBody: Schema = {
  ...shape(
    {
      flow: {
        type: 'string',
        minLength: 1,
        maxLength: ID_CHARACTERS_MAX,
        description: 'The flow that takes everybody; left out: `emergency_flow` of the site.',
      },
    },
    ['flow'],
  ),
  type: ['object', 'null'],
};
const DECLARED =
  'New contacts go to the flow at once, those who wait leave the queue for it, talks go on. It holds over restarts until it is lifted. Harmless when repeated.';

export const emergencyExample = { queueId: 'sales', flowId: 'emergency', ...moment('since', 1_795_165_210_000) };
const example = { emergencies: [emergencyExample] };

type Body = { flow?: string } | null;

/** The emergency stop of the site and of single queues. Every answer says what is stopped then. */
export function emergencyRoutes(app: FastifyInstance, { desk }: ApiContext): void {
  const stop = desk.emergencyStop;
  const now = (): object => ({ emergencies: stop.declared().map(emergencyAnswer) });
  const declare = (queueId: string | null, body: Body): object => {
    const declared = stop.declare(queueId, body?.flow, 'api');
    if (!declared.ok) throw new ApiError(declared.failure);
    return now();
  };
  const lift = (queueId: string | null): object => {
    const lifted = stop.lift(queueId, 'api');
    if (!lifted.ok) throw new ApiError(lifted.failure);
    return now();
  };
  const declaring: readonly ApiErrorCode[] = ['flow.unknown', 'emergency.flow_required', ...BODY_ERRORS];
  app.get(
    '/v1/emergency',
    { schema: schemaOf('What is stopped', 'The site first, then queues.', 'getEmergencies', []) },
    async () => now(),
  );
  app.post<{ Body: Body }>(
    '/v1/emergency',
    { schema: { ...schemaOf('Stop the site', DECLARED, 'stopSite', declaring), body: declareBody } },
    async ({ body }) => declare(null, body),
  );
  app.delete(
    '/v1/emergency',
    {
      schema: schemaOf('Put the site into service again', 'Queues that were stopped stay so.', 'liftSite', BODY_ERRORS),
    },
    async () => lift(null),
  );
  const ofQueue = { params: idOf('queue') };
  app.post<{ Params: { id: string }; Body: Body }>(
    '/v1/queues/:id/emergency',
    {
      schema: {
        ...schemaOf('Stop a queue', DECLARED, 'stopQueue', ['queue.unknown', ...declaring]),
        ...ofQueue,
        body: declareBody,
      },
    },
    async ({ params, body }) => declare(params.id, body),
  );
  app.delete<{ Params: { id: string } }>(
    '/v1/queues/:id/emergency',
    {
      schema: {
        ...schemaOf('Put a queue into service again', 'Harmless when repeated.', 'liftQueue', [
          'queue.unknown',
          ...BODY_ERRORS,
        ]),
        ...ofQueue,
      },
    },
    async ({ params }) => lift(params.id),
  );
}

function schemaOf(summary: string, description: string, operationId: string, codes: readonly ApiErrorCode[]): Schema {
  const errors: readonly ApiErrorCode[] = codes.length === 0 ? [] : ['request.invalid', ...codes];
  return {
    summary,
    description,
    tags: ['emergency'],
    operationId,
    ...keyedAnswers('What is stopped now.', emergencies, example, errors),
  };
}

export function emergencyAnswer(emergency: Emergency): object {
  return { ...emergency, ...moment('since', emergency.sinceMs) };
}
