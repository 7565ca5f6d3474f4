import { setTimeout as pause } from 'node:timers/promises';
import { randomStream } from '../../src/simulation/random.ts';
import { cpuTimeMs } from '../bench/cpu-time.ts';
import { spreadOf } from '../bench/spread.ts';
import { figure, type Table } from '../bench/table.ts';
import type { Line } from '../far-end/line.ts';
import { Scene } from '../system/scene.ts';
import { until } from '../system/until.ts';
import { AGENT_HZ, CALLER_HZ, Crowd } from './crowd.ts';
import type { Soak, SoakContext, SoakResult } from './soak.ts';

// kill -9 of the controller while hundreds wait and talk. While nobody is in control some talks end and some callers give
// up; who is next must be who waited longest, as if nothing had happened.

const NUMBER = '200';
const DECIDED_WITHIN_MS = 2_000;
const WAIT_OFF_MS_MAX = 1_000;
/** Talks that end while the controller is away, and callers who give up meanwhile. */
const TALKS_ENDED = 5;
const GAVE_UP = 3;
/** So many talks have sound both ways all the time: with more of them two cores have nothing left to restart with. */
const SPEAKING = 20;
/** So many of those are recorded, and so many callbacks wait in a queue of their own. */
const RECORDED = 10;
const CALLBACKS = 20;
/** So many pairs, and so many who wait, are listened to after each kill. */
const HEARD = 3;
const LOOK_MS = 2_000;
const MUSIC_MS = 400;
const MUSIC_LOUDNESS = 100;

const site = (agents: readonly string[]): string => `
site: Killed again and again
numbers: { "${NUMBER}": sales }
queues:
  sales: { answer_within: 10s, wrap_up: 0s, rest: 1s, after_no_answer: rest }
  later: {}
trunks: { out: { host: 127.0.0.1, port: 9, transport: udp } }
outgoing: { country: "+49", caller_id: "+49211555", rules: [{ prefix: "+49", trunks: [out] }] }
agents:
  nobody: { extension: "999", queues: [later] }
${agents.map((id, place) => `  ${id}: { extension: "${1000 + place}", queues: [sales]${place < RECORDED ? ', recording: always' : ''} }`).join('\n')}
`;
const FLOW = 'steps:\n  hello: { type: answer }\n  wait: { type: queue, queue: sales }\n';

/** Gives a whole number below the one that it is given. */
type Draw = (count: number) => number;

export type KillRound = {
  readonly waiting: number;
  readonly talking: number;
  /** What the calls take before the kill: of the exchange's Asterisk, and of the far end that plays callers and agents. */
  readonly cores: { readonly exchange: number; readonly farEnd: number };
  readonly dropped: readonly string[];
  /** Callers who were answered before somebody who had waited longer. */
  readonly inversions: number;
  /** From the start of the new process until a waiting caller was given to an agent, as the journal has it. */
  readonly decidedMs: number;
  /** The same until the far end had answered a phone, which takes it a while: it plays all callers and agents. */
  readonly answeredMs: number;
  /** The largest difference between a wait as the controller tells it and as the far end's clock has it. */
  readonly waitOffMs: number;
  readonly unheard: number;
  /** Callbacks that are not there any more, or in another order. */
  readonly callbacksLost: number;
};

/** `waiting` and `talking` are what it begins each round with. */
export function killSoak(waiting: number, talking: number): Soak {
  return {
    summary: `kill -9 of the controller with ${waiting} callers waiting and ${talking} talking (needs root)`,
    round: 'a kill',
    rounds: 10,
    needs: [],
    run: (context) => run(context, waiting, talking),
  };
}

async function run(context: SoakContext, waiting: number, talking: number): Promise<SoakResult> {
  const { rounds, seed, signal, say } = context;
  const agents = Array.from({ length: talking }, (_, place) => `a${100 + place}`);
  const files = { 'site.yaml': site(agents), 'sales.yaml': FLOW };
  const scene = await Scene.open({ agents, wide: true, files });
  const random = randomStream(seed, 0, 'kill');
  const done: KillRound[] = [];
  try {
    say(`${talking} phones register`);
    const crowd = new Crowd(scene, NUMBER, agents.slice(0, SPEAKING));
    await crowd.staff();
    for (let count = 0; count < CALLBACKS; count += 1)
      await scene.exchange.post('/v1/callbacks', { number: `+49301${100_000 + count}`, queue: 'later' });
    while (done.length < rounds) {
      signal.throwIfAborted();
      await crowd.fill(waiting + talking, talking);
      done.push(await killOnce(scene, crowd, (count) => Math.floor(random() * count)));
      say(`round ${done.length}: ${JSON.stringify(done.at(-1))}`);
    }
    await crowd.leave();
    // The callbacks are contacts that stay; everything else goes.
    await until('the calls are over', async () => (await scene.contacts()).length === CALLBACKS || undefined);
    return result(done, await recordingsIn(scene), scene);
  } finally {
    await scene.close();
  }
}

