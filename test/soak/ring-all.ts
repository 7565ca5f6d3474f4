import { type RandomStream, randomStream } from '../../src/simulation/random.ts';
import { spreadOf } from '../bench/spread.ts';
import { figure, type Table } from '../bench/table.ts';
import type { Ring } from '../far-end/line.ts';
import { Scene } from '../system/scene.ts';
import { until } from '../system/until.ts';
import type { Soak, SoakContext, SoakResult } from './soak.ts';

// Everybody rings, and two to six of them answer in the same moment: one talks, the others are let go.

const AGENTS = ['anna', 'ben', 'carla', 'dora', 'emil', 'fritz'] as const;
const NUMBER = '400';
/** The picking up is spread over so many ms: less than it takes to let the others go, so that answers cross. */
const SPREAD_MS = 3;
const GONE_WITHIN_MS = 2_000;

const SITE = `
site: Everybody rings
numbers: { "${NUMBER}": everyone }
queues:
  everyone: { strategy: ring_all, answer_within: 10s, wrap_up: 0s, rest: 1s }
agents:
${AGENTS.map((name, place) => `  ${name}: { extension: "100${place}", queues: [everyone] }`).join('\n')}
`;
const FLOW = 'steps:\n  wait: { type: queue, queue: everyone }\n';

/** What became of one round. */
export type RingAllRound = {
  /** So many picked up in the same moment. */
  readonly answered: number;
  /** So many were left in the call. */
  readonly left: number;
  /** From the first answer until all others were let go, in ms. */
  readonly settledMs: number;
};

export const ringAll: Soak = {
  summary: 'everybody rings, up to six answer in the same moment: exactly one has the call (4 minutes; needs root)',
  round: 'a call',
  rounds: 1000,
  needs: [],
  run,
};

async function run({ rounds, seed, signal, say }: SoakContext): Promise<SoakResult> {
  const scene = await Scene.open({ files: { 'site.yaml': SITE, 'everyone.yaml': FLOW } });
  try {
    await scene.staff(...AGENTS);
    const random = randomStream(seed, 0, 'ring-all');
    const done: RingAllRound[] = [];
    while (done.length < rounds) {
      signal.throwIfAborted();
      done.push(await ringAllOnce(scene, random));
      if (done.length % 100 === 0) say(`${done.length} of ${rounds}`);
    }
    await scene.quiet();
    const inJournal = await answersInJournal(scene);
    return result(done, inJournal, scene.putRight().length);
  } finally {
    await scene.close();
  }
}

/** One call: everybody rings, some answer at once, the caller hangs up, and everybody is ready again. */
async function ringAllOnce(scene: Scene, random: RandomStream): Promise<RingAllRound> {
  const { line, from } = await scene.call(NUMBER);
  const rings = await Promise.all(AGENTS.map((name) => scene.phone(name).nextRing()));
  const answered = 2 + Math.floor(random() * (AGENTS.length - 1));
  const beganAtMs = performance.now();
  await Promise.all(
    shuffled(rings, random)
      .slice(0, answered)
      .map((ring) => pickUp(ring, random() * SPREAD_MS)),
  );
  const left = await until(
    `one of ${answered} is left`,
    () => {
      const open = rings.filter((ring) => !ring.hasEnded);
      return open.length <= 1 ? open : undefined;
    },
    { everyMs: 2, seen: () => scene.exchange.ari('channels') },
  );
  const settledMs = performance.now() - beganAtMs;
  await scene.stageIs(from, 'talking');
  const legs = await agentLegs(scene);
  await line.hangUp();
  await Promise.all(left.map((ring) => ring.ended()));
  for (const name of AGENTS) await scene.agentIs(name, 'ready');
  return { answered, left: legs === 1 ? left.length : legs, settledMs };
}

/** How many agents' legs Asterisk has beside the caller's, when those that were let go are gone from its list, too. */
async function agentLegs({ exchange }: Scene): Promise<number> {
  const count = async (): Promise<number> => ((await exchange.ari('channels')) as unknown[]).length - 1;
  const one = until('one agent is left', async () => ((await count()) === 1 ? 1 : undefined), {
    withinMs: GONE_WITHIN_MS,
  });
  return one.catch(count);
}

/** Whoever comes too late finds the call gone, which is what is wanted. */
async function pickUp(ring: Ring, afterMs: number): Promise<void> {
  await new Promise((done) => setTimeout(done, afterMs));
  await ring.answer().catch(() => undefined);
}

function shuffled<T>(all: readonly T[], random: RandomStream): T[] {
  const keyed = all.map((one) => ({ one, key: random() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ one }) => one);
}

type Tally = { readonly contact_id: string; readonly connected: string; readonly answers: string };

/** Per contact: how often it was connected, and how many answers were taken. */
async function answersInJournal({ exchange }: Scene): Promise<Tally[]> {
  const query = `SELECT contact_id, count(*) FILTER (WHERE kind = 'contact.connected') AS connected,
      count(*) FILTER (WHERE kind = 'contact.handled') AS answers, bool_or(kind = 'contact.finished') AS finished
    FROM journal WHERE contact_id IS NOT NULL GROUP BY contact_id`;
  return until('the journal in the database is complete', async () => {
    const tallies = (await exchange.sql(query)) as (Tally & { finished: boolean })[];
    return tallies.every(({ finished }) => finished) ? tallies : undefined;
  });
}

function result(done: readonly RingAllRound[], inJournal: readonly Tally[], putRight: number): SoakResult {
  const settled = spreadOf(done.map(({ settledMs }) => settledMs));
  const wrong = done.filter(({ left }) => left !== 1);
  const twice = inJournal.filter(({ connected, answers }) => connected !== '1' || answers !== '1');
  const table: Table = {
    title: 'Everybody rings, and some answer in the same moment',
    head: ['answers at once', 'calls', 'one talks', 'none or several talk'],
    rows: [2, 3, 4, 5, 6].map((count) => {
      const calls = done.filter(({ answered }) => answered === count);
      const right = calls.filter(({ left }) => left === 1).length;
      return [String(count), String(calls.length), String(right), String(calls.length - right)];
    }),
  };
  const failures = [
    ...(wrong.length > 0 ? [`${wrong.length} calls did not end with one talk`] : []),
    ...(twice.length > 0 ? [`${twice.length} contacts have not exactly one talk in the journal`] : []),
    ...(inJournal.length !== done.length ? [`${inJournal.length} contacts in the journal, ${done.length} calls`] : []),
    ...(putRight > 0 ? [`the routine check had to put ${putRight} things right`] : []),
  ];
  const notes = [
    `From the first answer until all others were let go: ${figure(settled.p50)} / ${figure(settled.p95)} / ${figure(settled.max)} ms (p50 / p95 / max).`,
  ];
  return { tables: [table], notes, failures, figures: { rounds: done.length, settled, wrong, twice, putRight } };
}
