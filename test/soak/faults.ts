import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type RandomStream, randomStream } from '../../src/simulation/random.ts';
import { spreadOf } from '../bench/spread.ts';
import { figure, type Table } from '../bench/table.ts';
import { contactIn } from '../system/in-journal.ts';
import { Scene } from '../system/scene.ts';
import { differences } from './agreement.ts';
import { drawFault, FAULT_KINDS, type FaultKind, type Ground } from './fault-kinds.ts';
import { Life } from './life.ts';
import { LossyWire } from './lossy-wire.ts';
import type { Soak, SoakContext, SoakResult } from './soak.ts';

// Faults strike in groups of one to three, one shortly after the other, while callers come and agents talk. When the last
// cause of a group is gone, the controller's picture must agree with Asterisk's and the far end's within 5 s.

const RIGHT_WITHIN_MS = 5_000;
/** So long it is looked on when the bound is missed, to tell slow from never. */
const LOOK_ON_MS = 20_000;
const LOOK_EVERY_MS = 100;
const GROUP_MAX = 3;
const APART_MS = 400;
/** Everybody hangs up and all must be gone, after so many groups. */
const DRAIN_EVERY = 25;

const AGENTS = ['anna', 'ben', 'carla', 'dora'] as const;
const NUMBER = '200';
const SITE = `
site: Faults
numbers: { "${NUMBER}": sales }
queues:
  sales: { answer_within: 2s, wrap_up: 0s, rest: 1s, after_no_answer: rest }
agents:
${AGENTS.map((name, place) => `  ${name}: { extension: "100${place}", queues: [sales]${place === 0 ? ', recording: always' : ''} }`).join('\n')}
`;
const FLOW = 'steps:\n  hello: { type: answer }\n  wait: { type: queue, queue: sales }\n';

type Struck = {
  readonly kinds: readonly string[];
  readonly rightAfterMs: number;
  /** What was wrong last. */
  readonly last: readonly string[];
  /** What is wrong still. */
  readonly still: readonly string[];
};

export const faults: Soak = {
  summary: 'random faults while calls go on: right again within 5 s, nobody stuck, nothing lost or left (needs root)',
  round: 'a fault',
  rounds: 1000,
  needs: [],
  run,
};

async function run(context: SoakContext): Promise<SoakResult> {
  const { rounds, seed, signal, say, dir } = context;
  const ground = await open(dir, seed);
  const random = randomStream(seed, 0, 'faults');
  const struck: Struck[] = [];
  const left: string[] = [];
  try {
    let count = 0;
    while (count < rounds) {
      signal.throwIfAborted();
      const group = drawGroup(random, rounds - count);
      const one = await strikeGroup(ground, group, random);
      struck.push(one);
      count += group.length;
      appendFileSync(join(dir, 'faults.jsonl'), `${JSON.stringify(one)}\n`);
      if (one.still.length > 0) say(`${one.kinds.join(', ')}: after ${one.rightAfterMs.toFixed(0)} ms ${one.still[0]}`);
      if (struck.length % DRAIN_EVERY === 0 || count >= rounds) left.push(...(await drain(ground)));
      if (struck.length % DRAIN_EVERY === 0) say(`${count} of ${rounds} faults, ${ground.life.placed} calls`);
    }
    ground.life.end();
    const open = await unfinished(ground);
    await keepStories(ground, dir, open);
    return result(struck, [...left, ...open], ground);
  } finally {
    await closeGround(ground, dir);
  }
}

