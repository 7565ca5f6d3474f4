import assert from 'node:assert/strict';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { wavReader } from '../../src/media/wav-reader.ts';
import type { EngineOpener } from '../../src/speech/engine.ts';
import { openEspeakNg } from '../../src/speech/engines/espeak-ng.ts';
import { openFlite } from '../../src/speech/engines/flite.ts';
import { type MouthOptions, openMouth } from '../../src/speech/mouth.ts';

const scratch = mkdtempSync(join(tmpdir(), 'strowger-mouth-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

const usual: readonly EngineOpener[] = [(signal) => openFlite({}, signal), (signal) => openEspeakNg({}, signal)];
const silentLog = { info() {}, warn() {} };
const WELCOME = 'Thank you for calling. For sales press one, for support press two.';

/** Opens a mouth with a folder of its own and counts what each engine is asked to speak. */
async function mouthWith(options: Partial<MouthOptions> = {}) {
  const promptsDir = options.promptsDir ?? mkdtempSync(join(scratch, 'prompts-'));
  const asked: string[] = [];
  const counted = (open: EngineOpener): EngineOpener => {
    return async (signal) => {
      const opened = await open(signal);
      if (!opened.ok) return opened;
      const engine = opened.value;
      const speak: typeof engine.speak = (order) => {
        asked.push(engine.name);
        return engine.speak(order);
      };
      return { ok: true, value: { ...engine, speak } };
    };
  };
  const engines = (options.engines ?? usual).map(counted);
  const mouth = await openMouth({ log: silentLog, ...options, promptsDir, engines });
  after(() => mouth.close());
  const path = async (text: string, language: string): Promise<string> => {
    const result = await mouth.render(text, language);
    assert.ok(result.ok, JSON.stringify(result));
    return `${result.value}.wav`;
  };
  const code = async (text: string, language: string): Promise<string> => {
    const result = await mouth.render(text, language);
    return result.ok ? 'spoken' : result.failure.code;
  };
  return { mouth, asked, path, code, promptsDir };
}

/** Seconds, and level of the spoken 10 ms frames and highest sample in dBFS. */
function measure(path: string) {
  const wav = wavReader();
  const samples = wav.push(readFileSync(path));
  assert.ok(typeof samples !== 'string');
  const { rate } = wav.format()!;
  const frames: number[] = [];
  for (let from = 0; from + 80 <= samples.length; from += 80) {
    frames.push(Math.sqrt(samples.subarray(from, from + 80).reduce((sum, s) => sum + s * s, 0) / 80));
  }
  const active = frames.filter((frame) => frame > Math.max(...frames) / 30);
  const mean = Math.sqrt(active.reduce((sum, frame) => sum + frame ** 2, 0) / active.length);
  const peak = samples.reduce((most, s) => Math.max(most, Math.abs(s)), 0);
  const decibels = (value: number) => 20 * Math.log10(value / 32_768);
  const firstSoundMs = frames.findIndex((frame) => frame > 0) * 10;
  return { rate, seconds: samples.length / rate, level: decibels(mean), peak: decibels(peak), firstSoundMs };
}

/** A program in the place of an engine's: the body is what it does instead of speaking. */
function standIn(body: string): string {
  const program = join(mkdtempSync(join(scratch, 'engine-')), 'stand-in');
  writeFileSync(
    program,
    `#!/bin/sh\ncase "$1" in --version) echo "version: 9"; exit 0;; -lv) echo "Voices available: slt"; exit 0;; esac\n${body}\n`,
  );
  chmodSync(program, 0o755);
  return program;
}

const fliteAs = (program: string, timeoutMs: number): EngineOpener => {
  return (signal) => openFlite({ program, timeoutMs }, signal);
};
const espeakNg: EngineOpener = (signal) => openEspeakNg({}, signal);

test('English is spoken by flite and German by espeak-ng, as 8 kHz sound at one level', async () => {
  const { path, asked } = await mouthWith();
  for (const [text, language] of [
    [WELCOME, 'en-GB'],
    ['Vielen Dank für Ihren Anruf. Für den Verkauf drücken Sie bitte die Eins.', 'de-AT'],
  ] as const) {
    const sound = measure(await path(text, language));
    assert.equal(sound.rate, 8_000);
    assert.ok(sound.seconds > 3 && sound.seconds < 7, `${sound.seconds} s`);
    assert.ok(sound.level > -21 && sound.level < -19, `${sound.level} dBFS`);
    assert.ok(sound.peak <= -3, `${sound.peak} dBFS peak`);
    assert.equal(sound.firstSoundMs, 50);
  }
  assert.deepEqual([...new Set(asked)], ['flite', 'espeak']);
});

test('a prompt that was spoken before is taken from the cache, also by the next process', async () => {
  const first = await mouthWith();
  const spoken = await first.path(WELCOME, 'en');
  assert.equal(await first.path(`  ${WELCOME}\n`, 'en'), spoken);
  const next = await mouthWith({ promptsDir: first.promptsDir });
  assert.equal(await next.path(WELCOME, 'en'), spoken);
  assert.deepEqual([...first.asked, ...next.asked], ['flite', 'flite'], 'one sentence after the other, once');
});

test('requests for the same text at the same time share one process', async () => {
  const { path, asked } = await mouthWith();
  const paths = await Promise.all(Array.from({ length: 20 }, () => path('Please hold.', 'en')));
  assert.equal(new Set(paths).size, 1);
  assert.deepEqual(asked, ['flite']);
});

test('a file in the cache that is cut short or empty is made anew', async () => {
  const { path, asked } = await mouthWith();
  const file = await path('Please hold.', 'en');
  const bytes = statSync(file).size;
  for (const left of [bytes - 100, 44, 0]) {
    truncateSync(file, left);
    assert.equal(await path('Please hold.', 'en'), file);
    assert.equal(statSync(file).size, bytes);
  }
  assert.equal(asked.length, 4);
});

test('every user may read the prompts, and nothing else is left beside them', async () => {
  const before = process.umask(0o077);
  try {
    const { path, promptsDir } = await mouthWith({ promptsDir: join(scratch, 'closed', 'prompts') });
    const file = await path('Please hold.', 'en');
    assert.equal(statSync(file).mode & 0o777, 0o644);
    assert.equal(statSync(join(file, '..')).mode & 0o777, 0o755);
    assert.equal(statSync(promptsDir).mode & 0o777, 0o755);
    assert.equal(readdirSync(promptsDir).length, 2);
    assert.deepEqual(readdirSync(join(promptsDir, '.drafts')), []);
  } finally {
    process.umask(before);
  }
});

test('an engine that hangs is killed with all it started, and the next engine speaks', async () => {
  const pidFile = join(scratch, 'hanging.pid');
  const hangs = standIn(`sleep 1000 & echo $! > ${pidFile}; wait`);
  const { path, asked } = await mouthWith({ engines: [fliteAs(hangs, 400), espeakNg] });
  const startedMs = performance.now();
  await path('Please hold.', 'en');
  assert.ok(performance.now() - startedMs < 2_000);
  assert.deepEqual(asked, ['flite', 'espeak']);
  const pid = readFileSync(pidFile, 'utf8').trim();
  await gone(pid);
  await path('Please hold.', 'en');
  assert.deepEqual(asked, ['flite', 'espeak'], 'the engine that hung was asked again at once');
});

/** A process that was killed may need a moment to end; one that was not would sleep for longer. */
async function gone(pid: string): Promise<void> {
  const startedMs = performance.now();
  while (runs(pid)) {
    assert.ok(performance.now() - startedMs < 2_000, 'it still runs');
    await setImmediate();
  }
}

/** True when the process exists and is not merely waiting to be reaped. */
function runs(pid: string): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

test('an engine that ends without sound, with an error, or is missing is replaced by the next one', async () => {
  for (const program of [standIn('exit 0'), standIn('exit 7'), join(scratch, 'no-such-program')]) {
    const { path, asked, mouth } = await mouthWith({ engines: [fliteAs(program, 2_000), espeakNg] });
    await path('Please hold.', 'en');
    assert.equal(asked.at(-1), 'espeak');
    assert.equal(mouth.health().up, true);
  }
  const { code, mouth } = await mouthWith({ engines: [fliteAs(standIn('exit 7'), 2_000)] });
  assert.equal(await code('Please hold.', 'en'), 'speech.engine_failed');
  assert.equal(mouth.health().up, false);
});

test('hostile text is spoken as words or refused, and touches nothing', async () => {
  const { code, promptsDir } = await mouthWith();
  const trace = join(promptsDir, 'trace');
  const spoken = [
    `$(touch ${trace}) \`touch ${trace}\`; touch ${trace} | "quoted' && x`,
    `-o ${trace}`,
    `--help`,
    `-w ${trace}`,
    'one\ntwo\0three\u001b[31m',
    '<speak><say-as interpret-as="digits">123</say-as><break time="2s"/></speak>',
    '[[h@loU]] &lt;b&gt; %s%n \ud800 lone',
    'Welcome to the café, Łódź 🎉',
  ];
  for (const text of spoken) {
    assert.equal(await code(text, 'en'), 'spoken', text);
    assert.equal(await code(text, 'de'), 'spoken', text);
  }
  assert.equal(await code('x'.repeat(100_000), 'en'), 'speech.text_too_long');
  for (const text of ['', '?!... -', '🎉', '\0\n']) assert.equal(await code(text, 'en'), 'speech.nothing_to_say');
  assert.throws(() => statSync(trace));
});

test('English that flite cannot read is spoken by espeak-ng', async () => {
  const { path, asked } = await mouthWith();
  await path('Ask for Ελένη.', 'en');
  assert.deepEqual(asked, ['espeak']);
});

test('a language without a voice is a failure that names it', async () => {
  const { mouth, code } = await mouthWith();
  const result = await mouth.render('Qapla', 'tlh-Piqd');
  assert.ok(!result.ok);
  assert.equal(result.failure.code, 'speech.no_voice');
  assert.deepEqual(result.failure.details, { language: 'tlh-Piqd' });
  for (const language of ['', '../en', '-w', 'x'.repeat(9_999)]) {
    assert.equal(await code('Hello', language), 'speech.no_voice');
  }
});

test('a folder that cannot be written or a full disk is a failure, and health says so until it is over', async () => {
  const file = join(scratch, 'a-file');
  writeFileSync(file, '');
  const blocked = await mouthWith({ promptsDir: file });
  assert.equal(await blocked.code('Please hold.', 'en'), 'speech.folder_unwritable');
  assert.equal(blocked.mouth.health().up, false);
  rmSync(file);
  assert.equal(await blocked.code('Please hold.', 'en'), 'spoken');
  assert.equal(blocked.mouth.health().up, true);

  const full = await mouthWith({ promptsDir: file, freeBytesMin: Number.MAX_SAFE_INTEGER });
  assert.equal(await full.code('Please hold.', 'en'), 'spoken', 'what is in the cache needs no room');
  assert.equal(await full.code('Please wait.', 'en'), 'speech.no_disk');
  assert.deepEqual(full.asked, []);
});

test('preparing tells its progress and names what could not be spoken', async () => {
  const { mouth, asked } = await mouthWith();
  const prompts = ['One', 'Zwei', '!', 'Three'].map((text, at) => ({ text, language: at === 1 ? 'de' : 'en' }));
  const told: number[] = [];
  const prepared = await mouth.prepare(prompts, ({ done, total }) => told.push(done / total));
  assert.deepEqual(told, [0.25, 0.5, 0.75, 1]);
  assert.equal(prepared.rendered, 3);
  assert.deepEqual(
    prepared.failures.map(({ at, code }) => [at, code]),
    [[2, 'speech.nothing_to_say']],
  );
  assert.equal(asked.length, 3);
});

test('closing stops an engine at work, refuses what comes after, and may be done twice', async () => {
  const dir = mkdtempSync(join(scratch, 'started-'));
  const hangs = standIn(`echo $$ > ${dir}/part && mv ${dir}/part ${dir}/pid; sleep 1000`);
  const { mouth, code } = await mouthWith({ engines: [fliteAs(hangs, 60_000)] });
  const watcher = watch(dir);
  const pending = code('Please hold.', 'en');
  while (!existsSync(join(dir, 'pid'))) await once(watcher, 'change', { signal: AbortSignal.timeout(3_000) });
  watcher.close();
  const startedMs = performance.now();
  await Promise.all([mouth.close(), mouth.close()]);
  assert.equal(await pending, 'speech.closed');
  await gone(readFileSync(join(dir, 'pid'), 'utf8').trim());
  assert.ok(performance.now() - startedMs < 2_000);
  assert.equal(await code('Please hold.', 'en'), 'speech.closed');
});

test('a cache above its bound loses what was unused for longest, but nothing used within the hour', async () => {
  let nowMs = Date.now();
  const removals: number[] = [];
  const log = { ...silentLog, info: (fields: object) => removals.push((fields as { removed: number }).removed) };
  const { path, mouth } = await mouthWith({ now: () => nowMs, cacheBytesMax: 60_000, log });
  const old = await path('This prompt grows old because nobody asks for it.', 'en');
  const used = await path('This prompt is asked for again and again.', 'en');
  nowMs += 2 * 3_600_000;
  await path('This prompt is asked for again and again.', 'en');
  const fresh = await path('This prompt has just been made for a caller.', 'en');
  await mouth.close();
  assert.deepEqual(removals, [1]);
  assert.throws(() => statSync(old));
  assert.ok(statSync(used).size + statSync(fresh).size > 0.9 * 60_000);
});
