import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VoiceDoor } from '../../../src/channels/voice/voice-door.ts';
import type { DoorEvent } from '../../../src/model/event.ts';
import { startFakeAsterisk } from './ari/fake-asterisk.ts';

/** Opens a door to an Asterisk of this version, waits until the door has told what it thinks of it, and closes it. */
async function doorTo(version: string): Promise<{ detail: string; up: boolean; events: DoorEvent[] }> {
  const fake = await startFakeAsterisk();
  fake.answer = () => ({ status: 200, body: { system: { version } } });
  fake.onHttp = (_request, response) => response.end('{}');
  const events: DoorEvent[] = [];
  let tell = (): void => {};
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const note = (fields: object): void => {
    if (JSON.stringify(fields).includes(version)) tell();
  };
  const door = new VoiceDoor({
    ariUrl: fake.url,
    app: 'strowger',
    host: { take: (event) => (events.push(event) > 0 ? 'kept' : 'lost'), now: Date.now },
    phonePassword: async () => 'secret',
    secret: () => undefined,
    music: { file: '/nowhere/music.conf', pathOf: (_version, name) => name },
    equippedFile: '/nowhere/equipped.json',
    log: { info: note, warn: note },
  });
  try {
    await door.open();
    await told;
    const { detail, up } = door.health();
    return { detail, up, events: [...events] };
  } finally {
    await door.close();
    await fake.close();
  }
}

test('an Asterisk that is too old is refused in words, and no call is taken from it', { timeout: 10_000 }, async () => {
  const { detail, up, events } = await doorTo('20.6.0');
  assert.equal(up, false);
  assert.match(detail, /20\.6\.0, but 22\.10\.1 or newer is needed/);
  assert.deepEqual(events, []);
});

test('an Asterisk that is new enough opens the door', { timeout: 10_000 }, async () => {
  const { detail, up, events } = await doorTo('22.10.1');
  assert.deepEqual([up, detail], [true, 'Asterisk 22.10.1']);
  assert.deepEqual(
    events.map((event) => event.kind),
    ['door.opened'],
  );
});
