import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { ControlScene, hears } from './control-scene.ts';
import { until } from './until.ts';

// What agents and supervisors do with calls, by the keys and buttons of their phones and over the API: who hears whom is
// told by the tones that they play. Each test hangs up what it began and looks whether anything is left.

let control: ControlScene;
before(async () => {
  control = await ControlScene.open();
});
afterEach(() => control.scene.reset());
after(() => control?.close());

test('hold by a key: the customer hears music, the agent nothing, and both hear each other again', async () => {
  const { line, anna } = await control.talk();
  await Promise.all([hears(line, ['anna']), hears(anna, ['customer'])]);
  await anna.press('*1');
  await Promise.all([hears(line, ['music']), hears(anna, [])]);
  await anna.press('*1');
  await Promise.all([hears(line, ['anna']), hears(anna, ['customer'])]);
  await line.hangUp();
  await control.nothingLeft();
});

test('consult by keys: the customer hears music meanwhile; back, and it is as before', async () => {
  const { line, anna } = await control.talk();
  await anna.press('*21002#');
  const ben = await control.rings('ben');
  await Promise.all([hears(line, ['music']), hears(anna, ['ben']), hears(ben, ['anna'])]);
  await anna.press('*3');
  await ben.ended();
  await Promise.all([hears(line, ['anna']), hears(anna, ['customer'])]);
  await anna.hangUp();
  await line.ended();
  await control.nothingLeft();
});

test('conference by keys: each hears both others; when the agent hangs up, the others go on', async () => {
  const { id, line, anna } = await control.talk();
  await anna.press('*21002#');
  const ben = await control.rings('ben');
  await hears(anna, ['ben']);
  await anna.press('*4');
  await Promise.all([hears(line, ['anna', 'ben']), hears(anna, ['customer', 'ben']), hears(ben, ['customer', 'anna'])]);
  await anna.hangUp();
  await Promise.all([hears(line, ['ben']), hears(ben, ['customer'])]);
  await control.talksTo(id, 'ben');
  await ben.hangUp();
  await line.ended();
  await control.nothingLeft();
});

test('attended transfer by keys: the customer talks to whom was asked, and the agent is free', async () => {
  const { id, line, anna } = await control.talk();
  await anna.press('*21002#');
  const ben = await control.rings('ben');
  await hears(anna, ['ben']);
  await anna.press('*5#');
  await anna.ended();
  await Promise.all([hears(line, ['ben']), hears(ben, ['customer'])]);
  await control.talksTo(id, 'ben');
  await control.scene.agentIs('anna', 'ready');
  await line.hangUp();
  await control.nothingLeft();
});

test('blind transfer by keys to an agent, and from there to a queue', async () => {
  const { id, line, anna } = await control.talk();
  await anna.press('*51003#');
  await anna.ended();
  const bea = await control.rings('bea');
  await Promise.all([hears(line, ['bea']), hears(bea, ['customer'])]);
  await control.talksTo(id, 'bea');
  await bea.press('*522#');
  const ben = await control.rings('ben');
  await Promise.all([hears(line, ['ben']), hears(ben, ['customer'])]);
  await ben.hangUp();
  await line.ended();
  const { timeline } = await control.scene.story(id);
  const handled = timeline.filter(({ what }) => what === 'contact.handled');
  assert.equal(handled.length, 3, 'the story has the part of each');
  await control.nothingLeft();
});

test('blind transfer by keys to a number outside; there the end of the talk is the end of the call', async () => {
  const { line, anna } = await control.talk();
  await anna.press('*50301234#');
  const outside = await control.outside();
  assert.deepEqual([outside.called.number, outside.from.number], ['+49301234', '+49211555']);
  await anna.ended();
  await Promise.all([hears(line, ['outside']), hears(outside, ['customer'])]);
  await outside.hangUp();
  await line.ended();
  await control.nothingLeft();
});

test('a number that does not take the call: the customer is back in the queue and nobody is lost', async () => {
  const { id, line, anna } = await control.talk();
  await anna.press('*50301234#');
  await (await control.scene.far.outside.nextRing()).hangUp('busy');
  await anna.ended();
  const again = await control.rings('anna');
  await Promise.all([hears(line, ['anna']), hears(again, ['customer'])]);
  await control.talksTo(id, 'anna');
  await line.hangUp();
  await control.nothingLeft();
});

test('the transfer button of the phone hands the customer to the extension that it names', async () => {
  const { id, line, anna } = await control.talk();
  await anna.refer(`sip:1002@127.0.0.1:${control.scene.exchange.slot.sip}`);
  const ben = await control.rings('ben');
  await Promise.all([hears(line, ['ben']), hears(ben, ['customer'])]);
  await control.talksTo(id, 'ben');
  await line.hangUp();
  await control.nothingLeft();
});

test('an agent reaches a colleague by dialling the extension, and the colleague sees whose it is', async () => {
  await control.ready();
  const anna = await control.scene.phone('anna').dial('1002');
  const ben = await control.rings('ben');
  await anna.playTone(1900);
  await Promise.all([hears(anna, ['ben']), hears(ben, ['anna'])]);
  await anna.hangUp();
  await ben.ended();
  await control.nothingLeft();
});

