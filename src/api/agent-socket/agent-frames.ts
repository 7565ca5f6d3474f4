import type { TransferWish } from '../../controller/chat/conversations.ts';
import type { AgentWish } from '../../controller/desk.ts';
import type { ContactId, MessageId, OfferId } from '../../model/ids.ts';
import { jsonObject } from '../../model/json-object.ts';
import { LINE_CHARACTERS_MAX } from '../../model/transcript.ts';
import { ID_CHARACTERS_MAX } from '../limits.ts';

/** What an agent's program may send; docs/api.md describes it. `ref` comes back with the answer. */
export type AgentFrame = { readonly ref?: string } & (
  | { readonly type: 'hello'; readonly key?: string; readonly stream?: string; readonly after?: number }
  | { readonly type: 'accept' | 'reject'; readonly offerId: OfferId }
  | { readonly type: 'message'; readonly contactId: ContactId; readonly id: MessageId; readonly text: string }
  | { readonly type: 'typing' | 'close'; readonly contactId: ContactId }
  | { readonly type: 'transfer'; readonly contactId: ContactId; readonly to: TransferWish }
  | { readonly type: 'wish'; readonly wish: AgentWish }
);

const ID = /^[A-Za-z0-9._-]{1,64}$/;
const KEY_CHARACTERS_MAX = 1000;

/** Reads one message. A text says what is wrong with it, `undefined` that it is no JSON object. */
export function readAgentFrame(data: string): AgentFrame | string | undefined {
  const fields = jsonObject(data);
  if (!fields) return undefined;
  const { ref } = fields;
  if (ref !== undefined && !idText(ref)) return 'ref';
  const frame = read(fields);
  return typeof frame === 'string' || ref === undefined ? frame : { ...frame, ref };
}

type Fields = Readonly<Record<string, unknown>>;

function read(fields: Fields): AgentFrame | string {
  const { type, offerId, contactId, reason } = fields;
  switch (type) {
    case 'hello':
      return hello(fields);
    case 'accept':
    case 'reject':
      return idText(offerId) ? { type, offerId } : 'offerId';
    case 'typing':
    case 'close':
      return idText(contactId) ? { type, contactId } : 'contactId';
    case 'message':
      return message(fields);
    case 'transfer':
      return transfer(fields);
    case 'log_in':
    case 'log_out':
    case 'ready':
      return { type: 'wish', wish: { wish: type } };
    case 'pause':
      return idText(reason) ? { type: 'wish', wish: { wish: 'pause', reason } } : 'reason';
    default:
      return 'type';
  }
}

function hello({ key, stream, after }: Fields): AgentFrame | string {
  if (key !== undefined && !text(key, KEY_CHARACTERS_MAX)) return 'key';
  if (stream !== undefined && !idText(stream)) return 'stream';
  if (after !== undefined && !Number.isSafeInteger(after)) return 'after';
  return {
    type: 'hello',
    ...(key === undefined ? {} : { key }),
    ...(stream === undefined ? {} : { stream }),
    ...(after === undefined ? {} : { after: after as number }),
  };
}

function message({ contactId, id, text: written }: Fields): AgentFrame | string {
  if (!idText(contactId)) return 'contactId';
  if (typeof id !== 'string' || !ID.test(id)) return 'id';
  return text(written, LINE_CHARACTERS_MAX) ? { type: 'message', contactId, id, text: written } : 'text';
}

function transfer({ contactId, queue, agent, flow }: Fields): AgentFrame | string {
  if (!idText(contactId)) return 'contactId';
  if ([queue, agent, flow].filter((one) => one !== undefined).length !== 1) return 'queue, agent or flow';
  if (queue !== undefined) return idText(queue) ? { type: 'transfer', contactId, to: { queueId: queue } } : 'queue';
  if (agent !== undefined) return idText(agent) ? { type: 'transfer', contactId, to: { agentId: agent } } : 'agent';
  return idText(flow) ? { type: 'transfer', contactId, to: { flowId: flow } } : 'flow';
}

function idText(value: unknown): value is string {
  return text(value, ID_CHARACTERS_MAX);
}

function text(value: unknown, charactersMax: number): value is string {
  return typeof value === 'string' && value !== '' && value.length <= charactersMax;
}
