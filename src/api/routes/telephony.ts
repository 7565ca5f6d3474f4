import type { FastifyInstance } from 'fastify';
import { PHONE_TEXT_CHARACTERS_MAX } from '../../model/call/phone-text.ts';
import type { ApiContext } from '../context.ts';
import { ApiError, BODY_ERRORS } from '../errors.ts';
import { ID_CHARACTERS_MAX } from '../limits.ts';
import { keyedAnswers, listOf, shape, text, textOrNull } from '../schemas.ts';

const trunk = shape({
  id: text,
  host: text,
  transport: { ...text, description: 'udp, tcp or tls.' },
  register: { type: 'boolean', description: 'Whether we register there.' },
  state: {
    type: 'string',
    enum: ['up', 'waiting', 'unreachable', 'rejected', 'unusable'],
    description:
      '`waiting`: no answer yet; `unreachable`: it does not answer; `rejected`: it refuses our registration; `unusable`: see `reason`.',
  },
  reason: { ...textOrNull, description: 'password_missing, tls_off or refused; null but for `unusable`.' },
});
const example = {
  id: 'carrier',
  host: 'sip.example.net',
  transport: 'udp',
  register: true,
  state: 'up',
  reason: null,
};

const textBody = shape({
  agent: { type: 'string', minLength: 1, maxLength: ID_CHARACTERS_MAX, description: 'Whose phone shows it.' },
  text: { type: 'string', minLength: 1, maxLength: PHONE_TEXT_CHARACTERS_MAX },
});
const textExample = { agent: 'anna', text: 'The meeting begins.' };

/** Trunks, and short texts to phones. */
export function telephonyRoutes(app: FastifyInstance, { desk }: ApiContext): void {
  app.get(
    '/v1/trunks',
    {
      schema: {
        summary: 'All trunks, live',
        description: 'The trunks of the site, and how each is at this moment.',
        tags: ['trunks'],
        operationId: 'listTrunks',
        ...keyedAnswers('The trunks.', shape({ trunks: listOf(trunk) }), { trunks: [example] }, [
          'asterisk.unavailable',
        ]),
      },
    },
    async () => {
      const found = await desk.telephony.trunks();
      if (!found.ok) throw new ApiError(found.failure);
      return { trunks: found.value };
    },
  );
  app.post<{ Body: { agent: string; text: string } }>(
    '/v1/sip-messages',
    {
      schema: {
        summary: 'Send a short text to a phone',
        description: "A SIP MESSAGE to the agent's phone. That Asterisk took it does not mean that the phone shows it.",
        tags: ['trunks'],
        operationId: 'sendSipMessage',
        body: textBody,
        ...keyedAnswers('It is on its way.', textBody, textExample, [
          'agent.unknown',
          'asterisk.unavailable',
          'request.invalid',
          ...BODY_ERRORS,
        ]),
      },
    },
    async ({ body }) => {
      const sent = await desk.telephony.sendText(body.agent, body.text, 'api');
      if (!sent.ok) throw new ApiError(sent.failure);
      return body;
    },
  );
}
