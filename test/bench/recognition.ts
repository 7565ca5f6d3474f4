import { availableParallelism } from 'node:os';
import { FRAME_SAMPLES } from '../../src/media/frames.ts';
import type { ListenOrder } from '../../src/model/speech/listening.ts';
import type { Ears, Heard } from '../../src/recognition/ears.ts';
import { DEBIAN, pocketsphinx } from '../../src/recognition/engines/pocketsphinx.ts';
import { openEars } from '../../src/recognition/open-ears.ts';
import { openPool, type Pool } from '../../src/recognition/pocketsphinx/pool.ts';
import type { Bench, BenchContext, BenchResult } from './bench.ts';
import { corpus, type Utterance } from './recognition-corpus.ts';
import { measureMemory, measureSpeed } from './recognition-load.ts';
import { accuracyTables, type Told } from './recognition-tables.ts';
import { PROMPTS, spoken } from './recognition-voices.ts';
import { type Line, overTheLine } from './telephone-line.ts';

const LINES: readonly Line[] = ['quiet', '20 dB'];
const PARTS = ['accuracy', 'tuning', 'speed', 'memory'];

/** How long somebody may pause; digits are said with gaps. */
const END_SILENCE_MS = { phrases: 600, digits: 1_100 };

/** What the offline recogniser makes of words that were spoken by others than those it was tuned with. */
export const recognition: Bench = {
  summary: 'what pocketsphinx hears right, and how fast; --only accuracy, tuning, speed or memory (10,000 utterances)',
  needs: [{ name: 'asterisk-core-sounds-en-wav', file: `${PROMPTS}/goodbye.wav` }],
  async run(context) {
    const { only } = context;
    if (only !== undefined && !PARTS.includes(only)) throw new Error(`--only is one of ${PARTS.join(', ')}`);
    const pool = openPool({ setting: DEBIAN, childrenMax: availableParallelism() });
    const stop = (): void => void pool.close();
    context.signal.addEventListener('abort', stop);
    try {
      return await measure(pool, context);
    } finally {
      await pool.close();
    }
  },
};

async function measure(pool: Pool, context: BenchContext): Promise<BenchResult> {
  const { only = 'accuracy and speed' } = context;
  const checked = await pool.check();
  if (!checked.ok) throw new Error(checked.failure.message);
  const results: Omit<BenchResult, 'asterisk'>[] = [];
  for (const which of ['figure', 'tuning'] as const) {
    if (!only.includes(which === 'figure' ? 'accuracy' : 'tuning')) continue;
    const told = await hearAll(pool, corpus(which), context);
    results.push({ ...accuracyTables(told), figures: told });
  }
  if (only.includes('speed')) results.push(await measureSpeed(pool, context));
  if (only === 'memory') results.push(await measureMemory(pool, context));
  return {
    tables: results.flatMap(({ tables }) => tables),
    notes: results.flatMap(({ notes }) => notes),
    figures: results.map(({ figures }) => figures),
    asterisk: undefined,
  };
}

/** Every utterance over every line, as the ears hear it in a turn of its own; as many at once as there are children. */
async function hearAll(pool: Pool, utterances: readonly Utterance[], context: BenchContext): Promise<Told[]> {
  const engine = pocketsphinx('pocketsphinx', pool);
  const ears = openEars({ engineOf: () => engine });
  const waiting = LINES.flatMap((line) => utterances.map((utterance, at) => ({ line, utterance, seed: at + 1 })));
  const told: Told[] = [];
  const all = waiting.length;
  const next = async (): Promise<void> => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      context.signal.throwIfAborted();
      const { line, utterance, seed } = one;
      const voice = spoken(utterance.voice, utterance.said, context.dir);
      if (!voice) continue;
      const sound = overTheLine(voice, line, { seed });
      const heard = await hearOne(ears, orderOf(utterance), sound);
      told.push({ line, utterance, heard, soundMs: sound.length / 8 });
      if (told.length % 100 === 0) context.say(`${told.length} of ${all} utterances`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, next));
  return told;
}

export function orderOf({ expected }: Pick<Utterance, 'expected'>): ListenOrder {
  const endSilenceMs = expected.kind === 'digits' ? END_SILENCE_MS.digits : END_SILENCE_MS.phrases;
  const rest = { language: 'en-US', hints: [], bargeIn: 'voice', minWords: 1, sensitive: false } as const;
  return { ...rest, expected, endSilenceMs, maxDurationMs: 15_000, minConfidence: 0.5 };
}

/** The end of the turn; null: no voice was found, or noise alone. */
export function hearOne(ears: Ears, order: ListenOrder, sound: Int16Array): Promise<Heard | null> {
  return new Promise((resolve) => {
    let begun = false;
    const end = (heard: Heard | null): void => {
      listener.stop();
      resolve(heard);
    };
    const listener = ears.listen(order, (heard) => {
      begun = true;
      if (heard.what === 'final' || heard.what === 'failed') end(heard);
      else if (heard.what === 'noise') end(null);
    });
    for (let at = 0; at + FRAME_SAMPLES <= sound.length; at += FRAME_SAMPLES) {
      listener.write(sound.slice(at, at + FRAME_SAMPLES));
    }
    if (!begun) end(null);
  });
}
