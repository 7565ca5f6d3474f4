import { ok, type Result } from '../../model/failure.ts';
import type { Engine, EngineProgram } from '../engine.ts';
import { programSound } from '../program-sound.ts';
import { PROGRAM_MS_MAX, runProgram } from '../run-program.ts';

/** The clearest of flite's voices on telephone audio that is still quick; an American woman. */
const VOICE = 'slt';

/** Letters and signs that Unicode does not take apart by itself, in the letters that flite knows. */
const PLAIN: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u2013': '-',
  '\u2014': ' - ',
  ß: 'ss',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
};

/**
 * It opens its file by name, and the standard output that Node gives a child is a socket, which cannot be opened so: a real
 * pipe of the shell's can. The text is an argument and never read by the shell.
 */
const THROUGH_PIPE = '"$0" -o /dev/stdout "$@" | cat';

/** Flite: English only, far better understood on the telephone than espeak-ng. It gives its sound when all of it is made. */
export async function openFlite(choice: EngineProgram, signal: AbortSignal): Promise<Result<Engine>> {
  const { name = 'flite', program = 'flite', timeoutMs = PROGRAM_MS_MAX } = choice;
  // Flite tells its version and then exits with 1.
  const told = await runProgram({ program, args: ['--version'], exitCodes: [0, 1], timeoutMs, signal });
  if (!told.ok) return told;
  const listed = await runProgram({ program, args: ['-lv'], exitCodes: [0, 1], timeoutMs, signal });
  if (!listed.ok) return listed;
  const voices = new Set(/available:(.*)/.exec(listed.value)?.[1]?.trim().split(/\s+/) ?? [VOICE]);
  return ok({
    name,
    version: /version:\s*(\S+)/.exec(told.value)?.[1] ?? 'unknown',
    streams: () => false,
    voiceFor: (words, language) => (isEnglish(language) && readable(words) ? VOICE : undefined),
    voiceNamed: (voice, language) => (isEnglish(language) && voices.has(voice) ? voice : undefined),
    speak({ words, voice, rate, signal, take }) {
      // Never `-ssml`: with common tags flite spins for ever.
      const stretch = rate === 1 ? [] : ['--setf', `duration_stretch=${1 / rate}`];
      const args = ['-c', THROUGH_PIPE, program, '-voice', voice, ...stretch, '-t', inAscii(words)];
      return programSound({ name, program: 'sh', args, timeoutMs, signal }, take);
    },
    close: () => Promise.resolve(),
  });
}

function isEnglish(language: string): boolean {
  return /^en(-|$)/i.test(language);
}

/** Flite reads bytes, not characters: a letter beyond ASCII would be silence or noise. */
function readable(text: string): boolean {
  const folded = fold(text);
  return /[a-z0-9]/i.test(folded) && !/[^\P{L}a-z]/iu.test(folded);
}

function inAscii(text: string): string {
  return fold(text).replace(/[^ -~]/g, ' ');
}

function fold(text: string): string {
  return text
    .replace(/[^\0-~]/g, (sign) => PLAIN[sign] ?? sign)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');
}
