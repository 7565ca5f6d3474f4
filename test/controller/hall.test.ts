import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { Door, FarSide, Inventory } from '../../src/channels/channel.ts';
import { Hall } from '../../src/controller/hall.ts';
import { emptyState, type State } from '../../src/controller/state.ts';
import type { Journal } from '../../src/journal/journal.ts';
import type { DoorName } from '../../src/model/channel.ts';
import type { Command } from '../../src/model/command.ts';
import type { Event, EventKind } from '../../src/model/event.ts';
import type { FlowSet } from '../../src/model/flow-set.ts';
import { SITE } from '../flow/receptionist.ts';
import { flowSet } from './hall-state.ts';

// The policy: each door is dealt with by itself. A door that is lost holds up its own contacts and no others.

class DoorInTest implements Door {
  readonly name: DoorName;
  readonly far?: FarSide;
  readonly done: Command[] = [];

  constructor(name: DoorName, inventory?: () => Inventory) {
    this.name = name;
    if (inventory)
      this.far = { equip: async () => undefined, inventory: async () => inventory(), remove: () => undefined };
  }

  async open(): Promise<void> {}
  perform(command: Command): void {
    this.done.push(command);
  }
  health() {
    return { up: true, detail: '', sinceMs: 0 };
  }
  async close(): Promise<void> {}

  verbs(): string[] {
    return this.done.map((command) => command.do);
  }
}

const open: Hall[] = [];
afterEach(() => {
  for (const hall of open.splice(0)) hall.close();
});

/** A hall with a door to the telephone, behind which there is nothing, and one to chats; what is written down is `written`. */
function house(state: State = emptyState(), flows: FlowSet = flowSet()) {
  const written: Event[] = [];
  const journal = { full: false, crowded: false };
  const now = () => 1_000_000;
  const hall = new Hall({
    state,
    journal: {
      append: (events: readonly Event[]) => {
        if (journal.full) throw Object.assign(new Error('full'), { code: 'journal.full' });
        return written.push(...events);
      },
      crowded: () => journal.crowded,
    } as Partial<Journal> as Journal,
    mouth: {
      render: async () => ({ ok: true, value: 'words' }),
      say: async () => ({ ok: true, value: { file: 'words' } }),
      join: async function* () {},
    },
    web: { send: () => Promise.reject(new Error('no flow here asks anybody')) },
    recorded: async (recordingId) => ({ ok: true, value: { recording: recordingId } }),
    recordingPath: (version, file) => `${version}/${file}`,
    now,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    onJournalLost: () => undefined,
  });
  open.push(hall);
  const listed: Inventory = { askedAtMs: now(), contacts: [], offers: [], talks: [], phones: [] };
  const voice = new DoorInTest('voice', () => listed);
  const chat = new DoorInTest('chat');
  for (const door of [voice, chat]) hall.use(door);
  hall.enter({ kind: 'flows.loaded', atMs: now(), flows });
  return { hall, voice, chat, written, journal, kinds: (): EventKind[] => written.map(({ kind }) => kind) };
}

function opened(hall: Hall, door: DoorName): void {
  hall.doorway(door).take({ kind: 'door.opened', atMs: hall.now(), door });
}

function arrive(hall: Hall, contactId: string, channel: DoorName) {
  const about = { contactId, legId: contactId, channel, from: '1', to: '100' };
  return hall.doorway(channel).take({ kind: 'contact.arrived', atMs: hall.now(), ...about });
}

/** Until the door to the telephone has been looked at. */
async function agreed(hall: Hall): Promise<void> {
  while (!hall.doorway('voice').agreed) await new Promise((done) => setImmediate(done));
}

test('a chat goes through its flow while the door to the telephone has not been opened', () => {
  const { hall, voice, chat } = house();
  opened(hall, 'chat');
  assert.equal(arrive(hall, 'm1', 'chat'), 'kept');
  assert.deepEqual(chat.verbs(), ['answer']);
  hall.doorway('chat').take({ kind: 'contact.answered', atMs: hall.now(), contactId: 'm1' });
  assert.deepEqual(chat.verbs(), ['answer', 'show']);
  assert.deepEqual(voice.done, []);
});

