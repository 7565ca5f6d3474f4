import type { Choice, FlowValues } from '../../model/event.ts';
import type { ContactId, MessageId } from '../../model/ids.ts';
import { jsonObject } from '../../model/json-object.ts';
import { plainText } from '../../model/plain-text.ts';
import { LINE_CHARACTERS_MAX } from '../../model/transcript.ts';
import type { ContactStatus } from '../channel.ts';
import type { ChatErrorCode } from './errors.ts';
import { GIVEN_CHARACTERS_MAX, GIVEN_MAX, NAME_CHARACTERS_MAX } from './limits.ts';

/** What a customer's program may send; docs/chat.md describes it. */
export type ClientFrame =
  | { type: 'hello'; to: string; name: string; language?: string; given?: FlowValues }
  /** Goes on with a chat: the lines after `after` are wanted. */
  | { type: 'resume'; token: string; after: number }
  | { type: 'message'; id: MessageId; text: string }
  /** `seq`: the line that showed the choice. */
  | { type: 'choose'; id: MessageId; key: string; seq?: number }
  | { type: 'typing' }
  | { type: 'ack'; seq: number }
  | { type: 'bye' };

export type ServerFrame =
  | { type: 'welcome'; contactId: ContactId; token: string; seq: number }
  | {
      type: 'message';
      seq: number;
      id: MessageId;
      from: 'site' | 'agent' | 'customer';
      name?: string;
      text: string;
      choices?: readonly Choice[];
      sensitive?: true;
      /** ISO 8601, UTC. */
      at: string;
    }
  | ({ type: 'status' } & ContactStatus)
  | { type: 'typing' }
  | { type: 'received'; id: MessageId }
  | { type: 'error'; code: ChatErrorCode; message: string; id?: MessageId };

/** The address that is asked for when the customer's program names none; a number of the site like any other. */
export const DEFAULT_TO = 'chat';

const ID = /^[A-Za-z0-9._-]{1,64}$/;
const TO = /^[+#*]?[0-9A-Za-z*#]{1,64}$/;
const LANGUAGE = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/;
const KEY = /^[0-9*#]$/;
const GIVEN_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;
const TOKEN_CHARACTERS_MAX = 200;

/** Reads one message; a text says what is wrong with it. Keys that the protocol does not know are passed over. */
export function readFrame(data: string): ClientFrame | string {
  const fields = jsonObject(data);
  if (!fields) return 'it is no JSON object';
  switch (fields['type']) {
    case 'hello':
      return hello(fields);
    case 'resume':
      return resume(fields);
    case 'message':
      return message(fields);
    case 'choose':
      return choose(fields);
    case 'typing':
    case 'bye':
      return { type: fields['type'] };
    case 'ack':
      return place(fields['seq']) ? { type: 'ack', seq: fields['seq'] } : 'seq is no whole number';
    default:
      return 'type is unknown';
  }
}

type Fields = Readonly<Record<string, unknown>>;

function hello({ to = DEFAULT_TO, name = '', language, given }: Fields): ClientFrame | string {
  if (typeof to !== 'string' || !TO.test(to)) return 'to is no address';
  if (typeof name !== 'string' || name.length > NAME_CHARACTERS_MAX)
    return `name has more than ${NAME_CHARACTERS_MAX} characters`;
  if (language !== undefined && (typeof language !== 'string' || !LANGUAGE.test(language))) return 'language is no tag';
  const values = given === undefined ? undefined : readGiven(given);
  if (typeof values === 'string') return values;
  return {
    type: 'hello',
    to,
    name: plainText(name).replace(/\s+/g, ' ').trim(),
    ...(language === undefined ? {} : { language }),
    ...(values === undefined ? {} : { given: values }),
  };
}

function readGiven(given: unknown): FlowValues | string {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return 'given is no map';
  const entries = Object.entries(given);
  if (entries.length > GIVEN_MAX) return `given has more than ${GIVEN_MAX} fields`;
  const values: [string, string | number | boolean][] = [];
  for (const [name, value] of entries) {
    if (!GIVEN_NAME.test(name)) return 'a name in given has other characters than letters, digits and _';
    if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) values.push([name, value]);
    else if (typeof value === 'string' && value.length <= GIVEN_CHARACTERS_MAX) values.push([name, plainText(value)]);
    else return `a value in given is no text of at most ${GIVEN_CHARACTERS_MAX} characters, number or yes and no`;
  }
  return Object.fromEntries(values);
}

function resume({ token, after }: Fields): ClientFrame | string {
  if (typeof token !== 'string' || token.length > TOKEN_CHARACTERS_MAX) return 'token is no token';
  return place(after) ? { type: 'resume', token, after } : 'after is no whole number';
}

function message({ id, text }: Fields): ClientFrame | string {
  if (typeof id !== 'string' || !ID.test(id)) return 'id is no id';
  if (typeof text !== 'string') return 'text is no text';
  const cleaned = plainText(text).trim();
  if (cleaned === '') return 'text is empty';
  if (cleaned.length > LINE_CHARACTERS_MAX) return `text has more than ${LINE_CHARACTERS_MAX} characters`;
  return { type: 'message', id, text: cleaned };
}

function choose({ id, key, seq }: Fields): ClientFrame | string {
  if (typeof id !== 'string' || !ID.test(id)) return 'id is no id';
  if (typeof key !== 'string' || !KEY.test(key)) return 'key is no key';
  if (seq === undefined) return { type: 'choose', id, key };
  return place(seq) ? { type: 'choose', id, key, seq } : 'seq is no whole number';
}

function place(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
