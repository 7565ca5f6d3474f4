import type { FastifyInstance } from 'fastify';

/**
 * Bodies are JSON and nothing else. An empty body is no body, because many clients name the type even when they send
 * nothing. `__proto__` and `constructor` are refused.
 */
export function takeJsonOnly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString();
    if (text.trim() === '') return done(null, undefined);
    return parse(request, text, done);
  });
}
