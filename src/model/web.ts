import type { Value } from './value.ts';

/** What a flow asks of another system over HTTP; all texts are filled already. */
export type WebRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Headers whose value is a secret of the site, by the secret's name; `prefix` stands before it, such as `Bearer `. With
   * `user` the value is both, put together as RFC 7617 (Basic) asks.
   */
  readonly secretHeaders: Readonly<
    Record<string, { readonly secret: string; readonly prefix: string; readonly user?: string }>
  >;
  readonly body: { readonly json: unknown } | { readonly form: Readonly<Record<string, string>> } | null;
  /** For one attempt: from waiting for its turn and the look-up of the name to the last byte of the answer. */
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  /** `attempts` counts the first one, too. */
  readonly retry: { readonly attempts: number; readonly backoffMs: number; readonly on: readonly RetryOn[] };
  /** Redirects that are followed; 0: a redirect is an answer like any other. */
  readonly redirects: number;
  /** Sent as Idempotency-Key with every method but GET; the same for all attempts. */
  readonly idempotencyKey: string;
};

export const RETRY_ON = ['network', 'timeout', '5xx', '429'] as const;
export type RetryOn = (typeof RETRY_ON)[number];

export type WebAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed where the other system says that it is JSON; the text otherwise. */
  readonly body: Value;
  readonly tookMs: number;
  readonly attempts: number;
};

/** Why a request came to nothing; docs/errors.md has a row for each. */
export const WEB_FAILURES = {
  'web.timeout': 'the other system did not answer in time',
  'web.network': 'the other system could not be reached',
  'web.forbidden': 'the address may not be reached from flows',
  'web.too_large': 'the answer is larger than is read',
  'web.invalid': 'the request or the answer cannot be read',
  'web.secret_missing': 'a secret that the step names is not there',
  'web.busy': 'too many requests are under way',
  'web.cancelled': 'the request was called off, or the controller is stopping',
} as const;
export type WebFailureCode = keyof typeof WEB_FAILURES;

/** How a request ended, as the journal keeps it. */
export type WebOutcome =
  | { readonly status: number; readonly attempts: number }
  | { readonly failed: WebFailureCode; readonly message: string };
