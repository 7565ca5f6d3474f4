import { ok, type Result } from '../model/failure.ts';
import type { Engine, EngineProgram } from './engine.ts';
import { PROGRAM_MS_MAX, runProgram } from './run-program.ts';
import { speechFailed } from './speech-failure.ts';

/** eSpeak NG: robotic, very quick, and it speaks over a hundred languages. Run as a program: it is GPL-3. */
export async function openEspeakNg(choice: EngineProgram, signal: AbortSignal): Promise<Result<Engine>> {
  const program = choice.program ?? 'espeak-ng';
  const timeoutMs = choice.timeoutMs ?? PROGRAM_MS_MAX;
  const told = await runProgram({ program, args: ['--version'], timeoutMs, signal });
  if (!told.ok) return told;
  const listed = await runProgram({ program, args: ['--voices'], timeoutMs, signal });
  if (!listed.ok) return listed;
  const voices = readVoices(listed.value);
  if (voices.size === 0) return speechFailed('speech.engine_failed', { engine: program, exit: 'no voices' });
  return ok({
    name: 'espeak-ng',
    version: /text-to-speech:\s*(\S+)/.exec(told.value)?.[1] ?? 'unknown',
    languages: [...voices.keys()],
    voiceFor: (_text, language) => lookUp(voices, language),
    async speak({ text, voice, file, signal }) {
      // `-b 1` says that the text is UTF-8, whatever the locale.
      const args = ['-v', voice, '-b', '1', '-w', file, '--stdin'];
      const run = await runProgram({ program, args, input: text, timeoutMs, signal });
      return run.ok ? ok(undefined) : run;
    },
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
    const voice = row[3]!;
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
