import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { API_ERRORS } from '../../src/api/errors.ts';
import { get, startApi } from './harness.ts';

type Operation = {
  summary: string;
  description: string;
  operationId: string;
  security?: object[];
  parameters?: { name: string; in: string; required?: boolean; schema: object }[];
  requestBody?: { required?: boolean };
  responses: Record<string, { description: string; content: Record<string, { schema: object; example?: unknown }> }>;
};
type Document = { openapi: string; paths: Record<string, Record<string, Operation>>; components: object };

const page = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

const { api } = await startApi();
const document: Document = JSON.parse((await get(api, '/openapi.json', {})).body);

function operations(document: Document): [string, string, Operation][] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, string, Operation] => [method, path, operation]),
  );
}

/** Every value under every key `$ref`, however deep. */
function refsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : refsIn(inner),
  );
}

test('docs/api.md and the OpenAPI document have the same routes', () => {
  const documented = [...page('api.md').matchAll(/^\| (GET|POST|PUT|PATCH|DELETE) \| `([^`]+)` \|/gm)].map(
    ([, method, path]) => `${method} ${path}`,
  );
  const served = operations(document).map(([method, path]) => `${method.toUpperCase()} ${path}`);
  assert.deepEqual(documented.sort(), served.sort());
});

test('docs/errors.md and the table of errors say the same', () => {
  const section = page('errors.md').split('\n## API\n')[1]?.split('\n## ')[0] ?? '';
  const documented = [...section.matchAll(/^\| `([^`]+)` \| (.+) \| (\d+) \|$/gm)].map(([, code, meaning, status]) => [
    code,
    { status: Number(status), meaning },
  ]);
  assert.deepEqual(Object.fromEntries(documented), API_ERRORS);
});

test('docs/api.md names every parameter of the queue report, and no other', () => {
  const parameters = document.paths['/v1/reports/queues']?.['get']?.parameters ?? [];
  const section = page('api.md').split('## Queue reports')[1]?.split('\nA report spans')[0] ?? '';
  const rows = [...section.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, names]) => names?.match(/\w+/g) ?? []);
  assert.deepEqual(rows.sort(), parameters.map(({ name }) => name).sort());
});

test('every reference in the OpenAPI document leads somewhere', () => {
  assert.match(document.openapi, /^3\.1/);
  const refs = refsIn(document);
  assert.ok(refs.length > 20);
  for (const ref of refs) {
    assert.match(ref, /^#\//);
    let at: unknown = document;
    for (const key of ref.slice(2).split('/')) at = (at as Record<string, unknown> | undefined)?.[key];
    assert.ok(at, ref);
  }
});

test('every operation is described whole: words, parameters, answers, errors and an example', () => {
  const ids = new Set<string>();
  for (const [method, path, operation] of operations(document)) {
    const name = `${method} ${path}`;
    assert.ok(operation.summary && operation.description, name);
    ids.add(operation.operationId);
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
    const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
    assert.deepEqual(
      declared.map((parameter) => parameter.name),
      inPath,
      name,
    );
    assert.ok(
      declared.every((parameter) => parameter.required),
      name,
    );
    // What is no JSON has no example.
    const content = operation.responses['200']?.content ?? {};
    assert.ok(content['application/json']?.example ?? content['audio/flac'] ?? content['text/event-stream'], name);
    const open = operation.security?.length === 0;
    assert.equal(open, path === '/health' || path === '/openapi.json', name);
    if (!open) assert.ok(operation.responses['401'] && operation.responses['429'] && operation.responses['500'], name);
    for (const [status, response] of Object.entries(operation.responses)) {
      assert.ok(response.description, `${name} ${status}`);
      if (Number(status) < 400 || status === '503') continue;
      assert.deepEqual(response.content['application/json']?.schema, { $ref: '#/components/schemas/Error' }, name);
    }
  }
  assert.equal(ids.size, operations(document).length);
});

test('where a body is asked for, and whether it may be left out', () => {
  const withBody = operations(document).filter(([, , operation]) => operation.requestBody);
  assert.deepEqual(withBody.map(([, path, operation]) => [path, operation.requestBody?.required ?? false]).sort(), [
    ['/v1/agents/{id}/end-wrap-up', false],
    ['/v1/agents/{id}/extend-wrap-up', false],
    ['/v1/agents/{id}/pause', true],
    ['/v1/agents/{id}/preview', true],
    ['/v1/calendars/{id}/force', true],
    ['/v1/callbacks', true],
    ['/v1/callbacks/{id}', true],
    ['/v1/click-to-call', true],
    ['/v1/contacts/{id}/close', false],
    ['/v1/contacts/{id}/consult', true],
    ['/v1/contacts/{id}/consult/back', false],
    ['/v1/contacts/{id}/consult/complete', false],
    ['/v1/contacts/{id}/consult/join', false],
    ['/v1/contacts/{id}/dtmf', true],
    ['/v1/contacts/{id}/hold', false],
    ['/v1/contacts/{id}/messages', true],
    ['/v1/contacts/{id}/mute', false],
    ['/v1/contacts/{id}/retrieve', false],
    ['/v1/contacts/{id}/transcription/start', false],
    ['/v1/contacts/{id}/transfer', true],
    ['/v1/contacts/{id}/unmute', false],
    ['/v1/contacts/{id}/watch', true],
    ['/v1/do-not-call', true],
    ['/v1/emergency', false],
    ['/v1/flows/activate', true],
    ['/v1/lists', true],
    ['/v1/lists/{id}/rows', true],
    ['/v1/offers/{id}/accept', false],
    ['/v1/offers/{id}/reject', false],
    ['/v1/queues/{id}/emergency', false],
    ['/v1/recordings/{id}/hold', true],
    ['/v1/sip-messages', true],
    ['/v1/watches/{id}/mode', true],
  ]);
});
