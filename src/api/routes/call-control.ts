import type { FastifyInstance } from 'fastify';
import type { ControlWish } from '../../controller/call-control/call-control.ts';
import type { ContactView, Desk } from '../../controller/desk.ts';
import type { Result } from '../../model/failure.ts';
import type { ApiContext } from '../context.ts';
import { contactExample, contactOrNull } from '../conversation-schema.ts';
import { ApiError, type ApiErrorCode, BODY_ERRORS } from '../errors.ts';
import { ID_CHARACTERS_MAX, NUMBER_CHARACTERS_MAX } from '../limits.ts';
import { moment } from '../moments.ts';
import { idOf, keyedAnswers, type Schema, shape } from '../schemas.ts';

const id: Schema = { type: 'string', minLength: 1, maxLength: ID_CHARACTERS_MAX };
const agentId: Schema = { ...id, description: 'The agent who does it; whoever talks to the contact if left out.' };
const byAgent: Schema = { ...shape({ agentId }, ['agentId']), type: ['object', 'null'] };
const legId: Schema = {
  ...id,
  description: "Whose microphone: the contact's id is the customer's leg. The agent's own if left out.",
};
const muteBody: Schema = { ...shape({ legId, agentId }, ['legId', 'agentId']), type: ['object', 'null'] };
const consultBody: Schema = {
  ...shape(
    {
      queue: { ...id, description: 'Whoever serves this queue.' },
      agent: { ...id, description: 'This agent.' },
      number: {
        type: 'string',
        minLength: 1,
        maxLength: NUMBER_CHARACTERS_MAX,
        description: 'A number outside, or an extension of the site.',
      },
      agentId,
    },
    ['queue', 'agent', 'number', 'agentId'],
  ),
  oneOf: [{ required: ['queue'] }, { required: ['agent'] }, { required: ['number'] }],
};
const dtmfBody: Schema = shape(
  {
    digits: {
      type: 'string',
      pattern: '^[0-9A-D*#w]{1,64}$',
      description: 'Keys that the customer hears; w is half a second of silence.',
    },
    toneMs: { type: 'integer', minimum: 50, maximum: 1000, default: 100 },
    agentId,
  },
  ['toneMs', 'agentId'],
);

const COMMON: readonly ApiErrorCode[] = [
  'request.invalid',
  'contact.unknown',
  'contact.no_call',
  'contact.not_talking',
  'call.customer_away',
];
const REFUSALS: readonly ApiErrorCode[] = [
  'outgoing.number_invalid',
  'outgoing.not_allowed',
  'outgoing.caller_id_not_allowed',
  'outgoing.calls_max',
  'outgoing.cost_max',
  'outgoing.trunks_busy',
];

type By = { readonly agentId?: string } | null;
type Ask = (contactId: string, wish: ControlWish, body: By) => object;

/** What agents do within their calls. */
export function callControlRoutes(app: FastifyInstance, { desk }: ApiContext): void {
  const ask: Ask = (contactId, wish, body) => answer(desk.callControl.ask(contactId, wish, 'api', body?.agentId));
  holdRoutes(app, ask);
  muteRoutes(app, ask);
  consultRoutes(app, ask);
  partyRoutes(app, desk);
}

type Simple = Extract<ControlWish, { wish: 'hold' | 'retrieve' | 'back' | 'join' | 'complete' }>['wish'];

/** A route that needs nothing but the call and perhaps the agent. */
function simple(
  app: FastifyInstance,
  ask: Ask,
  [path, wish]: readonly [string, Simple],
  about: Pick<Schema, 'summary' | 'description' | 'operationId'>,
  codes: readonly ApiErrorCode[],
): void {
  app.post<{ Params: { id: string }; Body: By }>(
    `/v1/contacts/:id/${path}`,
    { schema: { ...asked(about, codes), body: byAgent } },
    async ({ params, body }) => ask(params.id, { wish }, body),
  );
}

function holdRoutes(app: FastifyInstance, ask: Ask): void {
  const hold = { summary: 'Put a customer on hold', operationId: 'holdContact' };
  const description = 'The customer hears the music of the queue. Harmless when repeated.';
  simple(app, ask, ['hold', 'hold'], { ...hold, description }, ['call.consulting']);
  const retrieve = { summary: 'Take a customer back from hold', operationId: 'retrieveContact' };
  simple(app, ask, ['retrieve', 'retrieve'], { ...retrieve, description: 'Harmless when repeated.' }, [
    'call.consulting',
  ]);
}

