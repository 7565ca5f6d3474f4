import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { transcribe } from '../../../src/controller/transcription/transcriber.ts';
import type { Event } from '../../../src/model/event.ts';
import type { Site } from '../../../src/model/site.ts';
import { site } from '../../acd/site.ts';
import { flowSet, Rooms } from '../hall-state.ts';
import { HallOfRooms } from '../talking-hall.ts';
import { HearingInMemory, said } from './hearing.ts';

const AGENTS = { anna: { extension: '200', queues: ['sales'] }, ben: { extension: '201', queues: ['sales'] } };

/** A hall whose queue sales is written down, with ears of which the test is the mouth. */
function house(of: Site = site(AGENTS, { sales: { transcribe: { language: null } } })) {
  const rooms = new Rooms(flowSet(of));
  const hall = new HallOfRooms(rooms);
  const hearing = new HearingInMemory();
  const log: object[] = [];
  const open = () => transcribe(hall, hearing, { warn: (fields) => void log.push(fields) });
  const transcriber = open();
  const tell = (event: object): void => void hall.enter({ atMs: hall.now(), ...event } as Event);
  const talk = async (contactId = 'c1', agentId = 'anna'): Promise<void> => {
    rooms.readyAgent(agentId);
    rooms.arrive(contactId);
    rooms.press(contactId, '1');
    const [offerId] = rooms.state.acd.items.get(contactId)!.offers;
    tell({ kind: 'offer.answered', offerId });
    await turned();
  };
  const pieces = (): string[] =>
    rooms.journal.flatMap((event) =>
      event.kind === 'transcript.heard' ? [`${event.speaker} ${event.agentId ?? ''}: ${event.text}`] : [],
    );
  const failures = (): string[] =>
    rooms.journal.flatMap((event) => (event.kind === 'transcription.failed' ? [`${event.speaker} ${event.code}`] : []));
  return { rooms, hall, hearing, log, open, transcriber, tell, talk, pieces, failures };
}

/** Promises that are settled have been taken note of. */
async function turned(): Promise<void> {
  for (let turns = 0; turns < 5; turns++) await new Promise(setImmediate);
}

test('both sides of a talk are heard apart, and what is heard stands in the journal', async () => {
  const { hearing, talk, pieces, rooms } = house();
  await talk();
  const [customer, agent] = hearing.turns;
  assert.equal(hearing.tapped().length, 2);
  assert.equal(hearing.tapped()[0], 'c1');
  assert.deepEqual(customer?.order.continuous, true);
  assert.equal(customer?.order.language, 'en');
  customer?.tell(said('i need help'));
  agent?.tell(said('of course'));
  assert.deepEqual(pieces(), ['customer : i need help', 'agent anna: of course']);
  const heard = rooms.journal.find((event) => event.kind === 'transcript.heard');
  assert.equal(heard?.kind === 'transcript.heard' && heard.engine, 'pocketsphinx');
});

test('when it was said is counted from the first sound, and never lies in the future', async () => {
  const { hearing, talk, rooms } = house();
  await talk();
  rooms.nowMs = 2_000_000;
  hearing.taps[0]?.frame();
  rooms.nowMs = 2_005_000;
  hearing.turns[0]?.tell(said('one', 1_000, 2_500));
  hearing.turns[0]?.tell(said('two', 4_000, 9_000));
  const times = rooms.journal.flatMap((event) =>
    event.kind === 'transcript.heard' ? [[event.fromMs, event.toMs]] : [],
  );
  assert.deepEqual(times, [
    [2_000_980, 2_002_480],
    [2_003_980, 2_005_000],
  ]);
});

test('what was not understood is no piece, and what is not whole yet is told and not kept', async () => {
  const { hearing, talk, hall, pieces } = house();
  await talk();
  const signals: object[] = [];
  hall.follow({ batch: () => undefined, signal: (signal) => void signals.push(signal) });
  hearing.turns[0]?.tell(said(''));
  hearing.turns[0]?.tell({ what: 'partial', text: 'i ne' });
  hearing.turns[0]?.tell({ what: 'noise' });
  assert.deepEqual(pieces(), []);
  assert.deepEqual(signals, [{ what: 'partial_transcript', contactId: 'c1', speaker: 'customer', text: 'i ne' }]);
});

