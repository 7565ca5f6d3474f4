import type { FastifyInstance } from 'fastify';
import type { AgentView, AgentWish } from '../../controller/desk.ts';
import type { ApiContext } from '../context.ts';
import { ApiError, type ApiErrorCode, apiError, BODY_ERRORS } from '../errors.ts';
import { moment } from '../moments.ts';
import { idOf, keyedAnswers, listOf, type Schema, shape } from '../schemas.ts';

const agents = shape({ agents: listOf({ $ref: 'Agent#' }) });
const pauseBody = shape({ reason: { type: 'string', minLength: 1, maxLength: 100, description: 'One of the site.' } });

const example = {
  id: 'anna',
  name: 'Anna',
  extension: '201',
  queues: ['sales'],
  skills: ['english'],
  skillLevels: { english: 8 },
  state: 'paused',
  ...moment('stateSince', 1_795_165_200_000),
  pauseReason: 'lunch',
  ...moment('pauseUntil', 1_795_167_000_000),
  pauseOverran: false,
  phone: 'idle',
  work: [],
  loadPercent: 0,
};

export function agentRoutes(app: FastifyInstance, { desk }: ApiContext): void {
  app.get(
    '/v1/agents',
    {
      schema: {
        summary: 'All agents, live',
        description: 'Every agent of the site, with state and phone at this moment.',
        tags: ['agents'],
        operationId: 'listAgents',
        ...keyedAnswers('The agents.', agents, { agents: [example] }, []),
      },
    },
    async () => ({ agents: desk.agents().map(agentAnswer) }),
  );
  app.get<{ Params: { id: string } }>(
    '/v1/agents/:id',
    { schema: agentSchema('One agent, live', 'Like the list of agents, for one agent.', 'getAgent', []) },
    async ({ params }) => {
      const agent = desk.agents().find(({ id }) => id === params.id);
      if (!agent) throw apiError('agent.unknown');
      return agentAnswer(agent);
    },
  );
  wishRoutes(app, (agentId, wish) => {
    const asked = desk.askAgent(agentId, wish, 'api');
    if (!asked.ok) throw new ApiError(asked.failure);
    return agentAnswer(asked.value);
  });
}

/** The four things that an agent may be asked to do. A wish that is already fulfilled succeeds and changes nothing. */
function wishRoutes(app: FastifyInstance, ask: (agentId: string, wish: AgentWish) => object): void {
  app.post<{ Params: { id: string } }>(
    '/v1/agents/:id/login',
    { schema: agentSchema('Log an agent in', 'Harmless when repeated. Takes no body.', 'logAgentIn', BODY_ERRORS) },
    async ({ params }) => ask(params.id, { wish: 'log_in' }),
  );
  app.post<{ Params: { id: string } }>(
    '/v1/agents/:id/logout',
    {
      schema: agentSchema(
        'Log an agent out',
        'A talk goes on. Harmless when repeated. Takes no body.',
        'logAgentOut',
        BODY_ERRORS,
      ),
    },
    async ({ params }) => ask(params.id, { wish: 'log_out' }),
  );
  app.post<{ Params: { id: string }; Body: { reason: string } }>(
    '/v1/agents/:id/pause',
    {
      schema: {
        ...agentSchema(
          'Pause an agent',
          'No new contacts until ready. The reason is one of the pause reasons of the site. Harmless when repeated.',
          'pauseAgent',
          ['agent.logged_out', 'agent.reason_unknown', ...BODY_ERRORS],
        ),
        body: pauseBody,
      },
    },
    async ({ params, body }) => ask(params.id, { wish: 'pause', reason: body.reason }),
  );
  app.post<{ Params: { id: string } }>(
    '/v1/agents/:id/ready',
    {
      schema: agentSchema(
        'Make an agent ready',
        'Ends a pause and all wrap-ups. Harmless when repeated. Takes no body.',
        'readyAgent',
        ['agent.logged_out', 'agent.result_required', ...BODY_ERRORS],
      ),
    },
    async ({ params }) => ask(params.id, { wish: 'ready' }),
  );
}

/** The schema of a route that answers with one agent. */
export function agentSchema(
  summary: string,
  description: string,
  operationId: string,
  codes: readonly ApiErrorCode[],
): Schema {
  return {
    summary,
    description,
    tags: ['agents'],
    operationId,
    params: idOf('agent'),
    ...keyedAnswers('The agent as it is now.', { $ref: 'Agent#' }, example, [
      'request.invalid',
      'agent.unknown',
      ...codes,
    ]),
  };
}

export function agentAnswer(agent: AgentView): object {
  return {
    ...agent,
    ...moment('stateSince', agent.stateSinceMs),
    ...(agent.pauseUntilMs !== undefined && moment('pauseUntil', agent.pauseUntilMs)),
    work: agent.work.map((work) => ({
      ...work,
      ...moment('since', work.sinceMs),
      ...(work.untilMs !== undefined && moment('until', work.untilMs)),
    })),
  };
}