async function killOnce(scene: Scene, crowd: Crowd, draw: Draw): Promise<KillRound> {
  const talks = [...crowd.talks.values()];
  const waiters = crowd.waiting.sort((a, b) => a.waitsSinceMs - b.waitsSinceMs);
  const ending = drawn(talks, TALKS_ENDED, draw);
  const leaving = drawn(waiters, GAVE_UP, draw);
  const before = crowd.answered.length;
  const cores = await coresOf(scene);
  const callbacks = await callbacksIn(scene);
  await scene.exchange.killController();
  await Promise.all([...ending.map(({ ring }) => ring.hangUp()), ...leaving.map(({ line }) => line.hangUp())]);
  const spawnedAtMs = Date.now();
  await scene.exchange.startController();
  const next = (): string[] => crowd.answered.slice(before);
  await until('who is next is answered', () => next().length >= ending.length || undefined);
  const served = next();
  const answeredMs = Math.min(...served.map((from) => crowd.talks.get(from)?.atMs ?? Infinity)) - spawnedAtMs;
  const waitOffMs = await waitsOff(scene, crowd);
  const ended = new Set([...ending.map(({ ring }) => ring.from.number), ...leaving.map(({ from }) => from)]);
  const all = [...talks.map(({ ring }) => ring.from.number), ...waiters.map(({ from }) => from)];
  const stayed = waiters.filter((one) => !leaving.includes(one)).map(({ from }) => from);
  return {
    waiting: waiters.length,
    talking: talks.length,
    cores,
    dropped: all.filter((from) => !ended.has(from) && !crowd.callers.has(from)),
    inversions: await inversions(scene, stayed, served.length),
    decidedMs: (await firstOfferMs(scene, spawnedAtMs)) - spawnedAtMs,
    answeredMs,
    waitOffMs,
    unheard: await unheard(crowd, draw),
    callbacksLost: differing(callbacks, await callbacksIn(scene)),
  };
}

async function coresOf({ exchange, far }: Scene): Promise<KillRound['cores']> {
  const look = () => ({ exchange: cpuTimeMs(exchange.asterisk.pid), farEnd: cpuTimeMs(far.pid) });
  const before = look();
  await pause(LOOK_MS);
  const after = look();
  return { exchange: (after.exchange - before.exchange) / LOOK_MS, farEnd: (after.farEnd - before.farEnd) / LOOK_MS };
}

/** The callbacks that wait, the first one in front. */
async function callbacksIn({ exchange }: Scene): Promise<string[]> {
  const { body } = await exchange.get('/v1/queues/later');
  return (body as { contacts: { contactId: string }[] }).contacts.map(({ contactId }) => contactId);
}

function differing(before: readonly string[], after: readonly string[]): number {
  return Math.abs(after.length - CALLBACKS) + before.filter((id, place) => after[place] !== id).length;
}

type Recordings = { readonly started: number; readonly kept: number; readonly lost: number };

/** How the recordings ended, when all have. */
function recordingsIn({ exchange }: Scene): Promise<Recordings> {
  const query = `SELECT count(DISTINCT data->>'recordingId') FILTER (WHERE kind = 'recording.started')::int AS started,
      count(DISTINCT data->>'recordingId') FILTER (WHERE kind = 'recording.kept')::int AS kept,
      count(DISTINCT data->>'recordingId') FILTER (WHERE kind = 'recording.lost')::int AS lost FROM journal`;
  const look = async (): Promise<Recordings> => ((await exchange.sql(query)) as Recordings[])[0]!;
  const over = ({ started, kept, lost }: Recordings): boolean => kept + lost === started;
  return until(
    'every recording has an end',
    async () => {
      const found = await look();
      return over(found) ? found : undefined;
    },
    { withinMs: 60_000, seen: look },
  ).catch(look);
}

function drawn<T>(all: readonly T[], count: number, draw: Draw): T[] {
  const rest = [...all];
  return Array.from({ length: Math.min(count, rest.length) }, () => rest.splice(draw(rest.length), 1)[0]!);
}

/** Offers of the journal, the last ones, that went to somebody else than who had waited longest by then. */
async function inversions({ exchange }: Scene, stayed: readonly string[], count: number): Promise<number> {
  const query = `SELECT arrived.data->>'from' AS from FROM journal offer
      JOIN journal arrived ON arrived.contact_id = offer.contact_id AND arrived.kind = 'contact.arrived'
    WHERE offer.kind = 'offer.made' AND arrived.data->>'from' = ANY($1) ORDER BY offer.seq`;
  const rows = await until('the offers are in the database', async () => {
    const found = (await exchange.sql(query, [stayed])) as { from: string }[];
    return found.length >= count ? found : undefined;
  });
  return rows.filter(({ from }, place) => from !== stayed[place]).length;
}

async function firstOfferMs({ exchange }: Scene, sinceMs: number): Promise<number> {
  const query = `SELECT min((data->>'atMs')::bigint)::float8 AS "atMs" FROM journal
    WHERE kind = 'offer.made' AND (data->>'atMs')::bigint > $1`;
  const rows = (await exchange.sql(query, [sinceMs])) as { atMs: number | null }[];
  return rows[0]?.atMs ?? Number.POSITIVE_INFINITY;
}

