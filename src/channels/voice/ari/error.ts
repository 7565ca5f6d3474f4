/** Every code that an ARI request or connection can fail with, and what it means. */
export const ariErrorCodes = {
  'ari.not_found': 'Asterisk answered 404: the channel, bridge or other thing is not there (any more).',
  'ari.conflict':
    'Asterisk answered 409: the id is taken, or the channel is not in Stasis or in a state that forbids this.',
  'ari.precondition': 'Asterisk answered 412: the channel is in a state that forbids this, for instance not answered.',
  'ari.unprocessable': 'Asterisk answered 422: the channel is not (yet) in Stasis, or a value is out of its range.',
  'ari.unauthorized': 'Asterisk answered 401 or 403: wrong user or password, or a user who may only read.',
  'ari.refused': 'Asterisk answered with another status from 400 to 499.',
  'ari.failed':
    'Asterisk answered with a status from 500 on; for originate this mostly means that the endpoint is unknown or not registered.',
  'ari.timeout': 'No answer came in time. Asterisk may still do what was asked.',
  'ari.disconnected':
    'The connection to Asterisk is down, or went down before the answer came. Asterisk may have done what was asked.',
  'ari.replaced': 'Another program took the same application name; this client has stopped.',
  'ari.closed': 'This client was closed.',
  'ari.busy': 'Too many requests are in flight.',
  'ari.too_large':
    'The request is larger than Asterisk reads from a socket, or the answer is larger than this client reads.',
  'ari.unreadable': 'The answer was not the JSON that it said it was.',
} as const;

export type AriErrorCode = keyof typeof ariErrorCodes;

/**
 * A failed ARI request. The message holds no value of the request and no text of Asterisk's,
 * because both may hold a caller's number: it is safe to log. `body` is Asterisk's own text and is not.
 */
export class AriError extends Error {
  readonly code: AriErrorCode;
  readonly operation: string;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly body: string | undefined;

  constructor(code: AriErrorCode, operation: string, status = 0, body?: string) {
    super(`${operation}: ${status === 0 ? '' : `status ${status}. `}${ariErrorCodes[code]}`);
    this.name = 'AriError';
    this.code = code;
    this.operation = operation;
    this.status = status;
    this.body = body;
  }
}

/** The error for an HTTP status that is not 2xx. */
export function ariErrorOfStatus(operation: string, status: number, body: string | undefined): AriError {
  return new AriError(codeOfStatus(status), operation, status, body);
}

function codeOfStatus(status: number): AriErrorCode {
  switch (status) {
    case 401:
    case 403:
      return 'ari.unauthorized';
    case 404:
      return 'ari.not_found';
    case 409:
      return 'ari.conflict';
    case 412:
      return 'ari.precondition';
    case 422:
      return 'ari.unprocessable';
    default:
      return status >= 500 ? 'ari.failed' : 'ari.refused';
  }
}
