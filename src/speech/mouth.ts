import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { Result } from '../model/failure.ts';
import type { Engine, EngineOpener } from './engine.ts';
import { ENGINES } from './engines.ts';
import { openGate } from './gate.ts';
import { CACHE_BYTES_MAX, FREE_BYTES_MIN, openPromptCache } from './prompt-cache.ts';
import { createRenderer, isEngineTrouble, type Rendering } from './render.ts';
import { speechFailed } from './speech-failure.ts';
import { spokenText } from './spoken-text.ts';

/** Prompts that may wait for an engine. */
const WAITING_MAX = 1_000;

/** BCP 47 tags in use are far shorter. */
const LANGUAGE_CHARS_MAX = 35;

/** The mouth: makes sound files from text. */
export type Mouth = {
  /**
   * Gives the path of a sound file without its ending, as the `sound:` URI of Asterisk wants it. `language` is a
   * BCP 47 tag. Ask for every playing: a prompt not asked for within the hour may be removed from a full cache.
   * Failures: those of speech-failure.ts. Never rejects for what an engine or the disk did.
   */
  render(text: string, language: string): Promise<Result<string>>;
  /**
   * Renders prompts that will be needed, on half of the places for engines, so that callers are served meanwhile.
   * Tells its progress after each. Failures are in the answer, by the prompt's place in the list.
   */
  prepare(prompts: readonly Prompt[], tell?: (progress: Progress) => void): Promise<Prepared>;
  health(): MouthHealth;
  /** Stops the engines and refuses what waits. May be called twice. */
  close(): Promise<void>;
};

export type Prompt = { readonly text: string; readonly language: string };
export type Progress = { readonly done: number; readonly total: number };
export type Prepared = {
  readonly rendered: number;
  readonly failures: readonly { readonly at: number; readonly code: string; readonly message: string }[];
};
export type MouthHealth = { readonly up: boolean; readonly detail: string; readonly sinceMs: number };

/** What the mouth needs of a log; a pino logger fits. Texts are private and never stand in it. */
export type MouthLog = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
};

export type MouthOptions = {
  readonly promptsDir: string;
  readonly log: MouthLog;
  readonly now?: () => number;
  readonly engines?: readonly EngineOpener[];
  /** Bounds of the cache on the disk; a test or a small machine may choose others. */
  readonly cacheBytesMax?: number;
  readonly freeBytesMin?: number;
};

/** Opens the engines that are installed. With none of them it opens too, says so in its health and renders nothing. */
export async function openMouth(options: MouthOptions): Promise<Mouth> {
  const { log, now = Date.now } = options;
  const closing = new AbortController();
  const engines = await openEngines(options.engines ?? ENGINES, log, closing.signal);
  const cores = availableParallelism();
  const gate = openGate(2 * cores, WAITING_MAX);
  const cache = openPromptCache({
    dir: resolve(options.promptsDir),
    now,
    bytesMax: options.cacheBytesMax ?? CACHE_BYTES_MAX,
    freeBytesMin: options.freeBytesMin ?? FREE_BYTES_MIN,
    swept: (removed, bytesLeft) => log.info({ removed, bytesLeft }, 'Unused prompts were removed.'),
  });
  const renderOnce = createRenderer({ cache, gate, now, signal: closing.signal });
  const running = new Set<Promise<unknown>>();
  const condition = openCondition(engines, now);

  async function render(text: string, language: string): Promise<Result<string>> {
    const plain = spokenText(text);
    if (!plain.ok) return plain;
    const candidates = candidatesFor(engines, plain.value, language);
    let result: Result<string> = speechFailed('speech.no_voice', { language: printable(language) });
    for (const candidate of candidates) {
      result = await renderOnce(candidate);
      if (result.ok || !isEngineTrouble(result.failure.code)) break;
      log.warn({ engine: candidate.engine.name, code: result.failure.code }, 'A speech engine did not speak a prompt.');
    }
    if (candidates.length > 0) condition.note(result);
    return result;
  }

  function tracked<T>(work: Promise<T>): Promise<T> {
    running.add(work);
    return work.finally(() => running.delete(work));
  }

  const mouth: Mouth = {
    render: (text, language) =>
      closing.signal.aborted ? Promise.resolve(speechFailed('speech.closed')) : tracked(render(text, language)),
    prepare: (prompts, tell) => prepareAll(mouth, prompts, cores, tell),
    health: condition.health,
    async close() {
      closing.abort();
      gate.close();
      await Promise.allSettled(running);
      await cache.close();
    },
  };
  return mouth;
}

async function openEngines(openers: readonly EngineOpener[], log: MouthLog, signal: AbortSignal): Promise<Engine[]> {
  const opened = await Promise.all(openers.map((open) => open(signal)));
  const engines = [];
  for (const result of opened) {
    if (result.ok) engines.push(result.value);
    else log.warn({ code: result.failure.code, ...result.failure.details }, 'A speech engine is not to be had.');
  }
  return engines;
}

function candidatesFor(engines: readonly Engine[], text: string, language: string): Rendering[] {
  if (language.length > LANGUAGE_CHARS_MAX) return [];
  return engines.flatMap((engine) => {
    const voice = engine.voiceFor(text, language);
    return voice === undefined ? [] : [{ engine, voice, text }];
  });
}

async function prepareAll(
  mouth: Mouth,
  prompts: readonly Prompt[],
  width: number,
  tell: (progress: Progress) => void = () => {},
): Promise<Prepared> {
  const failures: Prepared['failures'][number][] = [];
  const total = prompts.length;
  const queue = prompts.entries();
  let done = 0;
  // Every worker takes its next prompt from the one queue.
  const work = async () => {
    for (const [at, prompt] of queue) {
      const result = await mouth.render(prompt.text, prompt.language);
      if (!result.ok) failures.push({ at, code: result.failure.code, message: result.failure.message });
      done++;
      tell({ done, total });
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  failures.sort((a, b) => a.at - b.at);
  return { rendered: total - failures.length, failures };
}

/** Remembers whether the last prompt could be made; what is wrong with a text says nothing about the mouth. */
function openCondition(engines: readonly Engine[], now: () => number) {
  const names = engines.map((engine) => `${engine.name} ${engine.version}`).join(', ');
  const working = { up: engines.length > 0, detail: names || 'no speech engine is installed' };
  let state: MouthHealth = { ...working, sinceMs: now() };
  const TROUBLE = ['speech.no_disk', 'speech.folder_unwritable', 'speech.timed_out', 'speech.engine_failed'];
  return {
    health: () => state,
    note(result: Result<string>): void {
      const next = result.ok ? working : { up: false, detail: `${result.failure.code}: ${result.failure.message}` };
      if (!result.ok && !TROUBLE.includes(result.failure.code)) return;
      if (next.up !== state.up || next.detail !== state.detail) state = { ...next, sinceMs: now() };
    },
  };
}

function printable(language: string): string {
  return language.slice(0, LANGUAGE_CHARS_MAX).replace(/[^A-Za-z0-9-]/g, '?');
}
