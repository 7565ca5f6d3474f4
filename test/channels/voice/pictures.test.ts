import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picturesOf } from '../../../src/channels/voice/equipment/codecs.ts';
import { takeInventory } from '../../../src/channels/voice/inventory.ts';
import { channel, doorAlone } from './door-alone.ts';

/** What Asterisk is asked for when an agent is rung for a caller of whom the dialplan says this. */
function formatsFor(...said: string[]): unknown {
  const door = doorAlone();
  door.hear({ type: 'StasisStart', args: ['caller', ...said], channel: channel('c') });
  const offer = { offerId: 'c.o1-a', contactId: 'c', agentId: 'anna', from: '+1', deadlineMs: 1_700_000_020_000 };
  door.do({ do: 'ring', ...offer });
  assert.equal(door.asked.length, 1, 'one request, with pictures and without');
  return door.asked[0]!.parameters['formats'];
}

test('an agent is offered the pictures that the caller has', () => {
  assert.equal(formatsFor('(h264)'), 'slin,h264');
  assert.equal(formatsFor('(vp8|h264)'), 'slin,vp8,h264');
});

test('for a caller without pictures nothing is said about formats', () => {
  for (const said of [['(nothing)'], [''], []]) assert.equal(formatsFor(...said), undefined);
});

test('pictures that are not handed through count as none', () => {
  assert.deepEqual(picturesOf('(h263|mpeg4|vp9)'), []);
  assert.deepEqual(picturesOf('(h263|h264)'), ['h264']);
});

test('a life after this one reads them from the place in the dialplan', async () => {
  const door = doorAlone();
  const place = { context: 'from-trunk', exten: '100', priority: 1, app_name: 'Stasis' };
  const caller = (id: string, app_data: string) => channel(id, { dialplan: { ...place, app_data } });
  door.answers.set('channels.list', [caller('a', 'strowger,caller,(h264)'), caller('b', 'strowger,phone,(nothing)')]);
  for (const list of ['bridges.list', 'recordings.listStored', 'endpoints.listByTech']) door.answers.set(list, []);
  const { legs } = await takeInventory(door.ear.ari.request, 'strowger', door.ear.phones, 1_700_000_000_000);
  assert.deepEqual(
    legs.map((leg) => (leg.role === 'caller' ? leg.pictures : undefined)),
    [['h264'], []],
  );
});
