import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answeredCall, deskFixture, NINE } from './desk-fixture.ts';
import { errorOf, get, post, startApi } from './harness.ts';

// Flows over the API: how the folder stands, its versions, and the way of one contact through them.

const { api } = await startApi();

test('how the folder stands is told, with what is wrong in it', async () => {
  const problem = { code: 'step.unknown', file: 'main.yaml', line: 3, column: 7, message: 'There is no step "x".' };
  const desk = deskFixture();
  const broken = { ...desk, flows: () => ({ ...desk.flows(), problems: [{ ...problem, severity: 'error' }] }) };
  const { api } = await startApi({ desk: broken });
  const answer = JSON.parse((await get(api, '/v1/flows')).body);
  assert.deepEqual([answer.version, answer.refusals, answer.refusedAtMs], ['v2', 1, NINE]);
  assert.deepEqual(answer.problems, [problem]);
});

test('versions are listed, the one in service is marked', async () => {
  const { versions } = JSON.parse((await get(api, '/v1/flows/versions')).body);
  assert.deepEqual(
    versions.map((one: { version: string; inService: boolean }) => [one.version, one.inService]),
    [
      ['v2', true],
      ['v1', false],
    ],
  );
  assert.equal(versions[0].loadedAt, '2026-11-20T09:00:00.000Z');
});

test('a version is brought back by name, or the one before; an unknown one is refused', async () => {
  const activated = await post(api, '/v1/flows/activate', { version: 'v1' });
  assert.deepEqual([activated.status, JSON.parse(activated.body).pinned], [200, true]);
  assert.equal(JSON.parse((await post(api, '/v1/flows/rollback', {})).body).version, 'v1');
  const unknown = await post(api, '/v1/flows/activate', { version: 'v9' });
  assert.deepEqual([unknown.status, errorOf(unknown).code], [404, 'flows.version_unknown']);
  const nameless = await post(api, '/v1/flows/activate', {});
  assert.deepEqual([nameless.status, errorOf(nameless).code], [400, 'request.invalid']);
});

test('a trace has file and line of versions that are known, and masks what was entered unless it is asked for', async () => {
  const at = { atMs: NINE + 2, contactId: 'c1' };
  const events = [
    ...answeredCall.slice(0, 2),
    { kind: 'step.entered', ...at, stepId: 'ask', type: 'gather' } as const,
    { kind: 'digit.received', ...at, digit: '7' } as const,
    { kind: 'step.left', ...at, stepId: 'ask', outcome: 'ok', set: { account: '7' } } as const,
  ];
  const desk = deskFixture(events);
  const step = { id: 'ask', type: 'gather', with: {}, on: {}, at: 'welcome.yaml:12' };
  const limits = { maxSteps: 10, maxDurationMs: 1000, maxDepth: 1 };
  const flow = { id: 'welcome', start: 'ask', limits, on: {}, keys: {}, params: {}, constants: {}, sensitive: [] };
  const flows = { welcome: { ...flow, steps: { ask: step } } };
  const set = { version: 'v1', site: desk.site(), flows, tables: {} };
  const { api } = await startApi({ desk: { ...desk, flowSet: async () => ({ ok: true, value: set }) } });
  const masked = JSON.parse((await get(api, '/v1/contacts/c1/trace')).body);
  assert.equal(masked.steps[0].at, 'welcome.yaml:12');
  assert.deepEqual(masked.steps[0].input, [{ how: 'keys', text: '\u2022' }]);
  const shown = JSON.parse((await get(api, '/v1/contacts/c1/trace?values=shown')).body);
  assert.deepEqual(shown.steps[0].changed, [{ name: 'account', value: '7' }]);
  assert.equal((await get(api, '/v1/contacts/c1/trace?values=all')).status, 400);
  assert.equal(errorOf(await get(api, '/v1/contacts/nobody/trace')).code, 'contact.unknown');
});

test('a step of a version that nobody knows any more is told without its place', async () => {
  const at = { atMs: NINE + 2, contactId: 'c1' };
  const events = [
    { kind: 'flow.started', ...at, flowId: 'welcome', version: 'v0' } as const,
    { kind: 'step.entered', ...at, stepId: 'ask', type: 'gather' } as const,
  ];
  const { api } = await startApi({}, deskFixture(events));
  assert.equal(JSON.parse((await get(api, '/v1/contacts/c1/trace')).body).steps[0].at, null);
});
