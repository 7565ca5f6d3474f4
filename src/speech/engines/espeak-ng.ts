import { ok, type Result } from '../../model/failure.ts';
import type { Engine, EngineProgram } from '../engine.ts';
import { programSound } from '../program-sound.ts';
import { PROGRAM_MS_MAX, runProgram } from '../run-program.ts';
import { speechFailed } from '../speech-failure.ts';

/** Its usual pace, in words a minute. */
const WORDS_PER_MINUTE = 175;

/**
 * The voice of Mandarin reads characters as what they are called in English (espeak-ng issue 1236, in Debian's 1.51); the one that
 * was made for Pinyin reads them properly.
 */
const INSTEAD: Readonly<Record<string, string>> = { 'sit/cmn': 'sit/cmn-Latn-pinyin' };

/** eSpeak NG: robotic, very quick, and it speaks over a hundred languages. Run as a program: it is GPL-3. */
export async function openEspeakNg(choice: EngineProgram, signal: AbortSignal): Promise<Result<Engine>> {
  const { name = 'espeak', program = 'espeak-ng', timeoutMs = PROGRAM_MS_MAX } = choice;
  const ask = (arg: string) => runProgram({ program, args: [arg], timeoutMs, signal });
  const [told, listed, variants] = await Promise.all([ask('--version'), ask('--voices'), ask('--voices=variant')]);
  if (!told.ok) return told;
  if (!listed.ok) return listed;
  const voices = readVoices(listed.value);
  if (voices.size === 0) return speechFailed('speech.engine_failed', { engine: name, exit: 'no voices' });
  const named = new Map([...voices, ...[...voices.values()].map((voice) => [voice.toLowerCase(), voice] as const)]);
  const changes = new Set([...(variants.ok ? variants.value : '').matchAll(/!v\/(\S+)/g)].map(([, one]) => one));
  return ok({
    name,
    version: /text-to-speech:\s*(\S+)/.exec(told.value)?.[1] ?? 'unknown',
    streams: () => true,
    voiceFor: (_words, language) => lookUp(voices, language),
    voiceNamed(voice) {
      const [base = '', change] = voice.split('+');
      const found = named.get(base.toLowerCase());
      if (found === undefined || change === undefined) return found;
      return changes.has(change) ? `${found}+${change}` : undefined;
    },
    speak({ words, voice, rate, signal, take }) {
      // `-b 1` says that the text is UTF-8, whatever the locale.
      const pace = rate === 1 ? [] : ['-s', String(Math.round(WORDS_PER_MINUTE * rate))];
      const args = ['-v', voice, ...pace, '-b', '1', '--stdout', '--stdin'];
      return programSound({ name, program, args, input: words, timeoutMs, signal }, take);
    },
    close: () => Promise.resolve(),
  });
}

/**
 * Reads the table of `espeak-ng --voices`: priority, language, age/gender, name, file, then other languages that the
 * voice also serves, as `(fr 5)`. The lower number is the better voice. Gives language tag -> voice file for `-v`.
 */
export function readVoices(table: string): Map<string, string> {
  const best = new Map<string, { voice: string; priority: number }>();
  for (const line of table.split('\n')) {
    const row = /^\s*(\d+)\s+(\S+)\s+\S+\s+\S+\s+(\S+)\s*(.*)$/.exec(line);
    if (!row) continue;
    // Only the file names every voice: two of Cantonese share a tag, and a tag with capitals is not found.
    const voice = INSTEAD[row[3]!] ?? row[3]!;
    // What a voice calls itself is stronger than what another voice would also serve.
    const offers: [string, number][] = [[row[2]!, Number(row[1]) - 100]];
    for (const other of row[4]!.matchAll(/\((\S+) (\d+)\)/g)) offers.push([other[1]!, Number(other[2])]);
    for (const [language, priority] of offers) {
      const tag = language.toLowerCase();
      const known = best.get(tag);
      if (!known || priority < known.priority) best.set(tag, { voice, priority });
    }
  }
  return new Map([...best].map(([tag, { voice }]) => [tag, voice]));
}

/** RFC 4647, 3.4 (lookup): `zh-Hans-CN` asks for itself, then `zh-Hans`, then `zh`. */
function lookUp(voices: ReadonlyMap<string, string>, language: string): string | undefined {
  const subtags = language.toLowerCase().split('-');
  for (; subtags.length > 0; subtags.pop()) {
    const voice = voices.get(subtags.join('-'));
    if (voice !== undefined) return voice;
  }
  return undefined;
}
