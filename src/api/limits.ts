/** The bounds of the HTTP server. */
export type ApiLimits = {
  /** A request must have arrived whole within this time, else 408. */
  readonly requestMs: number;
  /** An answer must begin within this time, else 503. */
  readonly answerMs: number;
  /** A connection on which nothing is asked is closed after this time. */
  readonly keepAliveMs: number;
  /** Connections over this number are closed at once. */
  readonly connections: number;
  /** `close` waits this long for answers under way, then cuts them. */
  readonly closeMs: number;
};

export const API_LIMITS: ApiLimits = {
  requestMs: 10_000,
  answerMs: 60_000,
  keepAliveMs: 5_000,
  connections: 256,
  closeMs: 5_000,
};

export const BODY_BYTES_MAX = 65_536;
/** Longest id in an address. */
export const ID_CHARACTERS_MAX = 100;
/** Longest telephone number as people write it. */
export const NUMBER_CHARACTERS_MAX = 40;