function muteRoutes(app: FastifyInstance, ask: Ask): void {
  for (const wish of ['mute', 'unmute'] as const) {
    const summary = wish === 'mute' ? 'Turn a microphone off' : 'Turn a microphone on';
    const about = { summary, description: 'Harmless when repeated.', operationId: `${wish}Party` };
    app.post<{ Params: { id: string }; Body: ({ legId?: string } & NonNullable<By>) | null }>(
      `/v1/contacts/:id/${wish}`,
      { schema: { ...asked(about, ['leg.unknown']), body: muteBody } },
      async ({ params, body }) =>
        ask(params.id, { wish, ...(body?.legId === undefined ? {} : { legId: body.legId }) }, body),
    );
  }
}

function consultRoutes(app: FastifyInstance, ask: Ask): void {
  type Consult = { queue?: string; agent?: string; number?: string; agentId?: string };
  const about = {
    summary: 'Ask somebody while the customer waits',
    description:
      'A queue, an agent or a number. The customer hears music until the agent goes back, joins all or hands over.',
    operationId: 'consult',
  };
  const codes: readonly ApiErrorCode[] = [
    'call.consulting',
    'queue.unknown',
    'agent.unknown',
    'agent.logged_out',
    ...REFUSALS,
  ];
  app.post<{ Params: { id: string }; Body: Consult }>(
    '/v1/contacts/:id/consult',
    { schema: { ...asked(about, codes), body: consultBody } },
    async ({ params, body }) => ask(params.id, { wish: 'consult', to: toOf(body) }, body),
  );
  const back = { summary: 'Go back to the customer', operationId: 'consultBack' };
  const join = { summary: 'Let all three talk', operationId: 'consultJoin' };
  const complete = { summary: 'Hand the customer to whom was asked', operationId: 'consultComplete' };
  simple(app, ask, ['consult/back', 'back'], { ...back, description: 'Whoever was asked is let go.' }, [
    'call.no_consult',
  ]);
  simple(app, ask, ['consult/join', 'join'], { ...join, description: 'Harmless when repeated.' }, [
    'call.no_consult',
    'call.not_answered',
  ]);
  const description = 'The agent is out of the call and wraps up; the item, its recording and its report go on.';
  simple(app, ask, ['consult/complete', 'complete'], { ...complete, description }, [
    'call.no_consult',
    'call.not_answered',
  ]);
}

function toOf({ queue, agent, number = '' }: { queue?: string; agent?: string; number?: string }) {
  if (queue !== undefined) return { queueId: queue };
  return agent === undefined ? { number } : { agentId: agent };
}

function partyRoutes(app: FastifyInstance, { callControl }: Desk): void {
  const drop = { summary: 'Send somebody away', operationId: 'dropParty' };
  const description = 'Whom the agent brought into the call. The customer is let go by closing the contact.';
  app.delete<{ Params: { id: string; legId: string } }>(
    '/v1/contacts/:id/parties/:legId',
    {
      schema: {
        ...asked({ ...drop, description }, ['leg.unknown']),
        params: shape({ id, legId: { ...id, description: 'As the view of the call names it.' } }),
      },
    },
    async ({ params }) => answer(callControl.ask(params.id, { wish: 'drop', legId: params.legId }, 'api')),
  );
  const dtmf = { summary: 'Send keys to the customer', operationId: 'sendDtmf' };
  app.post<{ Params: { id: string }; Body: { digits: string; toneMs: number; agentId?: string } }>(
    '/v1/contacts/:id/dtmf',
    {
      schema: { ...asked({ ...dtmf, description: 'Such as those of a menu at the other side.' }, []), body: dtmfBody },
    },
    async ({ params, body: { digits, toneMs, agentId: by } }) =>
      answer(callControl.ask(params.id, { wish: 'dtmf', digits, toneMs }, 'api', by)),
  );
}

/** The schema of a route that answers with the contact. */
function asked(about: Pick<Schema, 'summary' | 'description' | 'operationId'>, codes: readonly ApiErrorCode[]): Schema {
  return {
    ...about,
    tags: ['calls'],
    params: idOf('contact'),
    ...keyedAnswers('The contact as it is now.', contactOrNull, contactExample, [...COMMON, ...codes, ...BODY_ERRORS]),
  };
}

function answer(result: Result<ContactView | undefined>): object {
  if (!result.ok) throw new ApiError(result.failure);
  const contact = result.value;
  return { contact: contact ? { ...contact, ...moment('arrivedAt', contact.arrivedAtMs) } : null };
}
