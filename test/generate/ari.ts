import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '../../src/config.ts';

/**
 * Writes src/channels/voice/ari/generated.ts from the `rest-api/*.json` files of an Asterisk (Swagger 1.1, in Asterisk's own dialect).
 * Run as `npm run generate -- FOLDER VERSION`, e.g. `npm run generate -- /usr/share/asterisk/rest-api 22.10.1`.
 */

type Allowable = { valueType: string; values?: string[] };
type Property = { type: string; required?: boolean; description?: string; allowableValues?: Allowable };
type Model = { id: string; properties?: Record<string, Property>; subTypes?: string[] };
type Parameter = {
  name: string;
  paramType: 'path' | 'query' | 'body';
  dataType: string;
  required?: boolean;
  allowMultiple?: boolean;
  allowableValues?: Allowable;
};
type Operation = {
  httpMethod: string;
  nickname: string;
  summary?: string;
  responseClass: string;
  upgrade?: string;
  parameters?: Parameter[];
};
type Resource = {
  apiVersion: string;
  models?: Record<string, Model>;
  apis: { path: string; operations: Operation[] }[];
};
type NamedOperation = { name: string; path: string; operation: Operation };

/** Messages of the WebSocket that are no events: requests, their answers, and the base types. */
const NOT_EVENTS = new Set(['Message', 'MissingParams', 'Event', 'RESTRequest', 'RESTResponse', 'RESTHeader']);

const SCALARS: Record<string, string> = {
  string: 'string',
  boolean: 'boolean',
  int: 'number',
  long: 'number',
  double: 'number',
  // ISO 8601 whose zone has no colon (`+0000`).
  Date: 'string',
  object: 'Record<string, unknown>',
  binary: 'Uint8Array',
  void: 'undefined',
};

/** @param files name (`channels.json`) and text of each file. Gives the text of generated.ts. */
export function generateAri(files: ReadonlyMap<string, string>, asteriskVersion: string): string {
  const names = [...files.keys()].filter((name) => name !== 'resources.json').sort();
  const resources = names.map((name) => ({ name, resource: JSON.parse(files.get(name) ?? '') as Resource }));
  const models = new Map<string, Model>();
  for (const { resource } of resources) {
    for (const model of Object.values(resource.models ?? {})) {
      if (models.has(model.id)) throw new Error(`Two files define the model ${model.id}.`);
      models.set(model.id, model);
    }
  }
  const operations = resources.flatMap(({ name, resource }) => operationsOf(name.replace('.json', ''), resource));
  const { apiVersion } = JSON.parse(files.get('resources.json') ?? '') as Resource;
  const source = createHash('sha256');
  for (const name of names) source.update(files.get(name) ?? '');
  const body = [modelTypes(models), eventTypes(models), operationTable(operations), operationTypes(operations)].join(
    '\n',
  );
  return `${header(asteriskVersion, apiVersion, source.digest('hex'), body)}\n${body}`;
}

function header(asteriskVersion: string, apiVersion: string, sourceSha256: string, body: string): string {
  return `// Made from the rest-api/*.json files of Asterisk ${asteriskVersion}; do not edit.
// To make it again: npm run generate -- FOLDER-WITH-REST-API-JSON ${asteriskVersion}

/** What this file was made from; \`contentSha256\` is of all that follows this block and its empty line. */
export const ariSource = {
  asteriskVersion: '${asteriskVersion}',
  apiVersion: '${apiVersion}',
  sourceSha256: '${sourceSha256}',
  contentSha256: '${createHash('sha256').update(body).digest('hex')}',
} as const;
`;
}

function operationsOf(prefix: string, resource: Resource): NamedOperation[] {
  return resource.apis.flatMap(({ path, operations }) =>
    operations
      .filter((operation) => operation.upgrade === undefined)
      .map((operation) => ({ name: `${prefix}.${operation.nickname}`, path, operation })),
  );
}

function modelTypes(models: Map<string, Model>): string {
  const events = new Set(eventNames(models));
  const plain = [...models.values()].filter((model) => !events.has(model.id) && model.id !== 'Message');
  return plain.map((model) => `export type ${model.id} = {\n${fields(model)}};\n`).join('\n');
}

