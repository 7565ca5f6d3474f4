import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { digitsIn, wholeOf } from './in-journal.ts';
import { OtherSystem } from './other-system.ts';
import { Scene } from './scene.ts';

// What a caller types in confidence reaches the server that is to have it, and can be found nowhere else.

/** So long that a moment or an id is no part of them by chance. */
const PINS = ['864209753182', '731904628597'] as const;
const TRACE_LENGTH = 9;
const TONE_HZ = 1540;

const SITE = `
site: Exchange under test
numbers: { "100": bank }
http: { allow: "127.0.0.1" }
`;

const bank = (url: string): string => `
steps:
  open: { type: gather, prompt: { file: tone }, into: branch, min: 4, max: 4, timeout: 30s }
  pin: { type: gather, prompt: { file: tone }, into: pin, min: 12, max: 12, timeout: 30s, sensitive: true, on: { no_input: bye, no_match: bye } }
  copy: { type: set, vars: { again: "\${{ vars.pin + '' }}" } }
  prove:
    type: authenticate
    prompt: { file: tone }
    verify: "result.value.startsWith('${PINS[1].slice(0, 3)}')"
    into: code
    lock: "\${{ vars.branch }}"
    min: 12
    max: 12
    timeout: 30s
    on: { denied: bye, no_input: bye }
  send: { type: http, url: "${url}/prove", json: { pin: "\${{ vars.again }}", code: "\${{ vars.code }}" }, save: { known: "\${{ result.body.known }}" }, on: { error: bye } }
  choose: { type: menu, prompt: { file: tone }, options: { "1": bye }, timeout: 60s, on: { no_input: bye, no_match: bye } }
  bye: { type: hangup }
`;

let other: OtherSystem;
let scene: Scene;
before(async () => {
  other = await OtherSystem.open(() => ({ body: { known: true } }));
  scene = await Scene.open({
    env: { STROWGER_LOG_LEVEL: 'trace' },
    files: { 'site.yaml': SITE, 'bank.yaml': bank(`http://127.0.0.1:${other.port}`) },
  });
});
after(async () => {
  await scene?.close();
  other?.close();
});

test('digits that are typed in confidence reach the server and are found nowhere: database, files, logs, API', async () => {
  const { line, from } = await scene.call('100');
  await line.answered();
  const { id } = await scene.stageIs(from, 'flow', 'open');
  await line.press('4711');
  await scene.stageIs(from, 'flow', 'pin');
  await line.hears(TONE_HZ);
  await line.press(PINS[0]);
  await scene.stageIs(from, 'flow', 'prove');
  await line.press(PINS[1]);
  const { body } = await other.wasAsked('/prove');
  assert.deepEqual(JSON.parse(body), { pin: PINS[0], code: PINS[1] });

  // While the call stands in a later step the values are in the memory of the controller. It saves that as it ends.
  await scene.stageIs(from, 'flow', 'choose');
  const meanwhile = await toldBy(id);
  await scene.exchange.killController('SIGTERM');
  const [saved] = (await scene.exchange.sql('SELECT state::text AS text FROM snapshot ORDER BY seq DESC LIMIT 1')) as {
    text: string;
  }[];
  assert.ok(saved!.text.includes(id), 'the call is in the snapshot');
  await scene.exchange.startController();
  await line.hangUp();
  const events = await wholeOf(scene, id);
  const { dir } = scene.exchange;

  // What is looked for can be found: the digits before, which were no secret, are in the journal and in the trace.
  assert.equal(digitsIn(events), '4711');
  assert.ok(meanwhile.some((text) => text.includes('4711')));
  assert.ok((await rows()).some((row) => row.text.includes('4711')));
  const hidden = events.filter((event) => event.kind === 'digit.received' && event.sensitive);
  assert.equal(hidden.length, PINS[0].length + PINS[1].length);

  for (const { table, text } of await rows()) assertNothingOf(text, `table ${table}`);
  for (const text of [...meanwhile, ...(await toldBy(id))]) assertNothingOf(text, 'the API');
  // The far end typed them: what it keeps is not ours.
  for (const path of filesIn(dir, join(dir, 'far'))) assertNothingOf(readFileSync(path, 'latin1'), path);
  const asteriskLog = readFileSync(join(dir, 'asterisk', 'etc', 'logger.conf'), 'utf8');
  assert.ok(!/dtmf/i.test(asteriskLog), 'Asterisk logs no keys');
});

/** Everything that the API tells of a contact, with values shown wherever it shows any. */
async function toldBy(id: string): Promise<string[]> {
  const paths = [
    '/v1/contacts',
    `/v1/contacts/${id}`,
    `/v1/contacts/${id}/trace`,
    `/v1/contacts/${id}/trace?values=shown`,
    `/v1/contacts/${id}/decisions`,
    '/v1/reports/queues',
    '/v1/flows',
    '/v1/flows/versions',
    '/v1/health',
    '/v1/site',
  ];
  const answers = await Promise.all(paths.map((path) => scene.exchange.get(path)));
  return answers.map(({ body }) => JSON.stringify(body));
}

/** Every row of every table of ours, as text. */
async function rows(): Promise<{ table: string; text: string }[]> {
  const tables = (await scene.exchange.sql(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
  )) as {
    name: string;
  }[];
  assert.ok(tables.some(({ name }) => name === 'journal') && tables.some(({ name }) => name === 'snapshot'));
  const found = await Promise.all(
    tables.map(async ({ name }) => {
      const texts = (await scene.exchange.sql(`SELECT t::text AS text FROM "${name}" t`)) as { text: string }[];
      return texts.map(({ text }) => ({ table: name, text }));
    }),
  );
  return found.flat();
}

function filesIn(dir: string, but: string): string[] {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return paths.filter((path) => !path.startsWith(`${but}/`));
}

/** Not only the whole: nor any longer piece of it. */
function assertNothingOf(text: string, where: string): void {
  for (const pin of PINS) {
    for (let from = 0; from + TRACE_LENGTH <= pin.length; from++) {
      const piece = pin.slice(from, from + TRACE_LENGTH);
      assert.ok(!text.includes(piece), `${where} has ${piece}`);
    }
  }
}