test('on hold nobody is heard, and what was being said is dropped; then it goes on', async () => {
  const { hearing, talk, tell } = house();
  await talk();
  tell({ kind: 'call.held', contactId: 'c1', legId: 'x', by: 'api' });
  assert.deepEqual(hearing.tapped(), []);
  assert.deepEqual(
    hearing.turns.map(({ stopped, frames }) => [stopped, frames.length]),
    [
      [true, 0],
      [true, 0],
    ],
  );
  tell({ kind: 'call.retrieved', contactId: 'c1', legId: 'x', by: 'api' });
  await turned();
  assert.equal(hearing.tapped().length, 2);
});

test('what the customer says last is told although the call is over by then', async () => {
  const { hearing, talk, tell, pieces } = house();
  await talk();
  tell({ kind: 'contact.ended', contactId: 'c1', cause: 'hung_up', endedBy: 'customer' });
  assert.deepEqual(hearing.tapped(), []);
  const [customer] = hearing.turns;
  assert.ok(customer!.frames.length * 20 >= 800, 'silence, which ends what is said');
  assert.equal(customer?.stopped, false);
  customer?.tell(said('good bye'));
  assert.deepEqual(pieces(), ['customer : good bye']);
});

test('after a hand-over the customer is heard on, and the new agent instead of the old one', async () => {
  const { hearing, talk, tell, rooms } = house();
  await talk();
  const before = hearing.tapped();
  const [fromOfferId] = before.slice(1);
  const [watch] = [`c1.l9`];
  tell({ kind: 'talk.handed_over', contactId: 'c1', fromOfferId, offerId: watch, agentId: 'ben', queueId: 'sales' });
  await turned();
  assert.deepEqual(hearing.tapped(), ['c1', watch]);
  assert.equal(hearing.turns.length, 3, 'the turn of the customer goes on');
  hearing.turns[2]?.tell(said('ben here'));
  const last = rooms.journal.findLast((event) => event.kind === 'transcript.heard');
  assert.equal(last?.kind === 'transcript.heard' && last.agentId, 'ben');
});

test('a controller that begins anew listens to the calls that are there as soon as the door agrees', async () => {
  const { talk, hall, transcriber, tell, hearing, log } = house();
  await talk();
  transcriber.close();
  assert.deepEqual(hearing.tapped(), []);
  const later = new HearingInMemory();
  transcribe(hall, later, { warn: (fields) => void log.push(fields) });
  tell({ kind: 'controller.started', release: 'x' });
  await turned();
  assert.deepEqual(later.tapped(), []);
  tell({ kind: 'door.agreed', door: 'voice' });
  await turned();
  assert.equal(later.tapped().length, 2);
});

test('while the door is lost nobody listens', async () => {
  const { talk, tell, hearing } = house();
  await talk();
  tell({ kind: 'door.lost', door: 'voice', reason: 'cut' });
  assert.deepEqual(hearing.tapped(), []);
  tell({ kind: 'door.agreed', door: 'voice' });
  await turned();
  assert.equal(hearing.tapped().length, 2);
});

test('a side that cannot be heard is told once, and tried again; the other side goes on', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const { talk, hearing, failures, log, pieces } = house();
    await talk();
    const [customer, agent] = hearing.turns;
    customer?.tell({ what: 'failed', code: 'recognition.engine_failed' });
    assert.deepEqual(failures(), ['customer recognition.engine_failed']);
    assert.equal(hearing.tapped().length, 1);
    agent?.tell(said('still here'));
    assert.deepEqual(pieces(), ['agent anna: still here']);
    hearing.refused = 'recognition.busy';
    mock.timers.tick(2_000);
    await turned();
    assert.deepEqual(failures().length, 1);
    hearing.refused = undefined;
    mock.timers.tick(10_000);
    await turned();
    assert.equal(hearing.tapped().length, 2);
    hearing.turns.at(-1)?.tell(said('again'));
    assert.deepEqual(pieces().length, 2);
    assert.deepEqual(log, [{ code: 'recognition.engine_failed' }], 'no word of it stands in the log');
  } finally {
    mock.timers.reset();
  }
});

test('a leg that cannot be listened to, or stops, is a failure with its code', async () => {
  const { talk, hearing, failures } = house();
  hearing.noSound = 'ari.not_found';
  await talk();
  assert.deepEqual(failures(), ['customer ari.not_found', 'agent ari.not_found']);

  const other = house();
  await other.talk();
  other.hearing.taps[1]?.lose();
  await turned();
  assert.deepEqual(other.failures(), ['agent transcription.no_sound']);
});

test('nothing is heard of a call that nobody wants written down', async () => {
  const { talk, hearing } = house(site(AGENTS, { sales: {} }));
  await talk();
  assert.deepEqual([hearing.tapped(), hearing.turns], [[], []]);
});
