import { readFileSync } from 'node:fs';
import { keepGrammars } from '../../src/recognition/grammar/expected-grammar.ts';
import type { Pool } from '../../src/recognition/pocketsphinx/pool.ts';
import { gathered } from '../../src/recognition/sound.ts';
import type { BenchContext, BenchResult } from './bench.ts';
import { spoken } from './recognition-voices.ts';
import { spreadOf } from './spread.ts';
import { figure } from './table.ts';
import { overTheLine } from './telephone-line.ts';

type Part = Omit<BenchResult, 'asterisk'>;

const AT_ONCE = [1, 2, 4, 8, 16, 32];
const UTTERANCES_EACH = 48;
const MEMORY_UTTERANCES = 10_000;
const MEMORY_STEP = 1_000;
const PAGE_BYTES = 4_096;

const MENU = keepGrammars().of({
  kind: 'phrases',
  phrases: ['billing', 'technical support', 'new orders', 'cancel my contract', 'talk to an operator', 'store hours'],
})!.text;

/** How long one utterance takes, and many at once: the engine alone, without the silence that ends it. */
export async function measureSpeed(pool: Pool, context: BenchContext): Promise<Part> {
  const sound = said('technical support', context);
  const soundMs = sound.length / 8;
  pool.warm(MENU);
  const rows: string[][] = [];
  const figures: object[] = [];
  for (const atOnce of AT_ONCE) {
    context.say(`${atOnce} at once`);
    const times: number[] = [];
    let left = UTTERANCES_EACH;
    const begunMs = performance.now();
    const caller = async (): Promise<void> => {
      while (left-- > 0) {
        context.signal.throwIfAborted();
        const before = performance.now();
        const heard = await pool.hear(MENU, sound);
        if (!heard.ok) throw new Error(heard.failure.message);
        times.push(performance.now() - before);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, caller));
    const tookMs = performance.now() - begunMs;
    const { p50, p95 } = spreadOf(times);
    const aSecond = (1_000 * times.length) / tookMs;
    figures.push({ atOnce, p50, p95, aSecond, soundMs });
    rows.push([String(atOnce), figure(p50), figure(p95), figure(aSecond), figure((aSecond * soundMs) / 1_000)]);
  }
  const head = ['callers at once', 'p50 ms', 'p95 ms', 'utterances a second', 'seconds of sound a second'];
  return {
    tables: [{ title: `One utterance of ${figure(soundMs)} ms with both scores`, head, rows }],
    notes: [],
    figures,
  };
}

/** Memory of this process and of the children, over ten thousand utterances. */
export async function measureMemory(pool: Pool, context: BenchContext): Promise<Part> {
  const sound = said('billing', context);
  const rows: string[][] = [];
  const tell = (count: number): void => {
    const children = pool.pids().map(rssMib);
    rows.push([String(count), figure(rssMib(process.pid)), children.map((mib) => figure(mib)).join(', ')]);
    context.say(`${count} utterances: ${rows.at(-1)!.slice(1).join(' MiB, ')} MiB`);
  };
  tell(0);
  for (let count = MEMORY_STEP; count <= MEMORY_UTTERANCES; count += MEMORY_STEP) {
    let left = MEMORY_STEP;
    const caller = async (): Promise<void> => {
      while (left-- > 0) {
        context.signal.throwIfAborted();
        await pool.hear(MENU, gathered([sound]));
      }
    };
    await Promise.all([caller(), caller(), caller()]);
    tell(count);
  }
  const head = ['utterances', 'this process MiB', 'children MiB'];
  return { tables: [{ title: 'Memory', head, rows }], notes: [], figures: rows };
}

function said(text: string, context: BenchContext): Int16Array {
  const voice = spoken({ name: 'flite rms', flite: 'rms' }, text, context.dir)!;
  return overTheLine(voice, 'quiet', { seed: 1, leadMs: 100, tailMs: 300 });
}

function rssMib(pid: number): number {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return (pages * PAGE_BYTES) / 2 ** 20;
}
