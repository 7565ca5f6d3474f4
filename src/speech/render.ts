import { createHash } from 'node:crypto';
import { readFile, rm, stat } from 'node:fs/promises';
import { ok, type Result } from '../model/failure.ts';
import type { Engine } from './engine.ts';
import type { Gate } from './gate.ts';
import type { PromptCache } from './prompt-cache.ts';
import { speechFailed } from './speech-failure.ts';
import { SOUND_FORMAT, telephoneSound } from './telephone-sound.ts';
import { readWav, type Sound, writeWav } from './wav.ts';

/** Largest raw sound taken from an engine: twelve minutes of espeak-ng. It is held in memory while it is levelled. */
const RAW_BYTES_MAX = 32 * 1024 ** 2;

/** An engine that failed on a text is not asked for it again so soon: a caller may have waited for its time-out. */
const REST_MS = 60_000;
const RESTS_MAX = 1_000;

/** One text with the engine and the voice that shall speak it. */
export type Rendering = { readonly engine: Engine; readonly voice: string; readonly text: string };

export type Renderer = (rendering: Rendering) => Promise<Result<string>>;

export type RendererOptions = {
  readonly cache: PromptCache;
  readonly gate: Gate;
  readonly now: () => number;
  readonly signal: AbortSignal;
};

/** Takes a prompt from the cache or has it spoken; those who ask for the same at the same time share one process. */
export function createRenderer({ cache, gate, now, signal }: RendererOptions): Renderer {
  const underWay = new Map<string, Promise<Result<string>>>();
  const rests = new Map<string, { untilMs: number; result: Result<string> }>();

  async function findOrSpeak(key: string, rendering: Rendering): Promise<Result<string>> {
    const found = await cache.find(key);
    if (found !== undefined) return ok(found);
    const rest = rests.get(key);
    if (rest && now() < rest.untilMs) return rest.result;
    const result = await gate.enter(() => speak(key, rendering));
    rests.delete(key);
    if (!result.ok && isEngineTrouble(result.failure.code)) {
      rests.set(key, { untilMs: now() + REST_MS, result });
      for (const oldest of rests.keys()) if (rests.size > RESTS_MAX) rests.delete(oldest);
    }
    return result;
  }

  async function speak(key: string, { engine, voice, text }: Rendering): Promise<Result<string>> {
    const draft = await cache.draft();
    if (!draft.ok) return draft;
    const file = draft.value;
    try {
      const spoken = await engine.speak({ text, voice, file, signal });
      if (!spoken.ok) return spoken;
      const raw = await rawSound(file, engine);
      if (!raw.ok) return raw;
      const sound = await telephoneSound(raw.value);
      if (!sound) return speechFailed('speech.nothing_to_say', { engine: engine.name });
      return await cache.keep(key, writeWav(sound));
    } finally {
      await rm(file, { force: true }).catch(() => {});
    }
  }

  return (rendering) => {
    const key = keyOf(rendering);
    const running = underWay.get(key);
    if (running) return running;
    const started = findOrSpeak(key, rendering).finally(() => underWay.delete(key));
    underWay.set(key, started);
    return started;
  };
}

/** True when another engine may do better; the others would meet the same full disk or the same queue. */
export function isEngineTrouble(code: string): boolean {
  return ENGINE_TROUBLE.has(code);
}

const ENGINE_TROUBLE = new Set<string>([
  'speech.engine_missing',
  'speech.engine_failed',
  'speech.timed_out',
  'speech.nothing_to_say',
]);

async function rawSound(file: string, engine: Engine): Promise<Result<Sound>> {
  // Flite exits with 0 also when it could not write.
  const bytes = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (bytes === 0) return speechFailed('speech.engine_failed', { engine: engine.name, exit: 'no sound file' });
  if (bytes > RAW_BYTES_MAX) return speechFailed('speech.text_too_long', { soundBytes: bytes, RAW_BYTES_MAX });
  return readWav(await readFile(file));
}

function keyOf({ engine, voice, text }: Rendering): string {
  const parts = [engine.name, engine.version, voice, SOUND_FORMAT, text];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
