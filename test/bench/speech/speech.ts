import type { Ears } from '../../../src/recognition/ears.ts';
import { onLine } from '../../spoken/phone-line.ts';
import { spoken, type Voice } from '../../spoken/voices.ts';
import { Scene } from '../../system/scene.ts';
import type { Bench, BenchContext } from '../bench.ts';
import { cpuTimeMs } from '../cpu-time.ts';
import { spreadOf } from '../spread.ts';
import { figure, type Table } from '../table.ts';
import { bargeIns, decisions, firstAudio, TIMED_NUMBERS, timedFlows } from './call-times.ts';
import { turnAlone, warmEars } from './ears-alone.ts';
import { listeningFlows } from './listening-flows.ts';

const VOICE: Voice = { engine: 'flite', name: 'rms', speed: 1 };
const WORDS = ['new order', 'delivery status', 'repair service', 'account balance', 'customer service'];
/** Turns of each figure. */
const TURNS = 20;
/** Turns at the ears side by side, from one to more than this machine has cores. */
const SIDE_BY_SIDE = [1, 2, 4, 8];
const UTTERANCES_EACH = 40;
/** After so many the memory is looked at again; `--seconds 20` makes ten thousand of them. */
const UTTERANCES_A_SECOND_OF_ROUND = 500;

type Row = readonly [name: string, times: readonly number[], wanted: string];

/** How fast it speaks, hears and stops, over SIP; and the ears alone, so that our own part is to be seen. */
export const speech: Bench = {
  summary: 'speaking and hearing over SIP: first audio, decision, barge-in; the ears alone; load, memory (minutes)',
  needs: [{ name: 'flite', program: 'flite' }],
  async run(context) {
    const words = await Promise.all(
      WORDS.map(async (text, seed) => onLine(await spoken(text, VOICE), { snrDb: null, seed })),
    );
    const parts = context.only === undefined ? ['calls', 'alone', 'memory'] : [context.only];
    const rows: Row[] = parts.includes('calls') ? await overSip(words, context) : [];
    const tables: Table[] = [];
    const ears = parts.some((part) => part !== 'calls') ? await warmEars(words[0]!) : undefined;
    try {
      if (ears && parts.includes('alone')) {
        context.say('the ears alone');
        rows.push(['end of speech to answer, the ears alone', await alone(ears, words), '']);
        tables.push(await load(ears, words, context));
      }
      if (ears && parts.includes('memory')) tables.push(await memory(ears, words[0]!, context));
    } finally {
      await ears?.close();
    }
    if (rows.length > 0) tables.unshift(timesTable(rows));
    return { tables, notes: [NOTE], figures: { rows, tables }, asterisk: undefined };
  },
};

const NOTE =
  'Times in ms. Sound in the ear is looked at in what the far end recorded: exact to some 20 ms, a packet. The end silence is 600 ms.';

function timesTable(rows: readonly Row[]): Table {
  const cells = rows.map(([name, times, wanted]) => {
    const { count, p50, p95, max } = spreadOf(times);
    return [name, `${count}`, figure(p50), figure(p95), figure(max), wanted];
  });
  return { title: 'How long it takes', head: ['', 'turns', 'p50', 'p95', 'max', 'wanted p50'], rows: cells };
}

async function overSip(words: readonly Int16Array[], context: BenchContext): Promise<Row[]> {
  context.say('starting an exchange and its far end');
  const files = { ...listeningFlows(TIMED_NUMBERS), ...timedFlows() };
  const scene = await Scene.open({ files, agents: [] });
  try {
    const many = Array.from({ length: TURNS }, (_, at) => words[at % words.length]!);
    // The first turns make the engine warm.
    await decisions(scene, words);
    context.say('first audio');
    const cached = await firstAudio(scene, '111', TURNS / 2);
    const live = await firstAudio(scene, '110', TURNS / 2);
    context.say('end of speech to decision');
    const decided = await decisions(scene, many);
    context.say('barge-in');
    const stopped = await bargeIns(scene, words[0]!, TURNS / 2);
    return [
      ['prompt to first audio, cached', cached, ''],
      ['prompt to first audio, never said before', live, ''],
      ["end of speech to the flow's decision", decided, '700'],
      ['voice to silence of the prompt (barge-in)', stopped, '200'],
    ];
  } finally {
    await scene.close();
  }
}

async function alone(ears: Ears, words: readonly Int16Array[]): Promise<number[]> {
  const found: number[] = [];
  for (let turn = 0; turn < TURNS / 2; turn++) {
    found.push((await turnAlone(ears, words[turn % words.length]!, 'as a call')).afterVoiceMs);
  }
  return found;
}

/** What is given at once is queued for the engine: so many a second is what the machine can do. */
async function load(ears: Ears, words: readonly Int16Array[], { say }: BenchContext): Promise<Table> {
  const rows: string[][] = [];
  for (const width of SIDE_BY_SIDE) {
    say(`${width} at once`);
    const [beganMs, cpuMs] = [performance.now(), cpuTimeMs(process.pid)];
    let failed = 0;
    const queue = Array.from({ length: UTTERANCES_EACH }, (_, at) => words[at % words.length]!).values();
    const work = async (): Promise<void> => {
      for (const one of queue) if ((await turnAlone(ears, one, 'at once')).text === undefined) failed += 1;
    };
    await Promise.all(Array.from({ length: width }, work));
    const tookMs = performance.now() - beganMs;
    const each = (cpuTimeMs(process.pid) - cpuMs) / UTTERANCES_EACH;
    rows.push([`${width}`, figure((UTTERANCES_EACH * 1_000) / tookMs), figure(each), `${failed}`]);
  }
  const head = ['at once', 'utterances a second', 'CPU ms each', 'not answered'];
  return { title: 'The ears alone under load', head, rows };
}

async function memory(ears: Ears, words: Int16Array, { say, roundMs, signal }: BenchContext): Promise<Table> {
  const total = (roundMs / 1_000) * UTTERANCES_A_SECOND_OF_ROUND;
  const rows: string[][] = [];
  for (let done = 0; done <= total && !signal.aborted; ) {
    global.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    rows.push([`${done}`, figure(heapUsed / 1e6), figure(rss / 1e6)]);
    say(`${done} of ${total} utterances`);
    for (let one = 0; one < total / 5; one += 2) {
      await Promise.all([turnAlone(ears, words, 'at once'), turnAlone(ears, words, 'at once')]);
    }
    done += total / 5;
  }
  return { title: 'Memory of the process that hears', head: ['after utterances', 'heap MB', 'resident MB'], rows };
}
