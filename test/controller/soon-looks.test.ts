import assert from 'node:assert/strict';
import { after, before, mock, test } from 'node:test';
import type { Door, Inventory } from '../../src/channels/channel.ts';
import { Hall } from '../../src/controller/hall.ts';
import { emptyState } from '../../src/controller/state.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { flowSet } from './hall-state.ts';

// The policy: what seems wrong is looked at again soon, so that two looks do not take two whole pauses; and never without end.

const PAUSE_MS = 1000;
const SOON_MS = 500;

before(() => mock.timers.enable({ apis: ['setTimeout'] }));
after(() => mock.timers.reset());

type Call = Inventory['contacts'][number];
const unheardOf = (contactId: string): Call => ({
  contactId,
  legId: contactId,
  up: false,
  from: '1',
  to: '100',
  sinceMs: 0,
});

/** A hall at a door behind which the test puts calls; `looks` counts how often it was looked at. */
async function house() {
  const behind = { calls: [] as Call[], looks: 0 };
  const inventory = async (): Promise<Inventory> => {
    behind.looks += 1;
    return { askedAtMs: 0, contacts: behind.calls, offers: [], talks: [], phones: [] };
  };
  const door: Door = {
    name: 'voice',
    far: { equip: async () => undefined, inventory, remove: () => undefined },
    open: async () => undefined,
    perform: () => undefined,
    health: () => ({ up: true, detail: '', sinceMs: 0 }),
    close: async () => undefined,
  };
  const hall = new Hall({
    state: emptyState(),
    journal: { append: () => 1, crowded: () => false } as Partial<Journal> as Journal,
    mouth: {
      render: async () => ({ ok: true, value: 'words' }),
      say: async () => ({ ok: true, value: { file: 'words' } }),
      join: async function* () {},
    },
    web: { send: () => Promise.reject(new Error('no flow here asks anybody')) },
    recorded: async (recordingId) => ({ ok: true, value: { recording: recordingId } }),
    recordingPath: (version, file) => `${version}/${file}`,
    now: () => 1_000_000,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    onJournalLost: () => undefined,
  });
  hall.use(door);
  hall.enter({ kind: 'flows.loaded', atMs: hall.now(), flows: flowSet() });
  hall.doorway('voice').take({ kind: 'door.opened', atMs: hall.now(), door: 'voice' });
  while (!hall.doorway('voice').agreed) await settled();
  return { hall, behind, known: () => [...hall.state.contacts.keys()] };
}

const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

async function pass(ms: number): Promise<void> {
  mock.timers.tick(ms);
  for (let turn = 0; turn < 5; turn += 1) await settled();
}

test('a call that nobody heard of is taken in by the second look, which comes soon after the first', async () => {
  const { hall, behind, known } = await house();
  behind.calls = [unheardOf('c1')];
  await pass(PAUSE_MS);
  assert.deepEqual(known(), []);
  await pass(SOON_MS);
  assert.deepEqual(known(), ['c1']);
  hall.close();
});

test('where something always seems wrong, two looks come soon and the next one after the usual pause', async () => {
  const { hall, behind } = await house();
  const looks: number[] = [];
  for (let half = 1; half <= 16; half += 1) {
    // Another call each time: it is gone before the second look.
    behind.calls = [unheardOf(`c${half}`)];
    const before = behind.looks;
    await pass(SOON_MS);
    if (behind.looks > before) looks.push(half);
  }
  assert.deepEqual(looks, [2, 3, 4, 6, 7, 8, 10, 11, 12, 14, 15, 16]);
  hall.close();
});

test('after something was put right it is looked at again soon, for what hung on it; and not without end', async () => {
  const { hall, behind } = await house();
  const looks: number[] = [];
  for (let half = 1; half <= 20; half += 1) {
    // A new call that stays for two looks, again and again: every second look takes one in.
    behind.calls = [unheardOf(`c${Math.floor(half / 2)}`), unheardOf(`c${Math.floor((half + 1) / 2)}`)];
    const before = behind.looks;
    await pass(SOON_MS);
    if (behind.looks > before) looks.push(half);
  }
  const soon = looks.filter((half, place) => half - (looks[place - 1] ?? 0) === 1);
  assert.ok(soon.length > 2, `soon looks: ${looks.join()}`);
  assert.ok(
    looks.some((half, place) => place > 0 && half - looks[place - 1]! === 2),
    `there is a pause at last: ${looks.join()}`,
  );
  hall.close();
});
