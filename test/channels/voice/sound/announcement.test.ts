import assert from 'node:assert/strict';
import { test } from 'node:test';
import { announce } from '../../../../src/channels/voice/sound/announcement.ts';
import type { Announcer } from '../../../../src/channels/voice/sound/announcer.ts';
import { messageMs } from '../../../../src/channels/voice/sound/sound-bytes.ts';
import { until } from '../../../system/until.ts';

// One prompt that is spoken as it comes, against an announcer that writes down what it is told.

function listeningAnnouncer(fails: { join?: boolean } = {}) {
  const told: string[] = [];
  let sentMs = 0;
  let die = (): void => {};
  const over = new Promise<void>((resolve) => {
    die = resolve;
  });
  const announcer: Announcer = {
    async join() {
      told.push('join');
      if (fails.join) throw new Error('refused');
    },
    leave: () => void told.push('leave'),
    send(message) {
      sentMs += messageMs(message);
      if (told.at(-1) !== 'sound') told.push('sound');
    },
    heard: async () => void told.push('heard'),
    over,
    close: () => {},
  };
  return { announcer, told, die, sentMs: () => sentMs };
}

type Listening = ReturnType<typeof listeningAnnouncer>;

/** Begins to speak; time stands still unless it is set. */
function spoken(sound: AsyncIterable<Int16Array>, { announcer, told }: Listening) {
  return announce({
    sound,
    legChannelId: 'c',
    announcer: async () => announcer,
    makeRoom: () => void told.push('room'),
    now: () => 0,
  });
}

async function* pieces(count: number, lengthMs: number): AsyncGenerator<Int16Array> {
  for (let at = 0; at < count; at++) yield new Int16Array(lengthMs * 8);
}

const turns = async (): Promise<void> => {
  for (let at = 0; at < 50; at++) await new Promise((resolve) => setImmediate(resolve));
};

test('a prompt is spoken when there is something to be heard, and the leg is let go before its end is told', async () => {
  const listening = listeningAnnouncer();
  let give = (_: Int16Array): void => {};
  const first = new Promise<Int16Array>((resolve) => {
    give = resolve;
  });
  async function* slow(): AsyncGenerator<Int16Array> {
    yield await first;
  }
  const { result } = spoken(slow(), listening);
  await turns();
  // The engine still thinks: the customer goes on hearing music.
  assert.deepEqual(listening.told, []);
  give(new Int16Array(100));
  assert.equal(await result, 'done');
  assert.deepEqual(listening.told, ['room', 'join', 'sound', 'heard', 'leave']);
  // Whole frames: the rest of the second one is silence.
  assert.equal(listening.sentMs(), 20);
});

test('nothing to say is said at once', async () => {
  const listening = listeningAnnouncer();
  assert.equal(await spoken(pieces(0, 0), listening).result, 'done');
  assert.deepEqual(listening.told, []);
});

test('a source that breaks, a leg that cannot be joined and a socket that goes down are failures, and the leg is let go', async () => {
  async function* broken(): AsyncGenerator<Int16Array> {
    yield new Int16Array(800);
    throw new Error('the engine died');
  }
  const source = listeningAnnouncer();
  assert.equal(await spoken(broken(), source).result, 'failed');
  assert.equal(source.told.at(-1), 'leave');
  const leg = listeningAnnouncer({ join: true });
  assert.equal(await spoken(pieces(1, 100), leg).result, 'failed');
  assert.deepEqual(leg.told, ['room', 'join', 'leave']);
  const socket = listeningAnnouncer();
  const { result } = spoken(pieces(100, 500), socket);
  await turns();
  socket.die();
  assert.equal(await result, 'failed');
  const room = announce({
    sound: pieces(1, 100),
    legChannelId: 'c',
    announcer: () => Promise.reject(new Error('there are too many')),
    makeRoom: () => assert.fail('nothing comes in the place of what the customer hears'),
    now: () => 0,
  });
  assert.equal(await room.result, 'failed');
});

test('so much is sent ahead and no more; stopped, nothing more is sent and the source is told', async () => {
  const listening = listeningAnnouncer();
  let wasTold = false;
  async function* endless(): AsyncGenerator<Int16Array> {
    try {
      for (;;) yield new Int16Array(4000);
    } finally {
      wasTold = true;
    }
  }
  const announcement = spoken(endless(), listening);
  await turns();
  // Two seconds, and what was begun in them.
  assert.equal(listening.sentMs(), 2_500);
  announcement.end('done');
  assert.equal(await announcement.result, 'done');
  assert.equal(listening.told.at(-1), 'leave');
  announcement.end('failed');
  assert.equal(await announcement.result, 'done');
  await until('the source was told', () => wasTold || undefined);
  assert.equal(listening.sentMs(), 2_500);
});