test('hold and mute over the API', async () => {
  const { id, line, anna } = await control.talk();
  await control.post(`/v1/contacts/${id}/hold`);
  await Promise.all([hears(line, ['music']), hears(anna, [])]);
  await control.post(`/v1/contacts/${id}/retrieve`);
  await control.post(`/v1/contacts/${id}/mute`);
  await Promise.all([hears(line, []), hears(anna, ['customer'])]);
  await control.post(`/v1/contacts/${id}/unmute`);
  await hears(line, ['anna']);
  await line.hangUp();
  await control.nothingLeft();
});

test('a conference with somebody outside over the API, who is sent away again', async () => {
  const { id, line, anna } = await control.talk();
  await control.post(`/v1/contacts/${id}/consult`, { number: '+49301234' });
  const outside = await control.outside();
  await Promise.all([hears(line, ['music']), hears(anna, ['outside'])]);
  await control.post(`/v1/contacts/${id}/consult/join`);
  await Promise.all([
    hears(line, ['anna', 'outside']),
    hears(anna, ['customer', 'outside']),
    hears(outside, ['customer', 'anna']),
  ]);
  await control.post(`/v1/contacts/${id}/consult/back`);
  await outside.ended();
  await Promise.all([hears(line, ['anna']), hears(anna, ['customer'])]);
  await line.hangUp();
  await control.nothingLeft();
});

test('a customer is handed to a flow over the API, and an attended transfer to a number goes on without us', async () => {
  const first = await control.talk();
  await control.post(`/v1/contacts/${first.id}/transfer`, { flow: 'words' });
  await first.anna.ended();
  await hears(first.line, ['music']);
  await first.line.hangUp();
  const { id, line, anna } = await control.talk();
  await control.post(`/v1/contacts/${id}/consult`, { number: '+49301234' });
  const outside = await control.outside();
  await hears(anna, ['outside']);
  await control.post(`/v1/contacts/${id}/consult/complete`);
  await anna.ended();
  await Promise.all([hears(line, ['outside']), hears(outside, ['customer'])]);
  await outside.hangUp();
  await line.ended();
  await control.nothingLeft();
});

test('story, recording and report follow the contact from one agent to the next', async () => {
  const fromMs = Date.now();
  const { id, line, anna } = await control.talk('300');
  await hears(line, ['anna']);
  await control.post(`/v1/contacts/${id}/consult`, { agent: 'ben' });
  const ben = await control.rings('ben');
  await hears(anna, ['ben']);
  await control.post(`/v1/contacts/${id}/consult/complete`);
  await hears(line, ['ben']);
  await ben.hangUp();
  await line.ended();
  const { timeline, summary } = await control.scene.story(id);
  assert.equal(timeline.filter(({ what }) => what === 'contact.handled').length, 2);
  assert.equal(summary.queues.length, 1, 'one stay in one queue');
  const kept = async () => {
    const { body } = await control.scene.exchange.get(`/v1/recordings?contact=${id}`);
    const { recordings } = body as { recordings: { agentId: string; queueId: string; channels: number }[] };
    return recordings.map(({ agentId, queueId, channels }) => `${agentId} ${queueId} ${channels}`).sort();
  };
  const parts = ['anna taped 2', 'ben taped 2'];
  await until('both parts are kept', async () => (await kept()).join() === parts.join() || undefined, { seen: kept });
  const path = `/v1/reports/queues?from=${fromMs}&to=${Date.now() + 1000}&queue=taped`;
  const { rows } = (await control.scene.exchange.get(path)).body as { rows: Record<string, number>[] };
  assert.deepEqual([rows[0]?.['offered'], rows[0]?.['answered']], [1, 1]);
  await control.nothingLeft();
});

test('a supervisor dials the code of an agent, listens, whispers, joins in and takes over by keys', async () => {
  const { id, line, anna } = await control.talk();
  const dialled = await control.scene.phone('bea').dial('*151001');
  await dialled.answered();
  await dialled.hangUp();
  const bea = await control.rings('bea');
  await Promise.all([hears(bea, ['customer', 'anna']), hears(line, ['anna']), hears(anna, ['customer'])]);
  await bea.press('5');
  await Promise.all([hears(anna, ['customer', 'bea']), hears(line, ['anna'])]);
  await bea.press('6');
  await Promise.all([hears(anna, ['customer', 'bea']), hears(line, ['anna', 'bea'])]);
  await bea.press('4');
  await Promise.all([hears(anna, ['customer']), hears(line, ['anna']), hears(bea, ['customer', 'anna'])]);
  await bea.press('*5');
  await anna.ended();
  await Promise.all([hears(line, ['bea']), hears(bea, ['customer'])]);
  await control.talksTo(id, 'bea');
  await control.scene.agentIs('anna', 'ready');
  await bea.hangUp();
  await line.ended();
  await control.nothingLeft();
  const { timeline } = await control.scene.story(id);
  for (const what of ['watch.started', 'watch.changed', 'watch.took_over', 'talk.handed_over']) {
    assert.ok(
      timeline.some((one) => one.what === what),
      what,
    );
  }
});

