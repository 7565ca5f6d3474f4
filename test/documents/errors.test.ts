import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { API_ERRORS } from '../../src/api/errors.ts';
import { CHAT_ERRORS } from '../../src/channels/chat/errors.ts';
import { ariErrorCodes } from '../../src/channels/voice/ari/error.ts';
import { soundErrorCodes } from '../../src/channels/voice/sound/sound-error.ts';
import { projectDir } from '../../src/config.ts';
import { BUILT_IN_FLOWS } from '../../src/flow/built-in.ts';
import { KNOWN_NAMES } from '../../src/flow/names.ts';
import { PROBLEMS } from '../../src/flow/problem.ts';
import { FLOW_FAILURES } from '../../src/model/flow-failure.ts';
import { STEP_ERRORS } from '../../src/model/step-error.ts';
import { WEB_FAILURES } from '../../src/model/web.ts';
import { RECOGNITION_FAILURES } from '../../src/recognition/recognition-failure.ts';
import { RECORDING_FAULTS } from '../../src/recordings/recording-fault.ts';
import { REHEARSAL_FAILURES } from '../../src/rehearsal/rehearsal-failure.ts';
import { SIMULATION_FAILURES } from '../../src/simulation/simulation-failure.ts';
import { SPEECH_FAILURES } from '../../src/speech/speech-failure.ts';
import { names, page, section } from './page.ts';

const errors = page('errors.md');
const CODE = /^[a-z]+\.[a-z_]+$/;

/** A folder's program text without comments, by file; what was made by a machine is left out. */
function sources(folder: string): Map<string, string> {
  const dir = join(projectDir, folder);
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
  const texts = files
    .filter((name) => !name.endsWith('generated.ts'))
    .map((name): [string, string] => {
      const text = readFileSync(resolve(dir, name), 'utf8');
      return [name, text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')];
    });
  return new Map(texts);
}

const src = sources('src');
const docker = sources('docker');

function found(texts: Iterable<string>, pattern: RegExp): string[] {
  const codes = [...texts].flatMap((text) => [...text.matchAll(pattern)].map((one) => one[1]!));
  return [...new Set(codes)].sort();
}

const REFUSALS = found(src.values(), /new ConfigError\(\s*'([^']+)'/g);
/** The type JournalErrorCode, which is no value: its text is read. */
const OF_JOURNAL = found(
  [/export type JournalErrorCode =([\s\S]*?);/.exec(src.get('journal/errors.ts')!)?.[1] ?? ''],
  /'([^']+)'/g,
);

const SECTIONS: readonly [string, readonly string[]][] = [
  ['## Configuration and start', REFUSALS],
  ['## Checking the flows', Object.keys(PROBLEMS)],
  ['## A flow at run time', Object.keys(FLOW_FAILURES)],
  ['## Errors of steps', Object.keys(STEP_ERRORS)],
  ['## Requests to other systems', Object.keys(WEB_FAILURES)],
  ['## Recordings', Object.keys(RECORDING_FAULTS)],
  ['## Journal', OF_JOURNAL],
  ['## Chat', Object.keys(CHAT_ERRORS)],
  ['## Asterisk', Object.keys(ariErrorCodes)],
  ['## Sound of calls', Object.keys(soundErrorCodes)],
  ['## Rehearsal', Object.keys(REHEARSAL_FAILURES)],
  ['## Simulation', Object.keys(SIMULATION_FAILURES)],
  ['## API', Object.keys(API_ERRORS)],
];

for (const [heading, codes] of SECTIONS) {
  test(`"${heading}" has exactly the codes that the program can give`, () => {
    assert.ok(codes.length >= 3, `${codes.length} codes were found in the program`);
    assert.deepEqual(names(section(errors, heading)).sort(), [...new Set(codes)].sort());
  });
}

test('the containers\u2019 codes stand in their own document, or in errors.md', () => {
  const codes = found(docker.values(), /'((?:container|controller)\.[a-z_]+)'/g);
  assert.ok(codes.length >= 3);
  const documented = names(page('containers.md')).filter((name) => CODE.test(name));
  assert.deepEqual([...documented, 'controller.not_started'].sort(), codes);
  assert.ok(section(errors, '## Containers').includes('`controller.not_started`'));
});

test('every failure that is returned has a code of the API or of a step, or is made by a table', () => {
  const returned = found(src.values(), /\bfailed\(\s*'([^']+)'/g);
  assert.ok(returned.length >= 8);
  assert.deepEqual(
    returned.filter((code) => !(code in API_ERRORS || code in STEP_ERRORS || code in soundErrorCodes)),
    [],
  );
});

test('every word of the form area.reason in the program is a documented code or is known to be something else', () => {
  const model = [...src].flatMap(([name, text]) => (name.startsWith('model/') ? [text] : []));
  const events = found(model, /kind: '([^']+)'/g);
  // Those two have tables of their own, in docs/speech.md and docs/recognition.md, with tests of their own.
  const elsewhere = [...Object.keys(SPEECH_FAILURES), ...Object.keys(RECOGNITION_FAILURES)];
  const documented = new Set([...names(errors), ...elsewhere]);
  const operations = readFileSync(join(projectDir, 'src/channels/voice/ari/generated.ts'), 'utf8');
  const FILE = /\.(?:json|log|conf|pid|lock|tmp|ctl|list|html|css|js|pem|crt|key|txt|bin|dict)$/;
  const unexplained = found(src.values(), /'([a-z]+\.[a-z_]+)'/g).filter(
    (word) =>
      !documented.has(word) &&
      !events.includes(word) &&
      !operations.includes(`'${word}'`) &&
      !FILE.test(word) &&
      // Options of gRPC's channels.
      !word.startsWith('grpc.') &&
      !(word in BUILT_IN_FLOWS) &&
      !isName(word),
  );
  assert.deepEqual(unexplained, []);
});

/** Words of flows that look like codes: names of events that steps emit, and a key below a key. */
const OF_STEPS = ['survey.answer', 'survey.answered', 'confirm.prompt', 'voicemail.saved'];

/** Whether a word is what expressions may name, such as `contact.from`. */
function isName(word: string): boolean {
  if (OF_STEPS.includes(word)) return true;
  const [group, field] = word.split('.');
  return Object.hasOwn(KNOWN_NAMES[group!]?.fields ?? {}, field!);
}

test('no code stands twice in one section, and every row says what it means and what to do', () => {
  for (const [heading] of SECTIONS) {
    const listed = names(section(errors, heading));
    assert.equal(new Set(listed).size, listed.length, heading);
    const rows = section(errors, heading)
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    for (const row of rows) assert.match(row, /^\| `[^`]+` \| \S.* \| \S.* \|$/, row);
  }
});
