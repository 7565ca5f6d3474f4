import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError, type ApiErrorCode, apiError, errorBody } from './errors.ts';
import { invalid } from './invalid.ts';
import type { ApiLog } from './log.ts';

/** Fastify's own errors, by its codes (fastify docs/Reference/Errors.md). */
const FASTIFY_ERRORS: Readonly<Record<string, ApiErrorCode>> = {
  FST_ERR_BAD_URL: 'request.malformed',
  FST_ERR_ASYNC_CONSTRAINT: 'request.malformed',
  FST_ERR_MAX_PARAM_LENGTH: 'request.invalid',
  FST_ERR_CTP_INVALID_JSON_BODY: 'request.malformed',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request.malformed',
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.unsupported_type',
  FST_ERR_HANDLER_TIMEOUT: 'server.too_slow',
};

/** Node's own errors on a connection, before there is a request (Node.js docs, http `clientError`). */
const CONNECTION_ERRORS: Readonly<Record<string, ApiErrorCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request.timed_out',
  HPE_HEADER_OVERFLOW: 'request.headers_too_large',
};

/** Gives every failure of a request the one shape; what broke inside goes to the log and not to the client. */
export function answerErrors(app: FastifyInstance, log: ApiLog): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => answerError(error, request, reply, log));
  app.setNotFoundHandler(() => {
    throw apiError('route.unknown');
  });
}

export function answerError(error: Error, request: FastifyRequest, reply: FastifyReply, log: ApiLog): void {
  const known = toApiError(error);
  if (known.status === 500) {
    log.error({ err: error, requestId: request.id, route: request.routeOptions.url }, 'a request failed inside');
  }
  if (known.retryAfterS !== undefined) reply.header('retry-after', known.retryAfterS);
  if (known.status === 401) reply.header('www-authenticate', 'Bearer realm="strowger"');
  reply.code(known.status).type('application/json').send(errorBody(known, request.id));
}

/** Answers on a connection whose request could not even be read, then closes it. */
export function answerBrokenConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const known = apiError(CONNECTION_ERRORS[error.code ?? ''] ?? 'request.malformed');
  const body = JSON.stringify(errorBody(known, randomUUID()));
  const head = [
    `HTTP/1.1 ${known.status} ${STATUS_CODES[known.status]}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function toApiError(error: Error & Partial<FastifyError>): ApiError {
  if (error instanceof ApiError) return error;
  if (error.validation) return invalid(error.validation[0], error.validationContext);
  // The JSON parser throws a SyntaxError with status 400 and no code of its own.
  if (error instanceof SyntaxError && error.statusCode === 400) return apiError('request.malformed');
  return apiError(FASTIFY_ERRORS[error.code ?? ''] ?? 'server.failed');
}
