import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '../../src/model/event.ts';
import { narrator } from '../../src/reports/contact-sentence.ts';
import { site } from '../acd/site.ts';

// What flows tell, ask and hear has a plain sentence in the story of a contact, and quotes nobody.

const ABOUT = { atMs: 1000, contactId: 'c1' };
const EVENTS: readonly [Event, RegExp][] = [
  [{ kind: 'flow.called', ...ABOUT, flowId: 'inner', set: { pin: 'abc' } }, /flow inner was called/],
  [{ kind: 'flow.returned', ...ABOUT, outcome: 'ok', values: { a: 'abc' } }, /outcome "ok"/],
  [{ kind: 'flow.cleaning_up', ...ABOUT, flowId: 'main', stepId: 'note' }, /after the customer had left/],
  [{ kind: 'flow.ended', ...ABOUT }, /nothing left to do/],
  [{ kind: 'flow.emitted', ...ABOUT, name: 'order.shown', data: { number: 'abc' } }, /order\.shown/],
  [{ kind: 'flow.noted', ...ABOUT, level: 'info', message: 'abc' }, /noted something \(info\)/],
  [{ kind: 'http.requested', ...ABOUT, requestId: 'c1.h1', stepId: 'fetch' }, /was asked/],
  [
    {
      kind: 'http.answered',
      ...ABOUT,
      requestId: 'c1.h1',
      outcome: { status: 503, attempts: 1 },
      values: { a: 'abc' },
      tookMs: 80,
    },
    /503/,
  ],
  [
    {
      kind: 'http.answered',
      ...ABOUT,
      requestId: 'c1.h1',
      outcome: { failed: 'web.timeout', message: 'abc' },
      values: {},
      tookMs: 80,
    },
    /web\.timeout/,
  ],
  [{ kind: 'speech.heard', ...ABOUT, text: 'abc', confidence: 1 }, /said something/],
  [{ kind: 'language.chosen', ...ABOUT, language: 'de' }, /language de/],
  [{ kind: 'contact.tagged', ...ABOUT, tags: { vip: true } }, /vip/],
  [{ kind: 'music.started', ...ABOUT, music: 'jazz' }, /Music began/],
  [{ kind: 'music.stopped', ...ABOUT }, /Music ended/],
  [{ kind: 'ringing.requested', ...ABOUT }, /rings/],
  [{ kind: 'queue.exit_requested', ...ABOUT, digit: '1' }, /leave the queue/],
  [{ kind: 'authentication.failed', ...ABOUT, lock: 'abc', forgetMs: 5000 }, /failed\.$/],
  [{ kind: 'authentication.failed', ...ABOUT, lock: 'abc', forgetMs: 5000, untilMs: 5000 }, /no more are taken/],
  [{ kind: 'authentication.passed', ...ABOUT, lock: 'abc' }, /proven/],
];

for (const [event, expected] of EVENTS) {
  test(`the story says what ${event.kind} means: ${expected.source}`, () => {
    const sentence = narrator(site({ anna: {} }))(event);
    assert.match(sentence, expected);
    assert.ok(!sentence.includes('abc'), 'it quotes what is nobody else\u2019s');
  });
}
