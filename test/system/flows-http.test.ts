import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { tone, writeWav } from '../far-end/wav.ts';
import { callThrough, emitted, outcomesOf, wholeOf } from './in-journal.ts';
import { OtherSystem, type Reply } from './other-system.ts';
import { Scene } from './scene.ts';
import { until } from './until.ts';

// Flows ask another company's server, on real calls: what is kept, what the caller hears meanwhile, what is refused.

const SECRET = 'sk-live-5f1c77e2b9';
const TONE_HZ = 1540;
const SORRY_HZ = 1100;

const site = (http: string): string => `
site: Exchange under test
numbers: { "501": mapping, "502": missing, "503": busy, "504": slow, "505": leaving }
${http}
`;

let other: OtherSystem;
let scene: Scene;
before(async () => {
  other = await OtherSystem.open(replyTo);
  scene = await Scene.open({
    env: { STROWGER_SECRET_CRM: SECRET },
    files: {
      'site.yaml': site('http: { allow: "127.0.0.1" }'),
      'sorry.wav': writeWav(tone(SORRY_HZ, 1000)),
      ...flows(`http://127.0.0.1:${other.port}`),
    },
  });
});
after(async () => {
  await scene?.close();
  other?.close();
});

function replyTo({ path }: { path: string }, before: number): Reply {
  if (path.startsWith('/orders?')) {
    return {
      headers: { 'x-page': '1' },
      body: { order: { state: 'on its way', parts: [{ name: 'bell' }, { name: 'lamp' }] } },
    };
  }
  if (path === '/busy') return before < 2 ? { status: 503, body: {} } : { body: { ok: true } };
  if (path === '/slow') return 'never';
  if (path === '/left') return { body: {} };
  return { status: 404, body: { reason: 'no such customer' } };
}

function flows(url: string): Record<string, string> {
  return {
    'mapping.yaml': `
steps:
  ask:
    type: http
    url: ${url}/orders
    query: { from: "\${{ contact.to }}" }
    auth: { bearer: CRM }
    save: { state: "\${{ result.body.order.state }}", second: "\${{ result.body.order.parts[1].name }}", page: "\${{ result.headers['x-page'] }}" }
    on: { error: sorry }
  tell: { type: emit, name: told, data: { state: "\${{ vars.state }}", second: "\${{ vars.second }}", page: "\${{ vars.page }}" }, next: bye }
  sorry: { type: play, prompt: { file: sorry } }
  bye: { type: hangup }
`,
    'missing.yaml': `
steps:
  ask: { type: http, url: "${url}/customers/7", save: { why: "\${{ result.body.reason }}" }, on: { status_404: unknown, error: bye } }
  known: { type: emit, name: known, next: bye }
  unknown: { type: emit, name: unknown, data: { why: "\${{ vars.why }}", code: "\${{ error.code }}" } }
  bye: { type: hangup }
`,
    'busy.yaml': `
steps:
  ask:
    type: http
    url: ${url}/busy
    json: { order: 7 }
    retry: { attempts: 4, backoff: 100ms }
    save: { attempts: "\${{ result.attempts }}" }
    on: { error: bye }
  tell: { type: emit, name: told, data: { attempts: "\${{ vars.attempts }}" } }
  bye: { type: hangup }
`,
    'slow.yaml': `
steps:
  ask:
    type: http
    url: ${url}/slow
    timeout: 2500ms
    filler: { prompt: { file: tone }, after: 0s, again: 0s }
    on: { timeout: sorry, error: bye }
  hello: { type: emit, name: answered, next: bye }
  sorry: { type: play, prompt: { file: sorry } }
  bye: { type: hangup }
`,
    'leaving.yaml': `
on_hangup: tell
steps:
  hello: { type: set, vars: { stood: hello } }
  choose: { type: menu, prompt: { file: tone }, options: { "1": bye }, timeout: 30s, on: { no_input: bye, no_match: bye } }
  bye: { type: hangup }
  tell: { type: http, url: "${url}/left", json: { stood: "\${{ vars.stood }}" }, on: { error: done } }
  done: { type: emit, name: cleaned-up }
`,
  };
}

