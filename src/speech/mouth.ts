import { resolve } from 'node:path';
import { ok, type Result } from '../model/failure.ts';
import { OFFLINE_SPEECH, type SpeechSite } from '../model/speech/engines.ts';
import { type MouthHealth, openCondition } from './condition.ts';
import type { EngineOpener } from './engine.ts';
import { engineSet } from './engine-set.ts';
import type { EngineNeeds } from './engines.ts';
import { firstSpeaker, type Order } from './first-speaker.ts';
import { createPreparer, type Prepared, type Progress, type Prompt, troubleOf } from './prepare.ts';
import { CACHE_BYTES_MAX, FREE_BYTES_MIN, openPromptCache } from './prompt-cache.ts';
import { createRenderer } from './renderer.ts';
import { type PartMaker, type SequencePart, sequence } from './sequence.ts';
import { speechFailed } from './speech-failure.ts';

/** Voices that nobody has are told once each, and so many of them. */
const UNKNOWN_VOICES_MAX = 1_000;

/** The mouth: makes sound from text or SSML. */
export type Mouth = {
  /**
   * Gives the path of a sound file without its ending, as the `sound:` URI of Asterisk wants it. `language` is a
   * BCP 47 tag, `voice` an engine's own name of one; the usual one speaks where nobody has it. Ask for every playing: a
   * prompt not asked for within the hour may be removed from a full cache.
   * Failures: those of speech-failure.ts. Never rejects for what an engine or the disk did.
   */
  render(text: string, language: string, voice?: string): Promise<Result<string>>;
  /**
   * The same for somebody who waits: the file where there is one, otherwise a stream (8 kHz, 16 bit) whose first sound is there,
   * while the rest is being made. It is kept as a file when it is taken to its end; `return` of its iterator stops the engines.
   * It throws an error with a `code` when it breaks off.
   */
  say(text: string, language: string, voice?: string): Promise<Result<Said>>;
  /** Parts of a prompt as one stream without gaps, from `offsetMs` on; each is made while the one before it is heard. */
  join(parts: readonly (SequencePart | PartMaker)[], offsetMs: number): AsyncIterableIterator<Int16Array>;
  /**
   * Renders prompts that will be needed, on half of the places for engines, so that callers are served meanwhile.
   * Tells its progress after each. Failures are in the answer, by the prompt's place in the list, and the last
   * call's are told by `health`.
   */
  prepare(prompts: readonly Prompt[], tell?: (progress: Progress) => void): Promise<Prepared>;
  /** The site's engines from now on; until they are ready the ones before speak. What was prepared last is prepared for them, too. */
  use(site: SpeechSite): Promise<void>;
  health(): MouthHealth;
  /** Stops the engines and refuses what waits. May be called twice. */
  close(): Promise<void>;
};

/** A path without its ending, or a stream. */
export type Said = { readonly file: string } | { readonly stream: AsyncIterable<Int16Array> };

/** What the mouth needs of a log; a pino logger fits. Texts are private and never stand in it. */
export type MouthLog = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
};

export type MouthOptions = {
  readonly promptsDir: string;
  readonly log: MouthLog;
  readonly now?: () => number;
  /** In the place of the usual engines. */
  readonly engines?: readonly EngineOpener[];
  /** Left out: there are no secrets. */
  readonly secret?: EngineNeeds['secret'];
  /** Bounds of the cache on the disk; a test or a small machine may choose others. */
  readonly cacheBytesMax?: number;
  readonly freeBytesMin?: number;
};

/** Opens the engines that are installed. With none of them it opens too, says so in its health and renders nothing. */
export async function openMouth(options: MouthOptions): Promise<Mouth> {
  const { log, now = Date.now } = options;
  const closing = new AbortController();
  const engines = engineSet({
    usual: options.engines,
    needs: { secret: options.secret ?? (() => undefined) },
    now,
    signal: closing.signal,
    missing: ({ code, details }) => log.warn({ code, ...details }, 'A speech engine is not to be had.'),
  });
  await engines.use(OFFLINE_SPEECH);
  const cache = openPromptCache({
    dir: resolve(options.promptsDir),
    now,
    bytesMax: options.cacheBytesMax ?? CACHE_BYTES_MAX,
    freeBytesMin: options.freeBytesMin ?? FREE_BYTES_MIN,
    swept: (removed, bytesLeft) => log.info({ removed, bytesLeft }, 'Unused prompts were removed.'),
  });
  const condition = openCondition(engines, now);
  const running = new Set<Promise<unknown>>();
  const renderer = createRenderer({ cache, now, signal: closing.signal, kept: condition.kept, track });
  const speak = firstSpeaker({ engines, cache, condition, log });
  const noteVoice = tellUnknownVoices(log);

  function track<T>(work: Promise<T>): Promise<T> {
    running.add(work);
    return work.finally(() => running.delete(work));
  }

  async function rendered(order: Order): Promise<Result<{ readonly file: string; readonly voiceUnknown: boolean }>> {
    const spoken = await speak(order, ({ casting }) => renderer.file(casting));
    if (!spoken.ok) return spoken;
    const { voiceUnknown } = spoken.value;
    if (voiceUnknown) noteVoice(order);
    return ok({ file: 'file' in spoken.value ? spoken.value.file : spoken.value.made, voiceUnknown });
  }

  async function said(order: Order): Promise<Result<Said>> {
    const spoken = await speak(order, ({ casting, instead }) => renderer.stream(casting, instead));
    if (!spoken.ok) return spoken;
    if (spoken.value.voiceUnknown) noteVoice(order);
    return ok('file' in spoken.value ? { file: spoken.value.file } : { stream: spoken.value.made });
  }

  const open = <T>(work: () => Promise<Result<T>>): Promise<Result<T>> =>
    closing.signal.aborted ? Promise.resolve(speechFailed('speech.closed')) : track(work());

  const preparer = createPreparer({
    /** A voice that nobody has is a fault of the flow, although the text can be heard. */
    async render(prompt) {
      const result = await open(() => rendered(prompt));
      if (!result.ok) return result;
      return result.value.voiceUnknown ? speechFailed('speech.voice_unknown') : ok(result.value.file);
    },
    prepared: (prepared) => condition.prepared(troubleOf(prepared)),
  });

  return {
    async render(text, language, voice) {
      const result = await open(() => rendered({ text, language, voice }));
      return result.ok ? ok(result.value.file) : result;
    },
    say: (text, language, voice) => open(() => said({ text, language, voice })),
    join: (parts, offsetMs) =>
      sequence(parts, offsetMs, (code) => log.warn({ code }, 'A part of a prompt was left out.')),
    prepare: (prompts, tell) => preparer.prepare(prompts, tell),
    // What was made by other engines than those that speak now would not be found.
    use: (site) => track(engines.use(site).then((changed) => (changed ? preparer.again() : undefined))),
    health: condition.health,
    async close() {
      closing.abort();
      await Promise.allSettled(running);
      await engines.close();
      await cache.close();
    },
  };
}

/** Tells each voice that nobody has once. */
function tellUnknownVoices(log: MouthLog): (order: Order) => void {
  const told = new Set<string>();
  return ({ language, voice }) => {
    const name = `${language} ${voice}`;
    if (told.has(name) || told.size >= UNKNOWN_VOICES_MAX) return;
    told.add(name);
    log.warn({ code: 'speech.voice_unknown', language, voice }, 'Nobody has this voice; the usual one speaks.');
  };
}
