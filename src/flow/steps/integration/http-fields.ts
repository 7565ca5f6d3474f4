import type { Value, Values } from '../../../model/value.ts';
import type { RetryOn, WebRequest } from '../../../model/web.ts';
import { RETRY_ON } from '../../../model/web.ts';
import type { Prompt } from '../../prompt.ts';
import { listOrOne } from '../../shape/list.ts';
import { type KeyRule, mapOf } from '../../shape/map-of.ts';
import { defaulted, type ObjectOf, object, optional, required } from '../../shape/object.ts';
import { PROMPT } from '../../shape/prompt.ts';
import { choice, duration, text, wholeNumber } from '../../shape/scalars.ts';
import { mapped, type Shape } from '../../shape/shape.ts';
import { template } from '../../shape/template.ts';
import { writtenValue } from '../../shape/written-value.ts';
import { URL_TEMPLATE } from './url-template.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const TIMEOUT = { minMs: 500, maxMs: 60_000 };
const CONNECT_TIMEOUT = { minMs: 100, maxMs: 30_000 };
const BACKOFF = { minMs: 100, maxMs: 30_000 };
const FILLER_AFTER = { minMs: 0, maxMs: 60_000 };
const FIELDS_MAX = 100;
const HEADERS_MAX = 50;
const EXPECTED_MAX = 50;

/** Letters that a header's name may have: RFC 9110, 5.6.2 (token). */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
const HEADERS: KeyRule = {
  pattern: TOKEN,
  asked: 'the name of a header has letters, digits and -, and no blanks',
  entry: (key) => `The header ${key}`,
  max: HEADERS_MAX,
};
const NAMES = (entry: string): KeyRule => ({
  pattern: /^[\s\S]{1,200}$/,
  asked: 'a name has 1 to 200 characters',
  entry: (key) => `${entry} ${key}`,
  max: FIELDS_MAX,
});
/** Names by which secrets are kept outside the flows (docs/configuration.md). */
const SECRET = text({ pattern: /^[A-Za-z0-9_]{1,64}$/, asked: 'a secret is named by letters, digits and _' });
const USER = text({ pattern: /^[^:\s]{1,200}$/, asked: 'a user has no colon and no blanks' });

/** What the answer's status must be: codes such as 200, or classes such as 2xx. */
const EXPECTED = text({
  pattern: /^[2-5](?:xx|[0-9]{2})$/,
  asked: 'a status is a code such as 204, or a class such as 2xx',
});

export type Auth = WebRequest['secretHeaders'];
const AUTHORIZATION = 'Authorization';

const AUTH: Shape<Auth> = {
  ...mapped(authObject(), secretHeadersOf),
  read: (source, node, what) => {
    const written = authObject().read(source, node, what);
    if (!written) return undefined;
    const ways = [written.bearer, written.basic, written.header].filter((way) => way !== undefined);
    if (ways.length === 1) return secretHeadersOf(written);
    source.problem('value.type', node, `${what} needs exactly one of bearer, basic and header.`);
    return undefined;
  },
};

function authObject() {
  return object({
    bearer: optional(SECRET, 'Name of the secret that is sent as a bearer token (RFC 6750).'),
    basic: optional(
      object({
        user: required(USER, 'The user.', ''),
        password: required(SECRET, 'Name of the secret that is the password.', ''),
      }),
      'User and password (RFC 7617).',
    ),
    header: optional(
      object({
        name: required(text({ pattern: TOKEN, asked: HEADERS.asked }), 'Name of the header.', ''),
        secret: required(SECRET, 'Name of the secret that is its value.', ''),
      }),
      'A secret as a header of its own, such as an API key.',
    ),
  });
}

type WrittenAuth = NonNullable<ReturnType<ReturnType<typeof authObject>['read']>>;

function secretHeadersOf({ bearer, basic, header }: WrittenAuth): Auth {
  if (bearer !== undefined) return { [AUTHORIZATION]: { secret: bearer, prefix: 'Bearer ' } };
  if (basic) return { [AUTHORIZATION]: { secret: basic.password, prefix: 'Basic ', user: basic.user } };
  return header ? { [header.name]: { secret: header.secret, prefix: '' } } : {};
}