function eventTypes(models: Map<string, Model>): string {
  const names = eventNames(models);
  const heads = ['Message', 'Event'].map((id) => models.get(id)?.properties ?? {});
  const { type: _, ...head } = Object.assign({}, ...heads) as Record<string, Property>;
  return [
    `/** What every event carries beside its \`type\`. */\nexport type AriEventHead = {\n${fields({ id: 'head', properties: head })}};\n`,
    ...names.map((name) => {
      const own = fields(models.get(name) ?? { id: name });
      return `export type ${name} = AriEventHead & {\n  type: '${name}';\n${own}};\n`;
    }),
    `/** Every event that Asterisk documents, told apart by \`type\`. */\nexport type AriEvent =\n${names.map((n) => `  | ${n}`).join('\n')};\n`,
    `export const ariEventTypes: ReadonlySet<string> = new Set([\n${names.map((n) => `  '${n}',\n`).join('')}]);\n`,
  ].join('\n');
}

function eventNames(models: Map<string, Model>): string[] {
  return [...(models.get('Event')?.subTypes ?? [])].filter((name) => !NOT_EVENTS.has(name)).sort();
}

function fields(model: Model): string {
  return Object.entries(model.properties ?? {})
    .map(([name, property]) => {
      const optional = property.required === true ? '' : '?';
      return `  ${name}${optional}: ${typeOf(property.type, property.allowableValues)};\n`;
    })
    .join('');
}

function typeOf(type: string, allowable?: Allowable): string {
  const item = /^List\[(.+)\]$/.exec(type)?.[1];
  if (item !== undefined) return `${wrapUnion(typeOf(item, allowable))}[]`;
  if (type === 'string' && allowable?.valueType === 'LIST' && allowable.values) {
    return allowable.values.map((value) => `'${value}'`).join(' | ');
  }
  return SCALARS[type] ?? type;
}

function wrapUnion(type: string): string {
  return type.includes('|') ? `(${type})` : type;
}

function operationTable(operations: NamedOperation[]): string {
  const rows = operations.map(({ name, path, operation }) => {
    const parameters = operation.parameters ?? [];
    const query = parameters.filter((p) => p.paramType === 'query').map((p) => `'${p.name}'`);
    const body = parameters.find((p) => p.paramType === 'body');
    // A "containers" parameter stands under its own name in the JSON body; an "object" is the whole body.
    const bodyText = body ? `, body: { name: '${body.name}', whole: ${body.dataType === 'object'} }` : '';
    const head = `method: '${operation.httpMethod}', path: '${path}', query: [${query.join(', ')}]`;
    return `  '${name}': { ${head}${bodyText}, answer: '${answerOf(operation)}' },`;
  });
  return `/** How an operation goes over the wire; \`answer\` is the shape of what comes back. */
export type AriOperationShape = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query: readonly string[];
  readonly body?: { readonly name: string; readonly whole: boolean };
  readonly answer: 'none' | 'object' | 'list' | 'binary';
};

export const ariOperations = {
${rows.join('\n')}
} as const satisfies Record<string, AriOperationShape>;

export type AriOperation = keyof typeof ariOperations;
`;
}

function answerOf(operation: Operation): string {
  if (operation.responseClass === 'void') return 'none';
  if (operation.responseClass === 'binary') return 'binary';
  return operation.responseClass.startsWith('List[') ? 'list' : 'object';
}

function operationTypes(operations: NamedOperation[]): string {
  const parameters = operations.map(({ name, operation }) => `  '${name}': ${parameterObject(operation)};\n`).join('');
  const results = operations
    .map(({ name, operation }) => `  '${name}': ${typeOf(operation.responseClass)};\n`)
    .join('');
  return `export type AriParameters = {\n${parameters}};\n\nexport type AriResults = {\n${results}};\n`;
}

function parameterObject(operation: Operation): string {
  const all = (operation.parameters ?? []).map((parameter) => {
    const optional = parameter.required === true || parameter.paramType === 'path' ? '' : '?';
    return `${parameter.name}${optional}: ${parameterType(parameter)}`;
  });
  return all.length === 0 ? 'Record<string, never>' : `{ ${all.join('; ')} }`;
}

function parameterType(parameter: Parameter): string {
  // The files call both "containers" and say the shape of each only in words.
  if (parameter.dataType === 'containers')
    return parameter.name === 'fields' ? 'ConfigTuple[]' : 'Record<string, string>';
  const type = typeOf(parameter.dataType, parameter.allowableValues);
  return parameter.allowMultiple ? `${type} | readonly ${wrapUnion(type)}[]` : type;
}

function main(folder: string | undefined, version: string | undefined): void {
  if (folder === undefined || version === undefined) throw new Error('Usage: npm run generate -- FOLDER VERSION');
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const files = new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  writeFileSync(join(projectDir, 'src/channels/voice/ari/generated.ts'), generateAri(files, version));
}

if (import.meta.filename === process.argv[1]) main(process.argv[2], process.argv[3]);