/** The largest difference between the waits that the controller tells and those of the far end's clock, in ms. */
async function waitsOff(scene: Scene, crowd: Crowd): Promise<number> {
  const contacts = new Map((await scene.contacts()).map(({ id, from }) => [id, from]));
  const askedAtMs = Date.now();
  const { body } = await scene.exchange.get('/v1/queues/sales');
  const nowMs = (askedAtMs + Date.now()) / 2;
  const told = (body as { contacts: { contactId: string; waitedMs: number }[] }).contacts;
  const off = told.flatMap(({ contactId, waitedMs }) => {
    const waiter = crowd.callers.get(contacts.get(contactId) ?? '');
    return waiter ? [Math.abs(nowMs - waiter.waitsSinceMs - waitedMs)] : [];
  });
  return Math.max(0, ...off);
}

/** Of a few talks and a few who wait: how many do not hear what they should. */
async function unheard(crowd: Crowd, draw: Draw): Promise<number> {
  const pairs = drawn(crowd.spoken, HEARD, draw);
  const hearing = pairs.flatMap(([from, { ring }]) => [
    ring.hears(CALLER_HZ),
    crowd.callers.get(from)?.line.hears(AGENT_HZ) ?? Promise.reject(new Error('gone')),
  ]);
  const music = drawn(crowd.waiting, HEARD, draw).map(({ line }) => hearsMusic(line));
  const heard = await Promise.allSettled([...hearing, ...music]);
  return heard.filter(({ status }) => status === 'rejected').length;
}

function hearsMusic(line: Line): Promise<true> {
  return until('music is heard', async () => loudness(await line.listen(MUSIC_MS)) > MUSIC_LOUDNESS || undefined);
}

function loudness(pcm: Int16Array): number {
  return Math.sqrt(pcm.reduce((sum, one) => sum + one * one, 0) / Math.max(1, pcm.length));
}

function result(done: readonly KillRound[], recordings: Recordings, scene: Scene): SoakResult {
  const spread = (pick: (round: KillRound) => number): string => {
    const { p50, max } = spreadOf(done.map(pick));
    return `${figure(p50)} / ${figure(max)}`;
  };
  const sum = (pick: (round: KillRound) => number): number => done.reduce((all, round) => all + pick(round), 0);
  const dropped = sum((round) => round.dropped.length);
  const first = done[0];
  const rows = [
    ['kills', String(done.length), ''],
    ['callers waiting and talking at each', `${first?.waiting} and ${first?.talking}`, ''],
    ['calls dropped', String(dropped), '0'],
    ['order inversions', String(sum(({ inversions }) => inversions)), '0'],
    ['largest error of a wait, ms, p50 / max', spread(({ waitOffMs }) => waitOffMs), `${WAIT_OFF_MS_MAX}`],
    [
      'start of the process to the first caller given to an agent, ms, p50 / max',
      spread(({ decidedMs }) => decidedMs),
      `${DECIDED_WITHIN_MS}`,
    ],
    ['the same until the far end had answered a phone, ms, p50 / max', spread(({ answeredMs }) => answeredMs), ''],
    ['parties that did not hear what they should', String(sum(({ unheard }) => unheard)), '0'],
    [
      `callbacks of ${CALLBACKS} that were lost or lost their place`,
      String(sum(({ callbacksLost }) => callbacksLost)),
      '0',
    ],
    ['recordings that were begun, kept, lost', Object.values(recordings).join(', '), 'none lost or open'],
  ];
  const table: Table = { title: 'kill -9 of the controller', head: ['', 'measured', 'allowed'], rows };
  const failures = done.flatMap((round, place) => [
    ...(round.dropped.length > 0 ? [`round ${place + 1}: dropped ${round.dropped.join(', ')}`] : []),
    ...(round.inversions > 0 ? [`round ${place + 1}: ${round.inversions} inversions`] : []),
    ...(round.waitOffMs > WAIT_OFF_MS_MAX ? [`round ${place + 1}: a wait is off by ${round.waitOffMs} ms`] : []),
    ...(round.decidedMs > DECIDED_WITHIN_MS ? [`round ${place + 1}: decided after ${round.decidedMs} ms`] : []),
    ...(round.unheard > 0 ? [`round ${place + 1}: ${round.unheard} parties heard nothing`] : []),
    ...(round.callbacksLost > 0 ? [`round ${place + 1}: ${round.callbacksLost} callbacks lost their place`] : []),
  ]);
  if (recordings.kept !== recordings.started) failures.push(`recordings: ${JSON.stringify(recordings)}`);
  const cores = (part: 'exchange' | 'farEnd'): string => figure(spreadOf(done.map((round) => round.cores[part])).p50);
  const notes = [
    `All who wait hear music; ${SPEAKING} talks have sound both ways. Cores before a kill, median: the exchange's Asterisk ${cores('exchange')}, the far end ${cores('farEnd')}.`,
    `Put right by the routine check: ${scene.putRight().length} times.`,
  ];
  return { tables: [table], notes, failures, figures: { rounds: done, recordings } };
}