async function open(dir: string, seed: number): Promise<Ground> {
  let wire: LossyWire | undefined;
  const clockFile = join(dir, 'clock');
  writeFileSync(clockFile, '0');
  const scene = await Scene.open({
    agents: AGENTS,
    files: { 'site.yaml': SITE, 'sales.yaml': FLOW },
    env: {
      NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, 'shifted-clock.mjs')).href}`,
      STROWGER_TEST_CLOCK: clockFile,
    },
    wire: async (ariPort) => {
      wire = await LossyWire.to(ariPort);
      return wire.port;
    },
  });
  await scene.staff(...AGENTS);
  const life = new Life(scene, randomStream(seed, 0, 'life'), NUMBER);
  life.begin();
  return { scene, life, wire: wire!, clockFile };
}

/** Leaves what the journal has of each caller who was dropped, and of what has no end. */
async function keepStories({ scene, life }: Ground, dir: string, open: readonly string[]): Promise<void> {
  const dropped = await Promise.all(life.dropped.map((from) => contactIn(scene, from)));
  for (const id of new Set([...dropped, ...open.map((text) => text.split(' ')[0]!)])) {
    const events = await scene.exchange.journalOf(id);
    writeFileSync(join(dir, `${id}.jsonl`), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  }
}

/** Leaves the controller's log for a closer look. */
async function closeGround({ scene, wire }: Ground, dir: string): Promise<void> {
  try {
    writeFileSync(join(dir, 'controller.log'), scene.exchange.log());
  } finally {
    await scene.close();
    wire.close();
  }
}

function drawGroup(random: RandomStream, most: number): FaultKind[] {
  const first = drawFault(random);
  if (first.alone) return [first];
  const more = Math.min(most, 1 + Math.floor(random() * GROUP_MAX)) - 1;
  const company = FAULT_KINDS.filter(({ alone }) => !alone);
  // The same fault twice at a time would be mended by the first that is over.
  return [...new Set([first, ...Array.from({ length: more }, () => drawFault(random, company))])];
}

/** Strikes, waits until the causes are gone, and then until all is right. */
async function strikeGroup(ground: Ground, group: readonly FaultKind[], random: RandomStream): Promise<Struck> {
  const striking: Promise<void>[] = [];
  for (const kind of group) {
    await pause(random() * APART_MS);
    striking.push(kind.strike(ground, random()));
  }
  await Promise.all(striking);
  const beganAtMs = performance.now();
  let last: readonly string[] = [];
  let still = await differences(ground.scene, ground.life);
  let rightAfterMs = performance.now() - beganAtMs;
  while (still.length > 0 && rightAfterMs < LOOK_ON_MS) {
    last = still;
    await pause(LOOK_EVERY_MS);
    // Calls come and end while it is looked, so what one look sees and the next does not was only on its way.
    const now = await differences(ground.scene, ground.life);
    rightAfterMs = performance.now() - beganAtMs;
    still = now.filter((text) => last.includes(text)).length > 0 ? now : [];
  }
  return { kinds: group.map(({ name }) => name), rightAfterMs, last, still };
}

/** Everybody hangs up; @returns what is there 5 s later all the same. */
async function drain({ scene, life }: Ground): Promise<string[]> {
  await life.drain();
  const deadline = performance.now() + RIGHT_WITHIN_MS;
  for (;;) {
    const left = await leftOver(scene);
    if (left.length === 0 || performance.now() > deadline) {
      life.goOn();
      return left;
    }
    await pause(LOOK_EVERY_MS);
  }
}

async function leftOver(scene: Scene): Promise<string[]> {
  const [contacts, agents, channels, bridges] = await Promise.all([
    scene.contacts(),
    Promise.all(scene.agents.map((name) => scene.agent(name))),
    scene.exchange.ari('channels') as Promise<{ id: string }[]>,
    scene.exchange.ari('bridges') as Promise<{ id: string }[]>,
  ]);
  return [
    ...contacts.map(({ id, stage }) => `contact ${id} is still ${stage}`),
    ...agents.filter(({ state }) => state !== 'ready').map(({ id, state }) => `agent ${id} is still ${state}`),
    ...channels.map(({ id }) => `channel ${id} is left over`),
    ...bridges.map(({ id }) => `bridge ${id} is left over`),
  ];
}

/**
 * What has no end in the journal, or two, also when the database has caught up: contacts, and recordings. Of a call whose
 * coming and whole life was among the events that were lost there is nothing, or its end alone.
 */
async function unfinished({ scene }: Ground): Promise<string[]> {
  const query = `SELECT contact_id || ' has no end, or two: ' || string_agg(kind, ' ' ORDER BY seq) AS text FROM journal WHERE contact_id IS NOT NULL
      GROUP BY contact_id HAVING count(*) FILTER (WHERE kind = 'contact.finished') <> 1
        AND count(*) FILTER (WHERE kind IN ('contact.arrived', 'contact.placed')) > 0
    UNION SELECT (data->>'recordingId') || ' is neither kept nor lost' FROM journal WHERE kind LIKE 'recording.%'
      GROUP BY data->>'recordingId' HAVING count(*) FILTER (WHERE kind IN ('recording.kept', 'recording.lost')) = 0`;
  const deadline = performance.now() + RIGHT_WITHIN_MS;
  for (;;) {
    const rows = (await scene.exchange.sql(query)) as { text: string }[];
    if (rows.length === 0 || performance.now() > deadline) return rows.map(({ text }) => text);
    await pause(LOOK_EVERY_MS);
  }
}

function result(struck: readonly Struck[], left: readonly string[], { life, wire, scene }: Ground): SoakResult {
  const count = struck.reduce((sum, { kinds }) => sum + kinds.length, 0);
  const late = struck.filter(({ rightAfterMs, still }) => rightAfterMs > RIGHT_WITHIN_MS || still.length > 0);
  const rows = FAULT_KINDS.map(({ name }) => {
    const groups = struck.filter(({ kinds }) => kinds.includes(name));
    const { p50, p95, max } = spreadOf(groups.map(({ rightAfterMs }) => rightAfterMs));
    return [name, String(groups.length), `${figure(p50)} / ${figure(p95)} / ${figure(max)}`];
  });
  const table: Table = {
    title: 'Random faults: ms from the end of the cause until all is right, as p50 / p95 / max',
    head: ['', 'groups with it', 'right after ms'],
    rows,
  };
  const failures = [
    ...late.map(
      ({ kinds, rightAfterMs, last }) => `${kinds.join(', ')}: ${rightAfterMs.toFixed(0)} ms ${last.join('; ')}`,
    ),
    ...left,
    ...(life.dropped.length > 0 ? [`${life.dropped.length} callers were dropped: ${life.dropped.join(', ')}`] : []),
  ];
  const notes = [
    `${count} faults in ${struck.length} groups, ${life.placed} calls, ${wire.lost} events lost. Put right by the routine check: ${scene.putRight().length} times.`,
    `Late: ${late.length}. Left over or stuck: ${left.length}. Dropped: ${life.dropped.length}.`,
  ];
  return { tables: [table], notes, failures, figures: { count, struck, left, dropped: life.dropped, lost: wire.lost } };
}
