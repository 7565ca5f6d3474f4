import { type ChildProcess, spawn } from 'node:child_process';
import { basename } from 'node:path';
import { ok, type Result } from '../model/failure.ts';
import { speechFailed } from './speech-failure.ts';

/** How long an engine may take for one text, or for telling its version. */
export const PROGRAM_MS_MAX = 10_000;

/** What is kept of a program's standard output, in characters; the list of voices of espeak-ng takes 9,000. */
const OUTPUT_CHARS_MAX = 65_536;

export type ProgramRun = {
  readonly program: string;
  readonly args: readonly string[];
  /** What the program is called in failures; its file's name when left out. */
  readonly name?: string;
  /** Written to the program's standard input. */
  readonly input?: string;
  /** Exit codes that mean success; 0 when absent. */
  readonly exitCodes?: readonly number[];
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Takes the standard output as it comes; the text that is given back is empty then. */
  readonly onOutput?: (bytes: Buffer) => void;
};

/**
 * Runs a program without a shell and gives its standard output.
 * Failures: `speech.engine_missing`, `speech.engine_failed`, `speech.timed_out`, `speech.closed`.
 */
export function runProgram(run: ProgramRun): Promise<Result<string>> {
  if (run.signal.aborted) return Promise.resolve(speechFailed('speech.closed'));
  return new Promise((settle) => start(run, settle));
}

function start(run: ProgramRun, settle: (result: Result<string>) => void): void {
  const name = run.name ?? basename(run.program);
  // A group of its own, so that what the program has started dies with it.
  const child = spawn(run.program, run.args, { detached: true, stdio: ['pipe', 'pipe', 'ignore'] });
  let output = '';
  // Without free file handles (EMFILE) Node gives a child without pipes and tells the error a moment later.
  if (run.onOutput) child.stdout?.on('data', run.onOutput);
  else
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      output = (output + chunk).slice(0, OUTPUT_CHARS_MAX);
    });
  // A program that ends before it has read its input closes the pipe; its exit code tells the story.
  child.stdin?.on('error', () => {});
  child.stdin?.end(run.input ?? '');

  const timer = setTimeout(() => stop(speechFailed('speech.timed_out', { engine: name })), run.timeoutMs);
  const closed = () => stop(speechFailed('speech.closed'));
  run.signal.addEventListener('abort', closed, { once: true });
  let stoppedWith: Result<string> | undefined;
  function stop(result: Result<string>): void {
    stoppedWith ??= result;
    killGroup(child);
    child.stdout?.destroy();
  }
  function end(result: Result<string>): void {
    clearTimeout(timer);
    run.signal.removeEventListener('abort', closed);
    settle(stoppedWith ?? result);
  }
  child.on('error', (error) => {
    const reason = 'code' in error ? String(error.code) : error.name;
    end(speechFailed('speech.engine_missing', { engine: name, reason }));
  });
  child.on('close', (code, signal) => {
    if (code !== null && (run.exitCodes ?? [0]).includes(code)) return end(ok(output));
    end(speechFailed('speech.engine_failed', { engine: name, exit: signal ?? code ?? 'unknown' }));
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: it ended by itself in this moment.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
