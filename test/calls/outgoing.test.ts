import assert from 'node:assert/strict';
import { test } from 'node:test';
import { insideOf, targetOf } from '../../src/calls/outgoing/inside.ts';
import { type Load, type Wish, waysTo } from '../../src/calls/outgoing/ways.ts';
import { mayBeDialled, mayBeOrdered } from '../../src/model/call/dialled-number.ts';
import type { Outgoing } from '../../src/model/call/trunk.ts';
import type { Site } from '../../src/model/site.ts';
import { centre, OUTGOING, only, Switchboard, TRUNK } from './switchboard.ts';

const IDLE: Load = { calls: 0, callsOf: () => 0, cost: 0 };

function ways(number: string, more: Partial<Wish> = {}, load: Partial<Load> = {}, site: Site = centre()) {
  return waysTo(site, { number, callerId: null, ...more }, { ...IDLE, ...load });
}

function codeOf(...given: Parameters<typeof ways>): string {
  const found = ways(...given);
  return found.ok ? 'ok' : found.failure.code;
}

function outgoing(more: Partial<Outgoing>): Site {
  return centre({ outgoing: { ...OUTGOING, ...more } });
}

test('a number goes by the longest rule that fits, in the form that the trunk wants, over its trunks in order', () => {
  const found = ways('0170 123456');
  assert.ok(found.ok);
  assert.deepEqual(found.value.ways, [
    { trunkId: 'first', number: '0170123456', callerId: '+4930100', attempt: 0 },
    { trunkId: 'second', number: '0170123456', callerId: '+4930100', attempt: 1 },
  ]);
  const abroad = ways('001 555 123');
  assert.ok(abroad.ok);
  assert.deepEqual(abroad.value.ways, [{ trunkId: 'second', number: '+1555123', callerId: '+15550100', attempt: 0 }]);
});

test('what no rule allows is refused, and so is a rule without trunks, however long', () => {
  assert.equal(codeOf('+33 123 456'), 'outgoing.not_allowed');
  assert.equal(codeOf('0900 123456'), 'outgoing.not_allowed');
  assert.equal(codeOf('anna'), 'outgoing.number_invalid');
  assert.equal(codeOf(''), 'outgoing.number_invalid');
  assert.equal(codeOf('+49170123', {}, {}, outgoing({ rules: [] })), 'outgoing.not_allowed');
});

test('only numbers of the site are shown', () => {
  assert.equal(codeOf('0170123456', { callerId: '+4930200' }), 'ok');
  assert.equal(codeOf('0170123456', { callerId: '+4930999' }), 'outgoing.caller_id_not_allowed');
  const lenient = ways('0170123456', { callerId: '+4930999', lenient: true });
  assert.equal(lenient.ok && lenient.value.ways[0]?.callerId, '+4930100');
});

test('limits against toll fraud: calls at once, and what a day may cost', () => {
  assert.equal(codeOf('0170123456', {}, { calls: 9 }), 'ok');
  assert.equal(codeOf('0170123456', {}, { calls: 10 }), 'outgoing.calls_max');
  assert.equal(codeOf('0170123456', {}, { cost: 49 }), 'ok');
  assert.equal(codeOf('0170123456', {}, { cost: 50 }), 'outgoing.cost_max');
  assert.equal(codeOf('+1555123', {}, { cost: 50 }), 'ok');
});

test('a short number is dialled where a rule names it as a whole, and no limit stops it', () => {
  const rule = { prefix: '112', trunks: ['first'], callerId: null, costPerMinute: 1, strip: 0, add: '' };
  const urgent = outgoing({ rules: [rule] });
  const busy: Partial<Load> = { calls: 1000, callsOf: () => 1000, cost: 1_000_000 };
  const found = ways('112', {}, busy, urgent);
  assert.deepEqual(found.ok && found.value.ways, [
    { trunkId: 'first', number: '112', callerId: '+4930100', attempt: 0 },
  ]);
  assert.equal(codeOf('1123', {}, {}, urgent), 'outgoing.not_allowed');
  assert.equal(codeOf('112'), 'outgoing.not_allowed', 'without the rule');
  assert.ok(mayBeDialled(urgent.outgoing, '112'));
  assert.ok(!mayBeOrdered(urgent.outgoing, '112'), 'nobody is called back there');
});

test('a trunk that is full is left out, and all of them full is told', () => {
  const full = (...ids: string[]): Partial<Load> => ({ callsOf: (id) => (ids.includes(id) ? TRUNK.callsMax : 0) });
  const found = ways('0170123456', {}, full('first'));
  assert.equal(found.ok && found.value.ways[0]?.trunkId, 'second');
  assert.equal(codeOf('0170123456', {}, full('first', 'second')), 'outgoing.trunks_busy');
});

test('extensions of agents and queues are reached inside', () => {
  assert.deepEqual(insideOf(centre(), '201'), { agentId: 'ben', queueId: '@ben' });
  assert.deepEqual(insideOf(centre(), '300'), { agentId: null, queueId: 'support' });
  assert.deepEqual(targetOf(centre(), '030 123'), { to: 'number', number: '030 123' });
});

/** A caller for whom the flow dials a number that costs 1 a minute. */
function dial(room: Switchboard, contactId: string) {
  room.arrive(contactId);
  const targets = [{ to: 'number', number: '0170123456' }] as const;
  const plain = {
    talkMs: null,
    callerId: null,
    music: null,
    headers: {},
    whisper: [],
    confirmKey: null,
    record: false,
  };
  const dialled = { order: 'parallel', ringMs: 30_000, targets, ...plain } as const;
  return room.take({ kind: 'dial.asked', atMs: room.nowMs, contactId, ...dialled });
}

test('what calls cost is counted by minutes begun, those that are up included, and begins anew with the day', () => {
  const room = new Switchboard(outgoing({ costPerDayMax: 3 }));
  dial(room, 'c1');
  room.legAnswered();
  room.nowMs += 61_000;
  assert.ok(only(dial(room, 'c2'), 'leg.asked'));
  assert.equal(only(dial(room, 'c3'), 'leg.refused').code, 'outgoing.cost_max');
  room.legEnded('hung_up', room.journal.find((event) => event.kind === 'leg.asked')!.legId, 'c1');
  room.customerEnds('c2');
  assert.deepEqual(room.calls.spent.cost, 2);
  room.nowMs += 24 * 3_600_000;
  assert.ok(only(dial(room, 'c4'), 'leg.asked'));
});

test('calls at once are counted over all contacts, and a leg that is over makes room', () => {
  const room = new Switchboard(outgoing({ callsMax: 1 }));
  dial(room, 'c1');
  assert.equal(only(dial(room, 'c2'), 'leg.refused').code, 'outgoing.calls_max');
  room.customerEnds('c1');
  assert.ok(only(dial(room, 'c3'), 'leg.asked'));
});
