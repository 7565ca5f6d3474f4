import type { FastifyInstance } from 'fastify';
import type { ApiContext } from '../context.ts';
import { ApiError } from '../errors.ts';
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

export function trunkRoutes(app: FastifyInstance, { desk }: ApiContext): void {
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
}
