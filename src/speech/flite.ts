import { ok, type Result } from '../model/failure.ts';
import type { Engine, EngineProgram } from './engine.ts';
import { PROGRAM_MS_MAX, runProgram } from './run-program.ts';

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

/** Flite: English only, far better understood on the telephone than espeak-ng. */
export async function openFlite(choice: EngineProgram, signal: AbortSignal): Promise<Result<Engine>> {
  const program = choice.program ?? 'flite';
  const timeoutMs = choice.timeoutMs ?? PROGRAM_MS_MAX;
  // Flite tells its version and then exits with 1.
  const told = await runProgram({ program, args: ['--version'], exitCodes: [0, 1], timeoutMs, signal });
  if (!told.ok) return told;
  return ok({
    name: 'flite',
    version: /version:\s*(\S+)/.exec(told.value)?.[1] ?? 'unknown',
    languages: ['en'],
    voiceFor: (text, language) => (/^en(-|$)/i.test(language) && readable(text) ? VOICE : undefined),
    async speak({ text, voice, file, signal }) {
      // Never `-ssml`: with common tags flite spins for ever.
      const args = ['-voice', voice, '-t', inAscii(text), '-o', file];
      const run = await runProgram({ program, args, timeoutMs, signal });
      return run.ok ? ok(undefined) : run;
    },
  });
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
