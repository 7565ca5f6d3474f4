import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takeInventory } from '../../../src/channels/voice/inventory.ts';
import { talkBridge, watchSnoop } from '../../../src/channels/voice/names.ts';
import { channel, type DoorAlone, doorAlone } from './door-alone.ts';

const [CUSTOMER, AGENT, COLLEAGUE, SUPERVISOR] = [
  '1700000000.1',
  '1700000000.1.o1-a',
  '1700000000.1.l1-b',
  '1700000000.1.l0-c',
];

/** An agent talks to a customer, and a supervisor watches over it. */
async function watched(mode: 'listen' | 'whisper'): Promise<DoorAlone> {
  const door = doorAlone();
  const talk = { id: talkBridge(CUSTOMER!), channels: [CUSTOMER, AGENT] };
  door.answers.set('bridges.list', [{ id: 'another', channels: [CUSTOMER] }, talk]);
  door.do({ do: 'watch', contactId: CUSTOMER!, legId: SUPERVISOR!, targetLegId: AGENT!, mode });
  await door.settled();
  return door;
}

/** Whom the snoop channels hear that were asked for since the last time, and how many were let go. */
function heard(door: DoorAlone): { heard: string[]; letGo: number } {
  const asked = door.asked.splice(0);
  const snoops = asked.filter(({ operation }) => operation === 'channels.snoopChannelWithId');
  return {
    heard: snoops.map(({ parameters }) => `${parameters['channelId']} ${parameters['spy']}`),
    letGo: asked.filter(({ operation }) => operation === 'channels.hangup').length,
  };
}

test('who listens hears what each of those says who hear each other: both sides of one channel go deaf on one (Asterisk 22.10.1)', async () => {
  const door = await watched('listen');
  assert.deepEqual(heard(door), { heard: [`${AGENT} in`, `${CUSTOMER} in`], letGo: 0 });
  door.do({ do: 'part', contactId: CUSTOMER!, place: 'talk', legIds: [CUSTOMER!] });
  assert.deepEqual(heard(door), { heard: [], letGo: 1 }, 'who is on hold is not listened to');
  door.do({ do: 'join', contactId: CUSTOMER!, place: 'aside', legIds: [AGENT!, COLLEAGUE!] });
  assert.deepEqual(heard(door), { heard: [`${COLLEAGUE} in`], letGo: 0 });
  door.do({ do: 'join', contactId: CUSTOMER!, place: 'talk', legIds: [CUSTOMER!, AGENT!] });
  assert.deepEqual(heard(door), { heard: [`${CUSTOMER} in`], letGo: 1 });
});

test('who whispers has one channel for all, since what is in the place of a watch is whispered', async () => {
  const door = await watched('whisper');
  assert.deepEqual(heard(door), { heard: [`${AGENT} both`], letGo: 0 });
  door.do({ do: 'join', contactId: CUSTOMER!, place: 'aside', legIds: [AGENT!, COLLEAGUE!] });
  assert.deepEqual(heard(door), { heard: [], letGo: 0 });
  door.do({ do: 'watch', contactId: CUSTOMER!, legId: SUPERVISOR!, targetLegId: AGENT!, mode: 'listen' });
  await door.settled();
  assert.deepEqual(heard(door), { heard: [`${AGENT} in`, `${CUSTOMER} in`], letGo: 1 });
});

test('after a restart a watch is known with all that it hears by, and by its name whether the agent hears it', async () => {
  const door = doorAlone();
  const snoop = (part: number | undefined, target: string) =>
    channel(watchSnoop(SUPERVISOR!, 5, part), { name: `Snoop/${target}-0000000a` });
  door.answers.set('channels.list', [snoop(0, AGENT!), snoop(7, CUSTOMER!)]);
  for (const operation of ['bridges.list', 'recordings.listStored', 'endpoints.listByTech', 'deviceStates.list'])
    door.answers.set(operation, []);
  const { ari, app, phones } = door.ear;
  const { inventory, watches } = await takeInventory(ari.request, app, phones, 1);
  assert.deepEqual(inventory.calls?.watches, [{ legId: SUPERVISOR, targetLegId: AGENT }]);
  const others = new Map([[CUSTOMER, watchSnoop(SUPERVISOR!, 5, 7)]]);
  assert.deepEqual(watches, [
    { legId: SUPERVISOR, targetLegId: AGENT, mode: 'listen', snoopId: watchSnoop(SUPERVISOR!, 5, 0), others },
  ]);
  door.answers.set('channels.list', [snoop(undefined, AGENT!)]);
  assert.equal((await takeInventory(ari.request, app, phones, 1)).watches[0]?.mode, 'whisper');
});
