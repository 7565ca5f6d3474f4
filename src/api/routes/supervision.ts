import type { FastifyInstance } from 'fastify';
import type { Desk } from '../../controller/desk.ts';
import { WATCH_MODES, type WatchMode } from '../../model/call/call-event.ts';
import type { Result } from '../../model/failure.ts';
import type { ApiContext } from '../context.ts';
import { ApiError, type ApiErrorCode, BODY_ERRORS } from '../errors.ts';
import { ID_CHARACTERS_MAX } from '../limits.ts';
import { moment } from '../moments.ts';
import { idOf, keyedAnswers, listOf, moment as momentOf, type Schema, shape, text } from '../schemas.ts';

type Watch = ReturnType<Desk['supervision']['watches']>[number];

const mode: Schema = {
  type: 'string',
  enum: WATCH_MODES,
  description: '`listen`; `whisper`: the agent alone hears the supervisor; `barge`: all hear each other.',
};
const watch = shape({
  id: text,
  contactId: text,
  supervisorId: text,
  agentId: { ...text, description: 'Whose talk it is.' },
  queueId: text,
  mode,
  announced: { type: 'boolean', description: 'Agent and customer were told by a tone.' },
  stage: { ...text, description: "ringing (the supervisor's phone), watching or over." },
  ...momentOf('startedAt'),
});
const startBody = shape(
  {
    supervisorId: {
      type: 'string',
      minLength: 1,
      maxLength: ID_CHARACTERS_MAX,
      description: 'The agent who supervises, whose phone rings. The site says whose talks that may be.',
    },
    mode: { ...mode, default: 'listen' },
  },
  ['mode'],
);

const example = {
  id: 'call-1.l0-mib1xk8g',
  contactId: 'call-1',
  supervisorId: 'bea',
  agentId: 'anna',
  queueId: 'sales',
  mode: 'listen',
  announced: false,
  stage: 'ringing',
  ...moment('startedAt', 1_795_165_210_000),
};

/** Supervisors listen to talks, speak to the agent, join in and take over. */
export function supervisionRoutes(app: FastifyInstance, { desk }: ApiContext): void {
  app.get(
    '/v1/watches',
    {
      schema: {
        summary: 'Who watches over which talk',
        description: 'All supervisors who listen to a talk at this moment, or whose phone rings for it.',
        tags: ['supervision'],
        operationId: 'listWatches',
        ...keyedAnswers('The watches.', shape({ watches: listOf(watch) }), { watches: [example] }, []),
      },
    },
    async () => ({ watches: desk.supervision.watches().map(watchAnswer) }),
  );
  app.post<{ Params: { id: string }; Body: { supervisorId: string; mode: WatchMode } }>(
    '/v1/contacts/:id/watch',
    {
      schema: {
        ...asked('contact', 'Watch over a talk', "Rings the supervisor's phone; who answers it hears the talk.", [
          'contact.unknown',
          'contact.not_talking',
          'agent.unknown',
          'supervision.not_allowed',
          'supervision.busy',
          'supervision.unreachable',
          'supervision.full',
        ]),
        operationId: 'watchContact',
        body: startBody,
      },
    },
    async ({ params, body }) => answer(desk.supervision.start(params.id, body, 'api')),
  );
  changeRoutes(app, desk.supervision);
}

function changeRoutes(app: FastifyInstance, supervision: Desk['supervision']): void {
  app.post<{ Params: { id: string }; Body: { mode: WatchMode } }>(
    '/v1/watches/:id/mode',
    {
      schema: {
        ...asked('watch', 'Change how a supervisor watches', 'Harmless when repeated.', ['watch.unknown']),
        operationId: 'changeWatch',
        body: shape({ mode }),
      },
    },
    async ({ params, body }) => answer(supervision.change(params.id, body.mode, 'api')),
  );
  app.post<{ Params: { id: string } }>(
    '/v1/watches/:id/take-over',
    {
      schema: {
        ...asked(
          'watch',
          'Take a talk over',
          'The supervisor has the talk, and the agent is out of it. Takes no body.',
          ['watch.unknown', 'supervision.ringing'],
        ),
        operationId: 'takeOver',
      },
    },
    async ({ params }) => answer(supervision.takeOver(params.id, 'api')),
  );
  app.delete<{ Params: { id: string } }>(
    '/v1/watches/:id',
    {
      schema: {
        ...asked('watch', 'Stop to watch', "Hangs up the supervisor's phone; the talk goes on.", ['watch.unknown']),
        operationId: 'stopWatch',
      },
    },
    async ({ params }) => answer(supervision.stop(params.id, 'api')),
  );
}

function asked(what: string, summary: string, description: string, codes: readonly ApiErrorCode[]): Schema {
  const errors: readonly ApiErrorCode[] = ['request.invalid', ...codes, ...BODY_ERRORS];
  return {
    summary,
    description,
    tags: ['supervision'],
    params: idOf(what),
    ...keyedAnswers('The watch as it is now.', watch, example, errors),
  };
}

function answer(asked: Result<Watch>): object {
  if (!asked.ok) throw new ApiError(asked.failure);
  return watchAnswer(asked.value);
}

function watchAnswer(one: Watch): object {
  return { ...one, ...moment('startedAt', one.startedAtMs) };
}