test('a watch that was asked for over the API goes with the talk to another agent and ends with it; the audit tells it', async () => {
  const fromMs = Date.now();
  const { id, line, anna } = await control.talk();
  const { id: watchId } = await control.post(`/v1/contacts/${id}/watch`, { supervisorId: 'bea', mode: 'whisper' });
  const bea = await control.rings('bea');
  await Promise.all([hears(bea, ['customer', 'anna']), hears(anna, ['customer', 'bea']), hears(line, ['anna'])]);
  await anna.press('*21002#');
  const ben = await control.rings('ben');
  await hears(ben, ['anna']);
  await anna.press('*5#');
  await anna.ended();
  await Promise.all([hears(bea, ['customer', 'ben']), hears(ben, ['customer', 'bea']), hears(line, ['ben'])]);
  await line.hangUp();
  await bea.ended();
  await control.nothingLeft();
  const told = async () => {
    const { body } = await control.scene.exchange.get(`/v1/audit?from=${fromMs}`);
    const { rows } = body as { rows: { what: string; by: string; agentId: string; about: string }[] };
    const mine = rows.filter(({ about }) => about === watchId);
    return mine.map(({ what, by, agentId }) => `${what} ${agentId} ${by}`);
  };
  const all = ['watch.started bea api', 'watch.stopped bea system'];
  await until('the audit tells the watch', async () => (await told()).join() === all.join() || undefined, {
    seen: told,
  });
});

test('who may not listen is told so by the phone and by the API, and no phone rings', async () => {
  const { id, line, anna } = await control.talk();
  const refused = await control.scene.exchange.post(`/v1/contacts/${id}/watch`, { supervisorId: 'ben' });
  assert.deepEqual(
    [refused.status, (refused.body as { error: { code: string } }).error.code],
    [403, 'supervision.not_allowed'],
  );
  const ben = control.scene.phone('ben');
  const dialled = await ben.dial('*151001');
  await dialled.answered();
  await ben.expectNoRingUntil(dialled.ended());
  await anna.hangUp();
  await line.ended();
  await control.nothingLeft();
});

test('who listens hears both sides while the agent consults, and the customer again afterwards', async () => {
  const { id, line, anna } = await control.talk('300');
  await control.post(`/v1/contacts/${id}/watch`, { supervisorId: 'bea', mode: 'listen' });
  const bea = await control.rings('bea');
  await hears(bea, ['customer', 'anna']);
  await anna.press('*21002#');
  const ben = await control.rings('ben');
  await Promise.all([hears(anna, ['ben']), hears(ben, ['anna']), hears(line, ['music'])]);
  await hears(bea, ['anna', 'ben']);
  await anna.press('*3');
  await ben.ended();
  await Promise.all([hears(line, ['anna']), hears(anna, ['customer'])]);
  await hears(bea, ['customer', 'anna']);
  await line.hangUp();
  await bea.ended();
  await control.nothingLeft();
});

test('a queue that is stopped lets its callers hear the words at once, and a talk goes on', async () => {
  const { line, anna } = await control.talk();
  const waiting = await control.scene.call('200');
  await control.scene.stageIs(waiting.from, 'waiting');
  await control.post('/v1/queues/sales/emergency', { flow: 'words' });
  await hears(waiting.line, ['music']);
  const { flowId } = (await control.scene.stageIs(waiting.from, 'flow')) as { flowId?: string };
  assert.equal(flowId, 'words');
  await Promise.all([hears(line, ['anna']), hears(anna, ['customer'])]);
  await control.scene.exchange.request('DELETE', '/v1/queues/sales/emergency');
  await Promise.all([line.hangUp(), waiting.line.hangUp()]);
  await control.nothingLeft();
});

test('a controller that dies takes nobody off: who listens goes on to, and what was stopped stays so', async () => {
  const { id, line, anna } = await control.talk();
  await control.post('/v1/queues/sales/emergency', { flow: 'words' });
  await control.post(`/v1/contacts/${id}/watch`, { supervisorId: 'bea', mode: 'listen' });
  const bea = await control.rings('bea');
  await hears(bea, ['customer', 'anna']);
  await control.scene.exchange.killController();
  await control.scene.exchange.startController();
  await Promise.all([hears(bea, ['customer', 'anna']), hears(anna, ['customer']), hears(line, ['anna'])]);
  await bea.press('5');
  await hears(anna, ['customer', 'bea']);
  const next = await control.scene.call('200');
  const { flowId } = (await control.scene.stageIs(next.from, 'flow')) as { flowId?: string };
  assert.equal(flowId, 'words');
  await control.scene.exchange.request('DELETE', '/v1/queues/sales/emergency');
  await Promise.all([line.hangUp(), next.line.hangUp()]);
  await bea.ended();
  await control.nothingLeft();
});