const RETRY = object({
  attempts: defaulted(wholeNumber({ min: 1, max: 5 }), 3, 'Attempts, the first one included.'),
  backoff: defaulted(duration(BACKOFF), 500, 'Before the second attempt; twice as long before each further one.'),
  on: defaulted(listOrOne(choice(RETRY_ON)), ['network', 'timeout', '5xx'], 'What is tried again.', [
    'network',
    'timeout',
    '5xx',
  ]),
});
const NO_RETRY = { attempts: 1, backoff: 500, on: [] as readonly RetryOn[] };

const FILLER = object({
  prompt: required(PROMPT, 'What is played.', []),
  after: defaulted(duration(FILLER_AFTER), 2_000, 'After how much waiting.'),
  again: optional(duration(FILLER_AFTER), 'How long after its end it is played again; once only when left out.'),
});

export const HTTP_FIELDS = {
  method: optional(choice(METHODS), 'GET when left out; POST with `json` or `form`.'),
  url: required(
    URL_TEMPLATE,
    'The address. Path and query may hold expressions; the host may not, or is a constant of the flow.',
    'https://invalid.invalid/',
  ),
  query: defaulted(mapOf(NAMES('The query field'), writtenValue('kept')), {}, 'Fields that are added to the query.'),
  headers: defaulted(mapOf(HEADERS, template('sent')), {}, 'Headers and their values.'),
  json: optional(writtenValue('sent'), 'The body, sent as JSON: any map or list, with expressions in its texts.'),
  form: optional(mapOf(NAMES('The form field'), writtenValue('sent')), 'The body, sent as fields of a form.'),
  auth: optional(AUTH, 'A secret that is kept outside the flows, by its name.'),
  timeout: defaulted(duration(TIMEOUT), 10_000, 'For one attempt, to the last byte of the answer.'),
  connect_timeout: defaulted(duration(CONNECT_TIMEOUT), 3_000, 'For the connection alone.'),
  retry: optional(RETRY, 'Tries again after a failure. Once only when left out.'),
  redirects: defaulted(wholeNumber({ min: 0, max: 5 }), 0, 'Redirects that are followed.'),
  expect: defaulted(
    listOrOne(EXPECTED, EXPECTED_MAX),
    ['2xx'],
    'Statuses with which the outcome is `ok`: codes such as 204, or classes such as 2xx.',
  ),
  filler: optional(FILLER, 'What the customer hears while the answer is awaited.'),
};

/** An http step as it is gone through. */
export type HttpGiven = Omit<WebRequest, 'url' | 'query' | 'headers' | 'secretHeaders' | 'body' | 'idempotencyKey'> & {
  /** With expressions, as the next four. */
  readonly url: string;
  readonly query: Values;
  readonly headers: Readonly<Record<string, string>>;
  readonly json: Value | undefined;
  readonly form: Values | undefined;
  readonly auth: Auth;
  readonly expect: readonly string[];
  readonly filler:
    | { readonly prompt: Prompt; readonly afterMs: number; readonly againMs: number | undefined }
    | undefined;
};

export function httpGivenOf(written: ObjectOf<typeof HTTP_FIELDS>): HttpGiven {
  const { json, form, retry = NO_RETRY, filler } = written;
  const bodyless = json === undefined && form === undefined;
  return {
    method: written.method ?? (bodyless ? 'GET' : 'POST'),
    url: written.url,
    query: written.query,
    headers: written.headers,
    json,
    form,
    auth: written.auth ?? {},
    timeoutMs: written.timeout,
    connectTimeoutMs: written.connect_timeout,
    retry: { attempts: retry.attempts, backoffMs: retry.backoff, on: retry.on },
    redirects: written.redirects,
    expect: written.expect,
    filler: filler && { prompt: filler.prompt, afterMs: filler.after, againMs: filler.again },
  };
}
