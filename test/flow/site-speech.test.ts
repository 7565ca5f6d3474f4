import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadFlows } from '../../src/flow/load.ts';
import type { Problem } from '../../src/flow/problem.ts';
import { OFFLINE_SPEECH } from '../../src/model/speech/engines.ts';
import { load } from './receptionist.ts';

const MAIN = 'steps: { end: { type: hangup } }';

function problems(speech: string): string[] {
  return load({ 'site.yaml': `speech:\n${speech}`, 'main.yaml': MAIN }).problems.map(placed);
}

function placed({ line, column, code }: Problem): string {
  return `${line}:${column} ${code}`;
}

test('a site that says nothing of speech has what runs on this machine', () => {
  assert.equal(load({ 'site.yaml': 'site: A', 'main.yaml': MAIN }).set?.site.speech, undefined);
  const { set } = load({
    'site.yaml': 'speech: { hear: { de: [ours] }, engines: { ours: { kind: websocket, url: "ws://a/" } } }',
    'main.yaml': MAIN,
  });
  assert.deepEqual(set?.site.speech?.hear, { ...OFFLINE_SPEECH.hear, de: ['ours'] });
});

test('engines, and who hears and speaks which language, are read', () => {
  const { set, problems: found } = load({
    'site.yaml': `
speech:
  engines:
    google: { kind: google, project: p, secret: google_speech }
    local: { kind: sherpa, model: /opt/zh }
    voices: { kind: http, url: "https://voices.example.com/" }
  hear: { en: [google, pocketsphinx], zh-CN: local }
  speak: { en: [{ engine: flite, voice: rms }, espeak], zh: [voices] }
  sessions_max: { google: 50 }
  trusted: google
`,
    'main.yaml': MAIN,
  });
  assert.deepEqual(found, []);
  assert.deepEqual(set?.site.speech, {
    engines: {
      google: {
        kind: 'google',
        project: 'p',
        location: 'global',
        model: null,
        secret: 'google_speech',
        endpoint: null,
      },
      local: { kind: 'sherpa', model: '/opt/zh' },
      voices: { kind: 'http', url: 'https://voices.example.com/', secret: null },
    },
    hear: { en: ['google', 'pocketsphinx'], 'zh-CN': ['local'] },
    speak: {
      en: [
        { engine: 'flite', voice: 'rms' },
        { engine: 'espeak', voice: null },
      ],
      zh: [{ engine: 'voices', voice: null }],
    },
    sessionsMax: { google: 50 },
    trusted: ['google'],
  });
});

test('what cannot be is told at its place', () => {
  assert.deepEqual(problems('  hear: { en: [pocketsphynx] }'), ['2:16 engine.unknown']);
  assert.deepEqual(problems('  hear: { en: [flite] }'), ['2:16 engine.unfit']);
  assert.deepEqual(problems('  speak: { en: [pocketsphinx] }'), ['2:17 engine.unfit']);
  assert.deepEqual(problems('  speak: { en: [{ engine: flite, voice: caruso }] }'), ['2:41 voice.unknown']);
  assert.deepEqual(problems('  trusted: [nobody]'), ['2:13 engine.unknown']);
  assert.deepEqual(problems('  sessions_max: { nobody: 3 }'), ['2:27 engine.unknown']);
  assert.deepEqual(problems('  engines: { flite: { kind: http, url: "http://a/" } }'), ['2:21 id.reserved']);
  assert.deepEqual(problems('  engines: { a: { kind: google } }'), ['2:25 key.missing']);
  assert.deepEqual(problems('  engines: { a: { kind: sherpa, model: /m, url: "http://a/" } }'), ['2:49 key.conflict']);
  assert.deepEqual(problems('  engines: { a: { kind: websocket, url: "http://a/" } }'), ['2:41 value.type']);
});

test('a secret that is not there is a warning, and the rest works', () => {
  const site = 'speech: { engines: { a: { kind: http, url: "http://a/", secret: voice_key } } }';
  const files = [
    { path: 'site.yaml', text: site },
    { path: 'main.yaml', text: MAIN },
  ];
  const folder = { version: 'v1', files, recordings: new Set<string>(), unplayable: new Set<string>() };
  const missing = loadFlows({ ...folder, secrets: new Set() });
  assert.deepEqual(
    missing.problems.map(({ code, severity }) => `${severity} ${code}`),
    ['warning engine.secret_missing'],
  );
  assert.ok(missing.set);
  assert.deepEqual(loadFlows({ ...folder, secrets: new Set(['voice_key']) }).problems, []);
});
