import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createFlowDesk } from '../../src/controller/flow-desk.ts';
import { FlowKeeper } from '../../src/controller/flow-keeper.ts';
import { apply, emptyState } from '../../src/controller/state.ts';
import type { Journal } from '../../src/journal/journal.ts';
import type { Event } from '../../src/model/event.ts';
import { tone, writeWav } from '../far-end/wav.ts';
import { flowSet, Rooms } from './hall-state.ts';
import { journalInMemory } from './journal-in-memory.ts';

// Versions of the flows: what was in service is listed and can be brought back, and stays until the folder changes.

const homes: string[] = [];
after(() => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

const SITE = 'numbers: { "100": main }\n';
const flow = (words: string, more = '') => `steps:\n  hello: { type: play, prompt: [${words}${more}] }\n`;

/** A folder in service, with its keeper and its desk. */
class House {
  readonly dir = mkdtempSync(join(tmpdir(), 'strowger-versions-'));
  readonly rooms: Rooms;
  keeper: FlowKeeper;

  private constructor() {
    homes.push(this.dir);
    this.rooms = new Rooms(flowSet(undefined, 'first'));
    this.keeper = this.#open();
  }

  static async open(words: string): Promise<House> {
    const house = new House();
    house.save('site.yaml', SITE);
    house.save('main.yaml', flow(words));
    await house.keeper.load();
    return house;
  }

  #open(): FlowKeeper {
    const { rooms, dir } = this;
    const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
    return new FlowKeeper({
      hall: {
        state: rooms.state,
        now: () => rooms.nowMs,
        enter: (event: Event) => {
          rooms.take(event);
          return 'kept' as const;
        },
        refit: async () => undefined,
      },
      flowsDir: dir,
      recordingsDir: join(dir, '.recordings'),
      prepare: () => undefined,
      log: silent,
    });
  }

  save(name: string, text: string | Buffer): void {
    writeFileSync(join(this.dir, name), text);
  }

  /** Another text of the greeting comes into service, a second later. */
  async change(words: string): Promise<void> {
    this.rooms.nowMs += 1000;
    this.save('main.yaml', flow(words));
    await this.keeper.load();
  }

  /** The controller begins anew, with what its journal has. */
  async restart(): Promise<void> {
    const events = JSON.parse(JSON.stringify(this.rooms.journal)) as Event[];
    const state = emptyState();
    for (const event of events) apply(state, event);
    Object.assign(this.rooms.state.flow, state.flow);
    this.keeper = this.#open();
    await this.keeper.load();
  }

  get desk() {
    const { rooms } = this;
    const hall = { state: rooms.state, now: () => rooms.nowMs, enter: () => 'kept' as const };
    return createFlowDesk(hall as never, journalInMemory(rooms.journal).journal as Journal, this.keeper);
  }

  /** What a caller who comes now hears. */
  hears(contactId: string): string {
    const prompts = this.rooms.arrive(contactId).flatMap((one) => (one.kind === 'prompt.started' ? one.parts : []));
    return prompts.map((part) => ('say' in part ? part.say : JSON.stringify(part))).join(' ');
  }

  async versions() {
    const found = await this.desk.flowVersions();
    assert.ok(found.ok);
    return found.value;
  }
}

test('versions are listed with the newest first, and who still runs in them', async () => {
  const house = await House.open('One');
  house.rooms.arrive('c1');
  await house.change('Two');
  const [two, one] = await house.versions();
  assert.deepEqual([two!.inService, two!.contacts, two!.flows], [true, 0, 1]);
  assert.deepEqual([one!.inService, one!.contacts, one!.loadedAtMs], [false, 1, two!.loadedAtMs - 1000]);
});

test('a version that is brought back serves new callers; who is in another one stays in it', async () => {
  const house = await House.open('One');
  await house.change('Two');
  assert.equal(house.hears('c1'), 'Two');
  const [, one] = await house.versions();
  const activated = await house.desk.activateFlows(one!.version);
  assert.ok(activated.ok && activated.value.pinned && activated.value.inService);
  assert.equal(house.hears('c2'), 'One');
  assert.equal(house.rooms.state.flow.sessions.get('c1')!.version, (await house.versions())[1]!.version);
});

test('what was brought back stays over a restart, and until the folder changes', async () => {
  const house = await House.open('One');
  await house.change('Two');
  assert.ok((await house.desk.activateFlows()).ok);
  await house.restart();
  assert.equal(house.hears('c1'), 'One');
  assert.match(house.keeper.health().detail, /by hand/);
  await house.change('Three');
  assert.equal(house.hears('c2'), 'Three');
  assert.deepEqual(
    (await house.versions()).map(({ pinned }) => pinned),
    [false, false, false, false],
  );
});

test('a folder that holds again what was brought back by hand is what is in service, and not by hand any more', async () => {
  const house = await House.open('One');
  await house.change('Two');
  assert.ok((await house.desk.activateFlows()).ok);
  await house.change('One');
  assert.equal((await house.versions())[0]!.pinned, false);
  assert.equal(house.hears('c1'), 'One');
  await house.restart();
  assert.match(house.keeper.health().detail, /^version \w+$/);
});

test('rollback goes to the version before, and again back', async () => {
  const house = await House.open('One');
  await house.change('Two');
  assert.ok((await house.desk.activateFlows()).ok);
  assert.equal(house.hears('c1'), 'One');
  assert.ok((await house.desk.activateFlows()).ok);
  assert.equal(house.hears('c2'), 'Two');
});

test('what was never in service, or has lost its recordings, cannot be brought back', async () => {
  const house = await House.open('One');
  house.save('jingle.wav', Buffer.from(writeWav(tone(1000, 200))));
  house.save('main.yaml', flow('{ file: jingle }'));
  await house.keeper.load();
  const [withJingle] = await house.versions();
  await house.change('Two');
  const unknown = await house.desk.activateFlows('nonsense');
  assert.ok(!unknown.ok && unknown.failure.code === 'flows.version_unknown');
  const kept = join(house.dir, '.recordings', withJingle!.version);
  assert.ok(readFileSync(join(kept, 'jingle.wav')).length > 1000, 'recordings of the last versions are kept');
  rmSync(kept, { recursive: true });
  const gone = await house.desk.activateFlows(withJingle!.version);
  assert.ok(!gone.ok && gone.failure.code === 'flows.recordings_gone');
});

test('a folder that is refused is counted, its problems are told, and what was in service stays', async () => {
  const house = await House.open('One');
  house.save('main.yaml', 'steps:\n  hello: { type: plya }\n');
  await house.keeper.load();
  const status = house.keeper.status();
  assert.deepEqual([status.loads, status.refusals, status.refusedAtMs], [1, 1, house.rooms.nowMs]);
  assert.deepEqual(
    status.problems.map(({ code, file, line, column }) => [code, file, line, column]),
    [['step.type_unknown', 'main.yaml', 2, 18]],
  );
  assert.equal(house.hears('c1'), 'One');
  await house.change('Two');
  assert.deepEqual([house.keeper.status().problems.length, house.keeper.status().loads], [0, 2]);
});
