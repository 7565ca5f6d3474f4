import type { FastifyInstance } from 'fastify';

/** A file that is served as it is, without a key: it holds no data. */
export type Page = {
  readonly path: string;
  readonly type: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
};

export function servePages(app: FastifyInstance, pages: readonly Page[]): void {
  for (const { path, type, body, headers } of pages) {
    app.get(path, { schema: { hide: true }, config: { open: true } }, async (_request, reply) =>
      reply.headers(headers).type(type).send(body),
    );
  }
}
