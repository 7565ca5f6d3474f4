import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Channel } from '../../../src/channels/voice/ari/generated.ts';
import { takeInventory } from '../../../src/channels/voice/inventory.ts';
import { keys, Lost } from '../../../src/channels/voice/lost.ts';
import { channel, doorAlone, refused } from './door-alone.ts';

async function found(channels: Channel[], bridges: object[] = [], stored: string[] = []) {
  const door = doorAlone();
  door.answers.set('channels.list', channels);
  door.answers.set('bridges.list', bridges);
  door.answers.set(
    'recordings.listStored',
    stored.map((name) => ({ name, format: 'wav' })),
  );
  door.answers.set('endpoints.listByTech', []);
  return (await takeInventory(door.ear.ari.request, 'strowger', door.ear.phones, 1_700_000_000_000)).inventory;
}

const at = (context: string, exten: string, app_name: string, app_data: string) => ({
  dialplan: { context, exten, priority: 1, app_name, app_data },
});

test('a caller is found while the detector listens, after it has, and on the channel that took its channel’s place', async () => {
  const { contacts } = await found([
    channel('a', at('machine-detection', 'caller', 'AMD', '2500')),
    channel('b', at('machine-detection', 'caller', 'Stasis', 'strowger,detected,caller,b,HUMAN')),
    channel('new', { accountcode: 'caller,,c,new', ...at('from-phone', 's', 'Stasis', 'strowger') }),
    channel('d', at('from-outside', '100', 'Playback', 'all-circuits-busy-now')),
  ]);
  assert.deepEqual(
    contacts.map(({ contactId }) => contactId),
    ['a', 'b', 'c'],
  );
});

test('a leg that rings is known with its purpose, and a customer of ours is named by the contact in its talk', async () => {
  const { calls, contacts } = await found(
    [
      channel('c.l1-a', { accountcode: 'asked,contact,c.l1-a', name: 'PJSIP/trunk-far-00000001' }),
      channel('c.l2-b', { accountcode: 'asked,consult,c.l2-b', state: 'Ringing' }),
    ],
    [
      { id: 'talk-c', channels: ['c.l1-a', 'c.o1-x'] },
      { id: 'room-monday', channels: [] },
      { id: 'other', channels: [] },
    ],
  );
  assert.deepEqual(contacts, []);
  assert.deepEqual(calls!.legs, [
    { legId: 'c.l1-a', contactId: 'c', purpose: 'contact', up: true },
    { legId: 'c.l2-b', contactId: 'c', purpose: 'consult', up: false },
  ]);
  assert.deepEqual(calls!.places, [
    { place: 'talk', contactId: 'c', legIds: ['c', 'c.o1-x'] },
    { place: 'room.monday', contactId: null, legIds: [] },
  ]);
});

test('callers and agents who took over the account code of a leg of ours, in a talk of three, are listed as what they are', async () => {
  const taken = { accountcode: 'asked,watch,c.l0-a' };
  const { contacts, offers, calls } = await found([
    channel('c', { ...taken, ...at('from-outside', '100', 'Stasis', 'strowger,caller') }),
    channel('c.o1-x', { ...taken, name: 'PJSIP/anna-00000001' }),
    channel('c.l0-a', { ...taken, name: 'PJSIP/bea-00000002' }),
  ]);
  assert.deepEqual(
    [contacts.map(({ contactId }) => contactId), offers.map(({ offerId }) => offerId), calls!.legs.length],
    [['c'], ['c.o1-x'], 1],
  );
});

test('who was called counts as not answered as long as the detector listens, and one who was answered before does not change', async () => {
  const mark = (legId: string) => ({ accountcode: `asked,contact,${legId}` });
  const { calls } = await found([
    channel('a.l1-a', { ...mark('a.l1-a'), ...at('machine-detection', 'new-contact', 'AMD', '2500') }),
    channel('b.l1-a', { ...mark('b.l1-a'), ...at('machine-detection', 'new-contact', 'Stasis', 'strowger,detected') }),
    channel('c.l1-a', { ...mark('c.l1-a'), ...at('machine-detection', 'contact', 'AMD', '2500') }),
  ]);
  assert.deepEqual(
    calls!.legs.map(({ up }) => up),
    [false, true, true],
  );
});

test('a recording runs as long as one of its snoop channels is there; files without any are left over', async () => {
  const { calls } = await found(
    [channel('c.r1-a-left', { name: 'Snoop/c-00000001' })],
    [],
    ['c.r1-a-left', 'c.r1-a-right', 'd.r1-b-left', 'greeting'],
  );
  assert.deepEqual(calls!.recordings, [
    { recordingId: 'c.r1-a', contactId: 'c', running: true, files: ['c.r1-a-left', 'c.r1-a-right'] },
    { recordingId: 'd.r1-b', contactId: 'd', running: false, files: ['d.r1-b-left'] },
  ]);
});

test('what is missing in two listings is forgotten: a leg in silence, a line and a recording with their ends', async () => {
  const door = doorAlone();
  door.do({ do: 'ring', offerId: 'c.o1-a', contactId: 'c', agentId: 'anna', from: '', deadlineMs: 1_700_000_020_000 });
  door.do({ do: 'open_line', agentId: 'ben' });
  door.do({ do: 'record', contactId: 'c', recordingId: 'c.r1-a', sides: { left: 'c', right: null } });
  door.answers.set('recordings.stop', refused('ari.not_found'));
  for (const operation of ['channels.list', 'bridges.list', 'recordings.listStored', 'endpoints.listByTech']) {
    door.answers.set(operation, []);
  }
  const lost = new Lost();
  for (const times of [1, 2]) {
    const found = await takeInventory(door.ear.ari.request, 'strowger', door.ear.phones, 1_700_000_000_000);
    lost.forget(door.ear, keys(door.ear), found);
    await door.settled();
    const kinds = door.events.map(({ kind }) => kind);
    assert.deepEqual(kinds, times === 1 ? [] : ['line.closed', 'recording.finished']);
    assert.equal(door.ear.legs.agent('c.o1-a') === undefined, times === 2);
  }
});