test('what the answer says is kept by name, the secret goes along, and the secret stands nowhere else', async () => {
  const events = await callThrough(scene, '501');
  assert.deepEqual(emitted(events), [{ name: 'told', data: { state: 'on its way', second: 'lamp', page: '1' } }]);
  const asked = await other.wasAsked('/orders?from=501');
  assert.equal(asked.headers.authorization, `Bearer ${SECRET}`);
  const rows = (await scene.exchange.sql(
    "SELECT count(*)::int AS found FROM journal WHERE data::text LIKE '%' || $1 || '%'",
    [SECRET],
  )) as { found: number }[];
  assert.equal(rows[0]!.found, 0);
  assert.ok(!scene.exchange.log().includes(SECRET));
  assert.ok(!readFileSync(join(scene.exchange.dir, 'secrets.json'), 'utf8').includes(SECRET));
});

test('an answer of 404 leads where the step says, with what it said', async () => {
  const events = await callThrough(scene, '502');
  assert.deepEqual(emitted(events), [{ name: 'unknown', data: { why: 'no such customer', code: 'http.status' } }]);
  assert.deepEqual(outcomesOf(events, 'ask'), ['status_404']);
});

test('a server that is busy is asked again, with the same key, and the flow knows how often', async () => {
  const events = await callThrough(scene, '503');
  assert.deepEqual(emitted(events), [{ name: 'told', data: { attempts: 3 } }]);
  const asked = other.at('/busy');
  assert.equal(asked.length, 3);
  assert.equal(new Set(asked.map(({ headers }) => headers['idempotency-key'])).size, 1);
  assert.ok(asked[0]!.headers['idempotency-key']);
  const [answer] = events.filter((event) => event.kind === 'http.answered');
  assert.deepEqual(answer?.outcome, { status: 200, attempts: 3 });
});

test('while a server keeps a caller waiting the caller hears the filler, and hears of the time-out afterwards', async () => {
  const call = await scene.call('504');
  await call.line.answered();
  await call.line.hears(TONE_HZ);
  await call.line.hears(SORRY_HZ);
  const { id } = await call.contact();
  await call.line.ended();
  const events = await wholeOf(scene, id);
  assert.deepEqual(outcomesOf(events, 'ask'), ['timeout']);
  const [answer] = events.filter((event) => event.kind === 'http.answered');
  assert.ok(Math.abs(answer!.tookMs - 2500) < 1000, `${answer!.tookMs} ms`);
});

test('who hangs up in the middle is cleaned up after: the server is told, and only then is the contact finished', async () => {
  const call = await scene.call('505');
  await call.line.answered();
  const { id } = await scene.stageIs(call.from, 'flow', 'choose');
  await call.line.hangUp();
  const asked = await other.wasAsked('/left');
  assert.deepEqual(JSON.parse(asked.body), { stood: 'hello' });
  const events = await wholeOf(scene, id);
  const order = [
    'contact.ended',
    'flow.cleaning_up',
    'http.requested',
    'http.answered',
    'flow.emitted',
    'flow.ended',
    'contact.finished',
  ];
  assert.deepEqual(
    events.map(({ kind }) => kind).filter((kind) => order.includes(kind)),
    order,
  );
  assert.equal(other.at('/left').length, 1);
  await scene.quiet();
});

test('without a rule that allows the address nothing is asked, and the caller hears the way of the error', async () => {
  const before = other.asked.length;
  writeFileSync(join(scene.exchange.flowsDir, 'site.yaml'), site(''));
  await until('the site without the rule is in service', async () => {
    const found = (await scene.exchange.sql(
      "SELECT data->'flows'->'site'->'http'->'allow' AS allow FROM journal WHERE kind = 'flows.loaded' ORDER BY seq DESC LIMIT 1",
    )) as { allow: unknown[] }[];
    return found[0]?.allow.length === 0 || undefined;
  });
  const call = await scene.call('501');
  await call.line.answered();
  await call.line.hears(SORRY_HZ);
  const { id } = await call.contact();
  await call.line.ended();
  const events = await wholeOf(scene, id);
  assert.deepEqual(outcomesOf(events, 'ask'), ['invalid']);
  const [answer] = events.filter((event) => event.kind === 'http.answered');
  assert.equal(answer && 'failed' in answer.outcome && answer.outcome.failed, 'web.forbidden');
  assert.equal(other.asked.length, before);
});