test('what the telephone tells is held back until the picture agrees, and chats are left alone by the comparison', async () => {
  const { hall, voice, chat, kinds } = house();
  opened(hall, 'chat');
  arrive(hall, 'm1', 'chat');
  opened(hall, 'voice');
  assert.equal(arrive(hall, 'c1', 'voice'), 'held');
  assert.ok(!hall.state.contacts.has('c1'));
  await agreed(hall);
  assert.ok(hall.state.contacts.has('c1'));
  assert.deepEqual(voice.verbs(), ['answer']);
  assert.ok(hall.state.contacts.has('m1'), 'Asterisk does not know of it, and need not');
  hall.doorway('voice').take({ kind: 'door.lost', atMs: hall.now(), door: 'voice', reason: 'cut' });
  hall.doorway('chat').take({ kind: 'contact.answered', atMs: hall.now(), contactId: 'm1' });
  assert.deepEqual(chat.verbs(), ['answer', 'show']);
  assert.equal(kinds().filter((kind) => kind === 'door.agreed').length, 2);
});

test('chats of the life before go on in their flows when their door opens, and calls when theirs agrees', async () => {
  const before = house();
  opened(before.hall, 'chat');
  opened(before.hall, 'voice');
  await agreed(before.hall);
  for (const [id, channel] of [
    ['m1', 'chat'],
    ['c1', 'voice'],
  ] as const) {
    arrive(before.hall, id, channel);
    before.hall.doorway(channel).take({ kind: 'contact.answered', atMs: before.hall.now(), contactId: id });
  }
  before.hall.close();
  const { hall, chat, kinds } = house(before.hall.state);
  assert.deepEqual(hall.doorway('chat').openContacts(), ['m1']);
  opened(hall, 'chat');
  assert.deepEqual(chat.verbs(), ['show']);
  assert.equal(kinds().filter((kind) => kind === 'flow.resumed').length, 1);
  assert.equal(hall.doorway('chat').written('m1')?.transcript.lines.length, 1, 'the question is not shown twice');
});

test('an event that cannot be written down is lost, and a line is not even taken when the journal is nearly full', () => {
  const { hall, journal } = house();
  opened(hall, 'chat');
  arrive(hall, 'm1', 'chat');
  const line = (messageId: string) => {
    const about = { contactId: 'm1', messageId, text: 'Hello' };
    return hall.doorway('chat').take({ kind: 'message.received', atMs: hall.now(), ...about });
  };
  assert.equal(line('a'), 'kept');
  journal.crowded = true;
  assert.equal(line('b'), 'lost');
  assert.equal(hall.state.transcripts.get('m1')?.lines.length, 1);
  assert.equal(arrive(hall, 'm2', 'chat'), 'lost');
  journal.crowded = false;
  journal.full = true;
  assert.equal(line('c'), 'lost');
  assert.ok(hall.lostEvents > 0);
});

test('what a flow asks for in confidence is neither written down nor in the transcript', () => {
  const flow = 'steps: { pin: { type: gather, prompt: Your PIN?, into: pin, sensitive: true }, end: { type: hangup } }';
  const { hall, written } = house(emptyState(), flowSet(SITE, 'v1', flow));
  opened(hall, 'chat');
  arrive(hall, 'm1', 'chat');
  hall.doorway('chat').take({ kind: 'contact.answered', atMs: hall.now(), contactId: 'm1' });
  const about = { contactId: 'm1', messageId: 'a', text: '480275' };
  hall.doorway('chat').take({ kind: 'message.received', atMs: hall.now(), ...about });
  const line = hall.state.transcripts.get('m1')?.lines.find(({ from }) => from === 'customer');
  assert.deepEqual([line?.text, line?.sensitive], ['', true]);
  assert.ok(!JSON.stringify(written).includes('480275'));
  assert.ok(written.some(({ kind }) => kind === 'message.received'));
});

test('a call that is told of again, while it is here or when it is over, has come once', async () => {
  const { hall, kinds } = house();
  opened(hall, 'voice');
  await agreed(hall);
  const end = { kind: 'contact.ended', atMs: hall.now(), contactId: 'c1', cause: 'lost', endedBy: 'customer' } as const;
  arrive(hall, 'c1', 'voice');
  arrive(hall, 'c1', 'voice');
  hall.enter(end);
  arrive(hall, 'c1', 'voice');
  hall.enter(end);
  const count = (wanted: EventKind): number => kinds().filter((kind) => kind === wanted).length;
  assert.deepEqual([count('contact.arrived'), count('contact.finished')], [1, 1]);
  assert.equal(hall.state.contacts.size, 0);
});

test('who follows is told of each batch once it is written, until no more', () => {
  const { hall, written } = house();
  const seen: number[] = [];
  const stop = hall.follow({ batch: (batch) => seen.push(batch.length), signal: () => undefined });
  const before = written.length;
  opened(hall, 'chat');
  assert.equal(
    seen.reduce((sum, one) => sum + one, 0),
    written.length - before,
  );
  stop();
  arrive(hall, 'm1', 'chat');
  assert.equal(seen.length, 2);
});
