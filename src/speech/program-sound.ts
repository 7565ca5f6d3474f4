import { monoOf, wavReader } from '../media/wav-reader.ts';
import { ok, type Result } from '../model/failure.ts';
import type { SpeakOrder } from './engine.ts';
import { type ProgramRun, runProgram } from './run-program.ts';
import { speechFailed } from './speech-failure.ts';

/**
 * Runs a program that writes a WAV to its standard output, and hands the sound over as it comes.
 * Failures: as `runProgram`; `speech.engine_failed` too when no whole sound came.
 */
export async function programSound(
  run: Omit<ProgramRun, 'onOutput'> & { readonly name: string },
  take: SpeakOrder['take'],
): Promise<Result<void>> {
  const wav = soundTaker(run.name, take);
  const ended = await runProgram({ ...run, onOutput: wav.push });
  // Flite exits with 0 also when it failed, and so does a program behind a pipe.
  return ended.ok ? wav.end() : ended;
}

/** Reads a WAV that comes in pieces and hands its sound over. `end` fails with `speech.engine_failed` when it was no whole one. */
export function soundTaker(
  engine: string,
  take: SpeakOrder['take'],
): { push(bytes: Uint8Array): void; end(): Result<void> } {
  const wav = wavReader();
  let any = false;
  return {
    push(bytes) {
      const samples = wav.push(bytes);
      const format = wav.format();
      if (typeof samples === 'string' || samples.length === 0 || !format) return;
      any = true;
      take({ samples: monoOf(samples, format.channels), rate: format.rate });
    },
    end() {
      const exit = wav.fault() ?? (any ? undefined : 'no_samples');
      return exit === undefined ? ok(undefined) : speechFailed('speech.engine_failed', { engine, exit });
    },
  };
}
