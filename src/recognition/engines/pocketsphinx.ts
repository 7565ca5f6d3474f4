import { availableParallelism } from 'node:os';
import type { Engine, EngineContext, EngineHeard, Utterance, UtteranceOrder } from '../engine.ts';
import { type Grammars, keepGrammars } from '../grammar/expected-grammar.ts';
import { confidenceOf } from '../pocketsphinx/confidence.ts';
import { openPool, type Pool } from '../pocketsphinx/pool.ts';
import type { ChildSetting } from '../pocketsphinx/protocol.ts';
import { voiceIn } from '../pocketsphinx/utterance-sound.ts';
import { recognitionCode } from '../recognition-failure.ts';
import { gathered } from '../sound.ts';

/** Where Debian's packages libpocketsphinx3, libsphinxbase3, pocketsphinx-en-us and flite put their files. */
const MODEL = '/usr/share/pocketsphinx/model/en-us';
export const DEBIAN: ChildSetting = {
  libraries: { sphinx: 'libpocketsphinx.so.3', base: 'libsphinxbase.so.3' },
  acousticModel: `${MODEL}/en-us`,
  dictionary: `${MODEL}/cmudict-en-us.dict`,
  pronouncer: 'flite',
};

/** Less than this is none of what was expected. */
const CONFIDENCE_MIN = 0.5;

/** English on this machine, within grammars that are made from what is expected. */
export function openPocketsphinx(name: string, { sessionsMax }: Pick<EngineContext, 'sessionsMax'>): Engine {
  return pocketsphinx(name, openPool({ setting: DEBIAN, childrenMax: Math.min(sessionsMax, availableParallelism()) }));
}

/** The engine over a pool, which a test may make from other files. */
export function pocketsphinx(name: string, pool: Pool): Engine {
  const grammars = keepGrammars();
  return {
    name,
    caps: { grammar: true, freeForm: 'no', partials: false, languages: ['en'], local: true },
    hear: (order, told) => hear(pool, grammars, order, told),
    warm: ({ expected }) => pool.warm(grammars.of(expected)?.text ?? null),
    check: () => pool.check(),
    close: () => pool.close(),
  };
}

function hear(pool: Pool, grammars: Grammars, order: UtteranceOrder, told: (heard: EngineHeard) => void): Utterance {
  const pieces: Int16Array[] = [];
  let over = false;
  let dropped = false;
  async function decode(): Promise<EngineHeard> {
    const grammar = grammars.of(order.expected);
    if (!grammar) return { what: 'failed', code: 'recognition.bad_grammar' };
    const voice = voiceIn(gathered(pieces));
    const heard = await pool.hear(grammar.text, voice.samples);
    if (!heard.ok) return { what: 'failed', code: recognitionCode(heard.failure) };
    if (heard.value.text === '') return { what: 'nothing' };
    const confidence = confidenceOf(heard.value, voice);
    const text = grammar.read(heard.value.text.split(' '));
    if (text === undefined || confidence < CONFIDENCE_MIN)
      return { what: 'final', text: '', confidence: 0, alternatives: [] };
    return { what: 'final', text, confidence, alternatives: [] };
  }
  return {
    write(samples: Int16Array) {
      if (!over) pieces.push(samples);
    },
    end() {
      if (over) return;
      over = true;
      void decode().then((heard) => {
        if (!dropped) told(heard);
      });
    },
    drop() {
      over = true;
      dropped = true;
    },
  };
}
