import assert from 'node:assert/strict';
import { beforeEach, describe, mock, test } from 'node:test';
import type { Tap } from '../../../src/channels/channel.ts';
import type { Follower } from '../../../src/controller/hall.ts';
import { CALLS_MAX, listenFor } from '../../../src/controller/listening/listen-for.ts';
import type { Event } from '../../../src/model/event.ts';
import type { Heard } from '../../../src/recognition/ears.ts';
import { phrasesOrder } from '../../spoken/listen-order.ts';

const ORDER = phrasesOrder('en', ['sales']);
const FINAL: Heard = {
  what: 'final',
  text: 'sales',
  confidence: 0.9,
  alternatives: [],
  engine: 'pocketsphinx',
  endedBy: 'silence',
  tookMs: 700.4,
  fromMs: 0,
  toMs: 0,
};

/** A hall, ears and the sound of calls in the hand of a test. */
class Room {
  nowMs = 1_000;
  readonly entered: Event[] = [];
  readonly taps: { readonly contactId: string; speak(frame: Int16Array): void; closed: boolean; end(): void }[] = [];
  readonly turns: { told(heard: Heard): void; readonly frames: Int16Array[]; stopped: boolean }[] = [];
  hears = true;
  noSound: Error | null = null;
  readonly warned: object[] = [];
  #follower: Follower | undefined;
  readonly listening = listenFor(
    {
      now: () => this.nowMs,
      enter: (event) => {
        this.entered.push(event);
        return 'kept';
      },
      follow: (follower) => {
        this.#follower = follower;
        return () => {
          this.#follower = undefined;
        };
      },
    },
    {
      ears: {
        hears: () => this.hears,
        listen: (_order, told) => {
          const turn = { told, frames: [] as Int16Array[], stopped: false };
          this.turns.push(turn);
          return {
            write: (frame) => void turn.frames.push(frame),
            stop: () => {
              turn.stopped = true;
            },
          };
        },
      },
      sound: { tap: (contactId) => this.#tap(contactId) },
    },
    { warn: (fields) => void this.warned.push(fields) },
  );

  async #tap(contactId: string): Promise<Tap> {
    if (this.noSound) throw this.noSound;
    let listener: ((frame: Int16Array) => void) | undefined;
    let end = (): void => undefined;
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    const tap = { contactId, speak: (frame: Int16Array) => listener?.(frame), closed: false, end };
    this.taps.push(tap);
    return {
      over,
      onFrame: (one) => {
        listener = one;
        return () => {
          listener = undefined;
        };
      },
      close: () => {
        tap.closed = true;
      },
    };
  }

  happens(...events: Event[]): void {
    this.#follower?.batch(events);
  }

  async starts(listenId: string, contactId = 'c1'): Promise<void> {
    this.happens({ kind: 'listening.started', atMs: this.nowMs, contactId, listenId, order: ORDER });
    // The tap opens, and what follows from it.
    for (let turns = 0; turns < 5; turns++) await Promise.resolve();
  }

  stops(listenId: string): void {
    this.happens({ kind: 'listening.stopped', atMs: this.nowMs, contactId: 'c1', listenId });
  }
}

const frame = (value: number): Int16Array => new Int16Array(160).fill(value);
let room: Room;
beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
  room = new Room();
});

describe('a turn', () => {
  test('hears the customer of the call, and what is heard comes as events', async () => {
    await room.starts('c1.h1');
    room.taps[0]!.speak(frame(7));
    assert.deepEqual(room.turns[0]!.frames, [frame(7)]);
    const { told } = room.turns[0]!;
    told({ what: 'started', bargesIn: false });
    told({ what: 'started' });
    told({ what: 'partial', text: 'sa' });
    told({ what: 'noise' });
    told({ ...FINAL, alternatives: [{ text: 'tails', confidence: 0.6 }] });
    const head = { atMs: 1_000, contactId: 'c1', listenId: 'c1.h1' };
    assert.deepEqual(room.entered, [
      { kind: 'speech.started', ...head, bargesIn: false },
      { kind: 'speech.started', ...head },
      { kind: 'speech.missed', ...head },
      {
        kind: 'speech.heard',
        ...head,
        text: 'sales',
        confidence: 0.9,
        alternatives: [{ text: 'tails', confidence: 0.6 }],
        engine: 'pocketsphinx',
        endedBy: 'silence',
        tookMs: 700,
      },
    ]);
  });

  test('tells nothing more when the flow has ended it', async () => {
    await room.starts('c1.h1');
    room.stops('c1.h1');
    assert.equal(room.turns[0]!.stopped, true);
    room.turns[0]!.told(FINAL);
    room.taps[0]!.speak(frame(1));
    assert.deepEqual(room.entered, []);
    assert.deepEqual(room.turns[0]!.frames, []);
  });

  test('takes the place of the one before, on the same tap', async () => {
    await room.starts('c1.h1');
    await room.starts('c1.h2');
    assert.equal(room.taps.length, 1);
    room.stops('c1.h1');
    room.taps[0]!.speak(frame(1));
    assert.deepEqual([room.turns[0]!.frames.length, room.turns[1]!.frames.length], [0, 1]);
  });

  test('has what was said just before it, and not what the turn before heard', async () => {
    await room.starts('c1.h1');
    room.taps[0]!.speak(frame(1));
    room.turns[0]!.told(FINAL);
    for (let count = 2; count < 40; count++) room.taps[0]!.speak(frame(count));
    await room.starts('c1.h2');
    assert.deepEqual(
      room.turns[1]!.frames.map(([first]) => first),
      Array.from({ length: 25 }, (_, at) => at + 15),
    );
  });

  test('does not hear the rest of a phrase that was taken before its end', async () => {
    await room.starts('c1.h1');
    room.turns[0]!.told({ ...FINAL, endedBy: 'match' });
    await room.starts('c1.h2');
    room.taps[0]!.speak(frame(1));
    room.nowMs += 400;
    room.taps[0]!.speak(frame(2));
    assert.deepEqual(room.turns[1]!.frames, [frame(2)]);
  });
});

