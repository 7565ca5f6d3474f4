import { existsSync } from 'node:fs';
import type { RecognitionFailureCode } from '../recognition-failure.ts';
import { openDecoder } from './decoder.ts';
import { type GrammarHearing, openGrammarHearing } from './grammar-hearing.ts';
import { loadLibrary } from './library.ts';
import { openPronunciations } from './pronunciation.ts';
import type { ChildSetting, FromChild, ToChild } from './protocol.ts';

/** The library can forget no word: a child that has taken up so many ends, and a new one is started. */
const WORDS_MAX = 20_000;

let hearing: GrammarHearing | undefined;

process.on('message', (order: ToChild) => {
  const answer = answerTo(order);
  process.send!(answer, () => {
    if (answer.what === 'unopened' || (hearing?.words() ?? 0) > WORDS_MAX) process.exit(0);
  });
});
// The controller is gone.
process.on('disconnect', () => process.exit(0));

function answerTo(order: ToChild): FromChild {
  if (order.what === 'open') return open(order.setting);
  const { job, grammar } = order;
  const refused = (code: RecognitionFailureCode): FromChild => ({ what: 'refused', job, code });
  if (!hearing) return refused('recognition.engine_failed');
  if (order.what === 'prepare')
    return hearing.prepare(order.grammar) ? { what: 'prepared', job } : refused('recognition.bad_grammar');
  const scored = hearing.hear(grammar, order.samples);
  return scored ? { what: 'heard', job, ...scored } : refused('recognition.bad_grammar');
}

function open(setting: ChildSetting): FromChild {
  const missing = [setting.acousticModel, setting.dictionary].find((path) => !existsSync(path));
  if (missing !== undefined) return { what: 'unopened', code: 'recognition.engine_missing', reason: missing };
  try {
    const library = loadLibrary(setting.libraries.sphinx, setting.libraries.base);
    const decoder = openDecoder(library, setting.acousticModel);
    hearing = openGrammarHearing(decoder, openPronunciations(setting.dictionary, setting.pronouncer));
    return { what: 'opened' };
  } catch (error) {
    return { what: 'unopened', code: 'recognition.engine_missing', reason: (error as Error).message };
  }
}
