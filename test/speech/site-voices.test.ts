import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { OFFLINE_SPEECH, type SpeechSite } from '../../src/model/speech/engines.ts';
import { isKnownVoice } from '../../src/model/speech/voices.ts';
import { openMouth } from '../../src/speech/mouth.ts';
import { writeWav } from '../../src/speech/wav.ts';
import { standInEngine, tone } from './stand-in-engine.ts';

const scratch = mkdtempSync(join(tmpdir(), 'strowger-site-voices-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

/** A voice over HTTP that notes what it is asked. */
async function house() {
  const asked: { text: string; voice?: string }[] = [];
  const server = createServer((request, answer) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      asked.push(JSON.parse(body));
      answer.writeHead(200, { 'content-type': 'audio/wav' }).end(writeWav(tone(300)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  after(close);
  return { asked, close, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

async function mouthOf() {
  const usual = standInEngine({ name: 'usual' });
  const log = { info() {}, warn() {} };
  const promptsDir = mkdtempSync(join(scratch, 'prompts-'));
  const secret = (name: string): string | undefined => (name === 'key' ? 'hush' : undefined);
  const mouth = await openMouth({ log, promptsDir, engines: [usual.open], secret });
  after(() => mouth.close());
  return { mouth, usual };
}

const siteOf = (url: string, secret: string | null = null): SpeechSite => ({
  ...OFFLINE_SPEECH,
  engines: { house: { kind: 'http', url, secret } },
  speak: { de: [{ engine: 'house', voice: 'anna' }] },
});

test('the voice that the site names speaks its language, and the usual one all others', async () => {
  const { asked, url } = await house();
  const { mouth, usual } = await mouthOf();
  await mouth.use(siteOf(url, 'key'));
  assert.ok((await mouth.render('Guten Tag', 'de-AT')).ok);
  assert.ok((await mouth.render('Good day', 'en')).ok);
  assert.deepEqual(
    asked.map(({ text, voice }) => [text, voice]),
    [['Guten Tag', 'anna']],
  );
  assert.deepEqual(usual.asked, ['Good day']);
  await mouth.use(OFFLINE_SPEECH);
  assert.ok((await mouth.render('Guten Abend', 'de')).ok);
  assert.deepEqual(usual.asked, ['Good day', 'Guten Abend']);
});

test('what was prepared is prepared again when another voice speaks', async () => {
  const { asked, url } = await house();
  const { mouth } = await mouthOf();
  await mouth.prepare([{ text: 'Guten Tag', language: 'de' }]);
  await mouth.use(siteOf(url));
  assert.deepEqual(
    asked.map(({ text }) => text),
    ['Guten Tag'],
  );
  await mouth.use(siteOf(url));
  assert.equal(asked.length, 1, 'the same site again is no news');
});

test('a voice on another machine that is away is replaced by the usual one', async () => {
  const { close, url } = await house();
  close();
  const { mouth, usual } = await mouthOf();
  await mouth.use(siteOf(url));
  assert.ok((await mouth.render('Guten Tag', 'de')).ok);
  assert.deepEqual(usual.asked, ['Guten Tag']);
});

test('an engine that cannot be opened is told by health, and the others speak', async () => {
  const { mouth, usual } = await mouthOf();
  await mouth.use({
    ...siteOf('http://127.0.0.1:9/', 'no_such_secret'),
    speak: {
      de: [
        { engine: 'house', voice: null },
        { engine: 'own', voice: null },
      ],
    },
    engines: {
      house: { kind: 'http', url: 'http://127.0.0.1:9/', secret: 'no_such_secret' },
      own: { kind: 'sherpa', model: join(scratch, 'nowhere') },
    },
  });
  assert.match(mouth.health().detail, /house: speech.refused; own: speech.model_missing/);
  assert.ok((await mouth.render('Guten Tag', 'de')).ok);
  assert.deepEqual(usual.asked, ['Guten Tag']);
});

test('a flow may name the voices of the site, of flite for English, and of espeak-ng for the language', () => {
  const site = siteOf('http://127.0.0.1:9/');
  const own: SpeechSite = { ...OFFLINE_SPEECH, speak: { fr: [{ engine: 'espeak', voice: 'mb-fr1' }] } };
  const known: [string, string, SpeechSite][] = [
    ['rms', 'en-US', OFFLINE_SPEECH],
    ['en-gb', 'en', OFFLINE_SPEECH],
    ['en-us+f3', 'en-GB', OFFLINE_SPEECH],
    ['cmn', 'zh-CN', OFFLINE_SPEECH],
    ['anything', 'de-AT', site],
    ['mb-fr1', 'fr', own],
  ];
  const unknown: [string, string, SpeechSite][] = [
    ['rms', 'de', OFFLINE_SPEECH],
    ['bob', 'en', OFFLINE_SPEECH],
    ['de', 'en', OFFLINE_SPEECH],
    ['anything', 'en', site],
    ['', 'en', OFFLINE_SPEECH],
  ];
  for (const [voice, language, speech] of known) assert.ok(isKnownVoice(voice, language, speech), voice);
  for (const [voice, language, speech] of unknown) assert.ok(!isKnownVoice(voice, language, speech), voice);
});
