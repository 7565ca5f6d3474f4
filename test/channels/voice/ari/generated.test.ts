import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  type AriOperationShape,
  ariEventTypes,
  ariOperations,
  ariSource,
} from '../../../../src/channels/voice/ari/generated.ts';
import { projectDir } from '../../../../src/config.ts';
import { generateAri } from '../../../generate/ari.ts';

const text = readFileSync(join(projectDir, 'src/channels/voice/ari/generated.ts'), 'utf8');
const shapes = Object.entries<AriOperationShape>(ariOperations);

/** Lines of a generated type of objects, by operation: `'channels.answer': { channelId: string };`. */
function linesOf(type: string): Map<string, string> {
  const block = text.slice(text.indexOf(`export type ${type} = {`)).split('\n};')[0] ?? '';
  return new Map([...block.matchAll(/^ {2}'([\w.]+)': (.*);$/gm)].map((found) => [found[1] ?? '', found[2] ?? '']));
}

describe('the generated ARI operations', () => {
  it('were not changed by hand', () => {
    const body = text.slice(text.indexOf('} as const;\n\n') + '} as const;\n\n'.length);
    assert.equal(createHash('sha256').update(body).digest('hex'), ariSource.contentSha256);
  });

  it('have types for exactly the parameters that their table sends', () => {
    const lines = linesOf('AriParameters');
    assert.deepEqual([...lines.keys()], Object.keys(ariOperations));
    for (const [operation, shape] of shapes) {
      const inPath = [...shape.path.matchAll(/\{(\w+)\}/g)].map((found) => found[1]);
      const sent = [...inPath, ...shape.query, ...(shape.body ? [shape.body.name] : [])];
      const typed = [...(lines.get(operation) ?? '').matchAll(/[{;] (\w+)\??: /g)].map((found) => found[1]);
      assert.deepEqual(typed.sort(), sent.sort(), operation);
      for (const name of inPath) assert.match(lines.get(operation) ?? '', new RegExp(`[{;] ${name}: `), operation);
    }
  });

  it('have a result of the shape that their table announces', () => {
    const lines = linesOf('AriResults');
    for (const [operation, { answer }] of shapes) {
      const result = lines.get(operation) ?? '';
      const shape = result === 'undefined' ? 'none' : result === 'Uint8Array' ? 'binary' : 'object';
      assert.equal(result.endsWith('[]') ? 'list' : shape, answer, operation);
    }
  });

  it('hold what the voice door needs, and no answer of ours among the events', () => {
    for (const type of ['StasisStart', 'StasisEnd', 'ChannelDestroyed', 'ApplicationReplaced', 'ChannelTransfer']) {
      assert.ok(ariEventTypes.has(type), type);
    }
    assert.ok(!ariEventTypes.has('RESTResponse'));
    assert.ok(!ariEventTypes.has('Message'));
  });
});

describe('the generator', () => {
  const events = {
    models: {
      Message: { id: 'Message', properties: { type: { type: 'string', required: true } } },
      Event: { id: 'Event', subTypes: ['Rang', 'RESTResponse'], properties: { at: { type: 'Date', required: true } } },
      Rang: {
        id: 'Rang',
        properties: { how: { type: 'string', allowableValues: { valueType: 'LIST', values: ['a', 'b'] } } },
      },
      RESTResponse: { id: 'RESTResponse', properties: { code: { type: 'int', required: true } } },
    },
    apis: [
      {
        path: '/events',
        operations: [{ httpMethod: 'GET', nickname: 'listen', responseClass: 'Message', upgrade: 'websocket' }],
      },
      {
        path: '/bells/{id}',
        operations: [
          {
            httpMethod: 'POST',
            nickname: 'ring',
            responseClass: 'List[Bell]',
            parameters: [
              { name: 'id', paramType: 'path', dataType: 'string' },
              { name: 'tone', paramType: 'query', dataType: 'string', allowMultiple: true },
              { name: 'variables', paramType: 'body', dataType: 'containers', required: true },
            ],
          },
        ],
      },
    ],
  };
  const files = (more: [string, unknown][] = []) =>
    new Map(
      [['resources.json', { apiVersion: '9.8.7' }], ['events.json', events], ...more].map(([n, o]) => [
        n,
        JSON.stringify(o),
      ]) as [string, string][],
    );

  it('writes events, operations, parameters and results, and leaves out the WebSocket itself', () => {
    const made = generateAri(files(), '1.2.3');
    assert.match(made, /asteriskVersion: '1\.2\.3',\n {2}apiVersion: '9\.8\.7'/);
    assert.match(made, /export type Rang = AriEventHead & \{\n {2}type: 'Rang';\n {2}how\?: 'a' \| 'b';\n\};/);
    assert.match(made, /export type RESTResponse = \{\n {2}code: number;\n\};/);
    assert.match(
      made,
      /'events\.ring': \{ method: 'POST', path: '\/bells\/\{id\}', query: \['tone'\], body: \{ name: 'variables', whole: false \}, answer: 'list' \}/,
    );
    assert.match(
      made,
      /'events\.ring': \{ id: string; tone\?: string \| readonly string\[\]; variables: Record<string, string> \};/,
    );
    assert.match(made, /'events\.ring': Bell\[\];/);
    assert.doesNotMatch(made, /listen/);
  });

  it('refuses two models of one name', () => {
    const twice = { models: { Rang: { id: 'Rang' } }, apis: [] };
    assert.throws(() => generateAri(files([['bells.json', twice]]), '1.2.3'), /Two files define the model Rang/);
  });
});
