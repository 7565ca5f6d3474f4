import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifySchema } from 'fastify';
import { type Answers, answers } from './schemas.ts';

/** Serves the OpenAPI 3.1 document, made from the routes' own schemas. Must be registered before them. */
export async function serveOpenApi(app: FastifyInstance, release: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Strowger',
        description: 'The contact centre: what is going on, what happened, and what agents do. Times are UTC.',
        version: release,
      },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer' },
          apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
        },
      },
      security: [{ bearer: [] }, { apiKey: [] }],
      tags: [
        'health',
        'site',
        'calendars',
        'contacts',
        'calls',
        'queues',
        'agents',
        'reports',
        'recordings',
        'trunks',
        'supervision',
        'emergency',
        'audit',
      ].map((name) => ({ name })),
    },
    transform: ({ schema, url }) => {
      const { errors, response, ...rest } = schema as FastifySchema & Partial<Answers>;
      return { url, schema: { ...rest, response: { ...errors, ...(response as object) } } };
    },
    refResolver: { buildLocalReference: (json) => String(json['$id']) },
  });
  const schema = {
    summary: 'This document',
    description: 'The OpenAPI document of this API. It holds no data and needs no key.',
    tags: ['health'],
    operationId: 'getOpenApi',
    security: [],
    ...answers('The OpenAPI document.', { type: 'object', additionalProperties: true }, { openapi: '3.1.0' }, []),
  };
  let document: object | undefined;
  void app.after(() => {
    app.get(
      '/openapi.json',
      { schema, config: { open: true } },
      async () => (document ??= withOptionalBodies(app.swagger() as Document)),
    );
  });
}

type Document = {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, { requestBody?: RequestBody }>>>>;
};
type RequestBody = {
  required?: boolean;
  readonly content: Readonly<Record<string, { readonly schema?: { readonly type?: unknown } }>>;
};

/** The plugin calls every body required; one that may be null may be left out. */
function withOptionalBodies(document: Document): object {
  for (const operation of Object.values(document.paths ?? {}).flatMap((methods) => Object.values(methods))) {
    const type = operation.requestBody?.content['application/json']?.schema?.type;
    if (operation.requestBody && Array.isArray(type) && type.includes('null')) operation.requestBody.required = false;
  }
  return document;
}
