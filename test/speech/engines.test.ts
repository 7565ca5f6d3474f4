import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { ServerDuplexStream, ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import type { Result } from '../../src/model/failure.ts';
import type { Engine } from '../../src/speech/engine.ts';
import { openGoogle } from '../../src/speech/engines/google.ts';
import { openHttp } from '../../src/speech/engines/http.ts';
import { openSherpa } from '../../src/speech/engines/sherpa.ts';
import { writeWav } from '../../src/speech/wav.ts';
import { serveFromProtos } from '../recognition/stand-ins/grpc-server.ts';
import { tone } from './stand-in-engine.ts';

const scratch = mkdtempSync(join(tmpdir(), 'strowger-engines-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

const never = new AbortController().signal;

/** Speaks and gives the samples that came, in how many pieces, and their rate; or the failure's code. */
async function spoken(
  engine: Engine,
  order: { words: string; voice?: string; language?: string; rate?: number; signal?: AbortSignal },
) {
  let samples = 0;
  let pieces = 0;
  let rate = 0;
  const take = (sound: { samples: Int16Array; rate: number }): void => {
    samples += sound.samples.length;
    pieces += 1;
    rate = sound.rate;
  };
  const result = await engine.speak({ voice: '', language: 'en-GB', rate: 1, signal: never, ...order, take });
  return result.ok ? { samples, pieces, rate } : result.failure.code;
}

function opened(result: Result<Engine>): Engine {
  assert.ok(result.ok, JSON.stringify(result));
  after(() => result.value.close());
  return result.value;
}

type Handler = (body: string, answer: ServerResponse, request: IncomingMessage) => void;

async function httpVoice(handler: Handler, secret?: string): Promise<Engine> {
  const server = createServer((request, answer) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => handler(body, answer, request));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return opened(await openHttp({ name: 'house', url: `http://127.0.0.1:${port}/speak`, secret }));
}

test('http: the text is posted with its language, pace and voice, and WAV, L16 and PCM are understood', async () => {
  const asked: unknown[] = [];
  const samples = tone(200);
  const bytes = Buffer.from(samples.buffer);
  let kind = 'audio/wav';
  const engine = await httpVoice((body, answer, request) => {
    asked.push([request.method, request.headers.authorization, JSON.parse(body)]);
    const sound = { 'audio/wav': writeWav(samples), 'audio/pcm;rate=8000': bytes }[kind] ?? Buffer.from(bytes).swap16();
    answer.writeHead(200, { 'content-type': kind });
    // In odd pieces, as networks have them.
    for (let at = 0; at < sound.length; at += 333) answer.write(sound.subarray(at, at + 333));
    answer.end();
  }, 'hush');
  for (kind of ['audio/wav', 'audio/l16; rate=8000', 'audio/pcm;rate=8000']) {
    const sound = await spoken(engine, { words: 'Hello', voice: 'anna', rate: 1.5 });
    assert.ok(typeof sound === 'object', String(sound));
    assert.deepEqual([sound.samples, sound.rate], [samples.length, 8_000]);
  }
  const body = { text: 'Hello', language: 'en-GB', rate: 1.5, voice: 'anna' };
  assert.deepEqual(asked[0], ['POST', 'Bearer hush', body]);
});

test('http: what is no sound, an error, a redirection or nobody there is a failure with a code', async () => {
  const codeFor = async (handler: Handler) => spoken(await httpVoice(handler), { words: 'Hello' });
  const answers: [Handler, string][] = [
    [(_, answer) => answer.writeHead(500).end(), 'speech.engine_failed'],
    [(_, answer) => answer.writeHead(403).end(), 'speech.refused'],
    [(_, answer) => answer.writeHead(302, { location: '/other' }).end(), 'speech.engine_missing'],
    [(_, answer) => answer.writeHead(200, { 'content-type': 'text/html' }).end('<b>'), 'speech.engine_failed'],
    [(_, answer) => answer.writeHead(200, { 'content-type': 'audio/wav' }).end('RIFF'), 'speech.engine_failed'],
    [(_, answer) => answer.writeHead(200, { 'content-type': 'audio/l16' }).end('abcd'), 'speech.engine_failed'],
    [(_, answer) => answer.destroy(), 'speech.engine_missing'],
  ];
  for (const [handler, code] of answers) assert.equal(await codeFor(handler), code, handler.toString());
  const nobody = opened(await openHttp({ name: 'nobody', url: 'http://127.0.0.1:9/', secret: undefined }));
  assert.equal(await spoken(nobody, { words: 'Hello' }), 'speech.engine_missing');
});

test('http: an answer that does not come is left when the signal is given', async () => {
  const stop = new AbortController();
  const engine = await httpVoice(() => stop.abort());
  assert.equal(await spoken(engine, { words: 'Hello', signal: stop.signal }), 'speech.closed');
});

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const account = JSON.stringify({
  client_email: 'strowger@example.com',
  private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
});

type Whole = { input: { text: string }; voice: object; audioConfig: object };
type Part = { streamingConfig?: object; input?: { text: string } };

async function googleVoice(methods: {
  synthesizeSpeech?: (call: ServerUnaryCall<Whole, object>, done: sendUnaryData<object>) => void;
  streamingSynthesize?: (call: ServerDuplexStream<Part, object>) => void;
}): Promise<Engine> {
  const service = 'google.cloud.texttospeech.v1.TextToSpeech';
  const server = await serveFromProtos('@google-cloud/text-to-speech', service, methods);
  after(() => server.close());
  const setting = { kind: 'google', project: 'p', location: 'global', model: null, secret: 'google' } as const;
  return opened(await openGoogle('google', { ...setting, endpoint: server.endpoint }, account));
}

test('google: a usual voice is asked for a WAV of 8 kHz, in the language of the voice', async () => {
  const asked: Whole[] = [];
  const engine = await googleVoice({
    synthesizeSpeech(call, done) {
      asked.push(call.request);
      done(null, { audioContent: writeWav(tone(300)) });
    },
  });
  assert.equal(engine.streams('en-GB-Neural2-A'), false);
  const sound = await spoken(engine, { words: 'Hello', voice: 'en-GB-Neural2-A', language: 'en', rate: 1.5 });
  assert.deepEqual(sound, { samples: 2_400, pieces: 1, rate: 8_000 });
  await spoken(engine, { words: 'Guten Tag', language: 'de-DE' });
  const [first, second] = asked.map(({ input, voice, audioConfig }) => ({ ...input, ...voice, ...audioConfig }));
  const wanted = { text: 'Hello', languageCode: 'en-GB', name: 'en-GB-Neural2-A', audioEncoding: 'LINEAR16' };
  const pace = { sampleRateHertz: 8_000, speakingRate: 1.5 };
  assert.deepEqual({ ...first, ...wanted, ...pace }, first);
  assert.equal((second as { languageCode?: string }).languageCode, 'de-DE');
});

test('google: a Chirp 3 HD voice streams: first how, then what, and the sound comes in pieces', async () => {
  const asked: Part[] = [];
  const engine = await googleVoice({
    streamingSynthesize(call) {
      call.on('data', (part: Part) => asked.push(part));
      call.on('end', () => {
        const sound = Buffer.from(tone(400).buffer);
        for (let at = 0; at < sound.length; at += 999) call.write({ audioContent: sound.subarray(at, at + 999) });
        call.end();
      });
    },
  });
  const voice = 'en-US-Chirp3-HD-Aoede';
  assert.equal(engine.streams(voice), true);
  const sound = await spoken(engine, { words: 'Hello there', voice });
  assert.deepEqual(sound, { samples: 3_200, pieces: 7, rate: 8_000 });
  assert.ok(asked[0]?.streamingConfig && !asked[0].input, 'the first message says how');
  assert.equal(asked[1]?.input?.text, 'Hello there');
});

test('google: errors of the service are failures with a code, and a stop is obeyed', async () => {
  let status = 16;
  const engine = await googleVoice({
    synthesizeSpeech: (_call, done) => void (status >= 0 && done({ code: status, message: 'no' })),
  });
  assert.equal(await spoken(engine, { words: 'Hello' }), 'speech.refused');
  status = 14;
  assert.equal(await spoken(engine, { words: 'Hello' }), 'speech.engine_failed');
  status = -1;
  const stop = new AbortController();
  const waiting = spoken(engine, { words: 'Hello', signal: stop.signal });
  setImmediate(() => stop.abort());
  assert.equal(await waiting, 'speech.closed');
});

test('google: a secret that is not there or no service account is told when it is opened', async () => {
  const setting = {
    kind: 'google',
    project: 'p',
    location: 'eu',
    model: null,
    secret: 'google',
    endpoint: null,
  } as const;
  for (const secret of [undefined, 'hush', '{}']) {
    const result = await openGoogle('google', setting, secret);
    assert.equal(result.ok ? 'opened' : result.failure.code, 'speech.refused');
  }
});

function modelFolder(...files: string[]): string {
  const folder = mkdtempSync(join(scratch, 'model-'));
  for (const file of files) writeFileSync(join(folder, file), '');
  mkdirSync(join(folder, 'espeak-ng-data'));
  return folder;
}

const module = new URL('sherpa-stand-in.mjs', import.meta.url).href;

test('sherpa: a model speaks in a process of its own, with the speaker that is its voice', async () => {
  const model = modelFolder('en.onnx', 'tokens.txt');
  const engine = opened(await openSherpa({ name: 'house', model, module }, never));
  assert.deepEqual(
    ['0', '2', '3', 'anna'].map((name) => engine.voiceNamed(name, 'en')),
    ['0', '2', undefined, undefined],
  );
  assert.deepEqual(await spoken(engine, { words: 'one two three', voice: '1' }), {
    samples: 4_800,
    pieces: 2,
    rate: 16_000,
  });
  const both = await Promise.all(['one', 'one two'].map((words) => spoken(engine, { words, voice: '0', rate: 2 })));
  assert.deepEqual(
    both.map((sound) => (typeof sound === 'object' ? sound.samples : sound)),
    [800, 1_600],
  );
  assert.equal(await spoken(engine, { words: 'fail' }), 'speech.engine_failed');
});

test('sherpa: a process that dies is begun anew, and one text that never ends can be stopped', async () => {
  const engine = opened(
    await openSherpa({ name: 'house', model: modelFolder('en.onnx', 'tokens.txt'), module }, never),
  );
  assert.equal(await spoken(engine, { words: 'crash' }), 'speech.engine_failed');
  assert.ok(typeof (await spoken(engine, { words: 'one' })) === 'object');
  const stop = new AbortController();
  const endless = spoken(engine, { words: 'endless', signal: stop.signal });
  setImmediate(() => stop.abort());
  assert.equal(await endless, 'speech.closed');
  assert.ok(typeof (await spoken(engine, { words: 'one' })) === 'object', 'the next one waits for nobody');
});

test('sherpa: a model that is not there, is none, or cannot be loaded, and a package that is missing, are told', async () => {
  const codeOf = async (model: string, from = module): Promise<string> => {
    const result = await openSherpa({ name: 'house', model, module: from }, never);
    return result.ok ? 'opened' : result.failure.code;
  };
  assert.equal(await codeOf(join(scratch, 'nowhere')), 'speech.model_missing');
  assert.equal(await codeOf(modelFolder('readme.txt')), 'speech.model_missing');
  // Kokoro's files: the stand-in knows VITS only and throws, as the package does for a model that it cannot load.
  assert.equal(await codeOf(modelFolder('en.onnx', 'tokens.txt', 'voices.bin')), 'speech.model_missing');
  assert.equal(await codeOf(modelFolder('en.onnx', 'tokens.txt'), 'no-such-package'), 'speech.engine_missing');
});