describe('the sound of a call', () => {
  test('is let go when nobody listens for a while', async () => {
    await room.starts('c1.h1');
    room.stops('c1.h1');
    mock.timers.tick(4_999);
    assert.equal(room.taps[0]!.closed, false);
    mock.timers.tick(1);
    assert.equal(room.taps[0]!.closed, true);
    await room.starts('c1.h2');
    assert.equal(room.taps.length, 2);
  });

  test('is not asked for where nobody hears the language', async () => {
    room.hears = false;
    await room.starts('c1.h1');
    room.turns[0]!.told({ what: 'failed', code: 'recognition.no_engine' });
    assert.deepEqual([room.taps.length, room.entered.map(({ kind }) => kind)], [0, ['speech.failed']]);
    assert.deepEqual(room.warned, [{ code: 'recognition.no_engine' }]);
  });

  test('that cannot be had is told, and the turn is over', async () => {
    room.noSound = Object.assign(new Error('gone'), { code: 'sound.leg_gone' });
    await room.starts('c1.h1');
    assert.deepEqual(room.entered, [
      { kind: 'speech.failed', atMs: 1_000, contactId: 'c1', listenId: 'c1.h1', code: 'sound.leg_gone' },
    ]);
    assert.equal(room.turns[0]!.stopped, true);
  });

  test('is opened anew when its socket breaks, and given up when it breaks again', async () => {
    await room.starts('c1.h1');
    room.taps[0]!.end();
    for (let turns = 0; turns < 5; turns++) await Promise.resolve();
    room.taps[1]!.speak(frame(1));
    assert.equal(room.turns[0]!.frames.length, 1);
    room.taps[1]!.end();
    for (let turns = 0; turns < 5; turns++) await Promise.resolve();
    assert.deepEqual(
      room.entered.map((event) => 'code' in event && event.code),
      ['listening.no_sound'],
    );
  });

  test('is closed, with the turn, when the call ends, the door is lost, or the server stops', async () => {
    const ends: readonly (() => void)[] = [
      () => room.happens({ kind: 'contact.ended', atMs: 1, contactId: 'c1', cause: 'hung_up', endedBy: 'customer' }),
      () => room.happens({ kind: 'door.lost', atMs: 1, door: 'voice', reason: 'gone' }),
      () => room.listening.close(),
    ];
    for (const end of ends) {
      room = new Room();
      await room.starts('c1.h1');
      end();
      room.turns[0]!.told(FINAL);
      assert.deepEqual([room.taps[0]!.closed, room.turns[0]!.stopped, room.entered], [true, true, []]);
    }
  });

  test('that comes when the turn is over already is closed at once', async () => {
    const starting = room.starts('c1.h1');
    room.stops('c1.h1');
    room.happens({ kind: 'contact.ended', atMs: 1, contactId: 'c1', cause: 'hung_up', endedBy: 'customer' });
    await starting;
    assert.equal(room.taps[0]!.closed, true);
  });

  test('is had of so many calls at once, and in one more the step goes on by keys', async () => {
    for (let count = 0; count < CALLS_MAX; count++) {
      room.happens({
        kind: 'listening.started',
        atMs: 1,
        contactId: `c${count}`,
        listenId: `c${count}.h1`,
        order: ORDER,
      });
    }
    await room.starts('more.h1', 'more');
    assert.equal(room.entered.length, 1);
    assert.deepEqual(room.entered[0], {
      kind: 'speech.failed',
      atMs: 1_000,
      contactId: 'more',
      listenId: 'more.h1',
      code: 'listening.full',
    });
  });
});
