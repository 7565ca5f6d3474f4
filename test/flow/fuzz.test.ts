import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { DIAL_OUTCOMES } from '../../src/model/call/call-event.ts';
import { VERDICTS } from '../../src/model/call/leg.ts';
import type { Event } from '../../src/model/event.ts';
import { VARIABLES_MAX } from '../../src/model/value.ts';
import { page } from '../documents/page.ts';
import { load, Receptionist } from './receptionist.ts';

// Whatever stands in a file, the check tells a place in it and goes on; whatever happens to a contact, its flow comes to
// an end or waits. The corpus is every flow that is shipped and every example of the guide, so each step type is in it.

const flowsDir = new URL('../../flows/', import.meta.url);
const shipped = readdirSync(flowsDir, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml') && !name.endsWith('.test.yaml') && name !== 'site.yaml')
  .map((name) => readFileSync(new URL(name, flowsDir), 'utf8'));
const examples = [...page('flows.md').matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map((found) => found[1]!);
const FLOWS = [...shipped, ...examples].filter((text) => /^steps:/m.test(text));
const SITE = readFileSync(new URL('site.yaml', flowsDir), 'utf8');
/** Longest that one check may take on a busy machine; a hang takes for ever. */
const CHECK_MS_MAX = 5000;

const NASTY = fc.constantFrom(
  ...['', ' ', '\t', '\n', ':', '#', '*', '&a', '*a', '- ', '? ', '{', '}', '[', ']', '"', "'", '|', '>', '!!map', '%'],
  ...['${{', '}}', '${{ vars.x }}', '{{ x }}', '__proto__', 'constructor', '0800', '+49', '1e999', '\u0000', '\ud800'],
  ...['${{ 1 / 0 }}', '${{ [1,2,3].map(x, [1,2,3].map(y, x * y)) }}', '99999999999999999999', '\u202e', 'true', '~'],
);

/** A text with pieces cut out, put in twice or replaced. */
const brokenText = fc
  .record({
    text: fc.constantFrom(...FLOWS),
    cuts: fc.array(
      fc.record({ at: fc.nat(), length: fc.nat(40), put: fc.oneof(NASTY, fc.string({ maxLength: 12 })) }),
      {
        minLength: 1,
        maxLength: 6,
      },
    ),
  })
  .map(({ text, cuts }) =>
    cuts.reduce((broken, { at, length, put }) => {
      const from = at % (broken.length + 1);
      return broken.slice(0, from) + put + broken.slice(from + length);
    }, text),
  );

type Tree = { [key: string]: unknown };

/** A flow whose values were exchanged, left out or made something else, but which is YAML all the same. */
const brokenTree = fc
  .record({
    text: fc.constantFrom(...FLOWS),
    changes: fc.array(fc.record({ at: fc.nat(), put: fc.oneof(fc.constant(undefined), fc.jsonValue(), NASTY) }), {
      minLength: 1,
      maxLength: 4,
    }),
  })
  .map(({ text, changes }) => {
    const tree = parse(text) as Tree;
    for (const { at, put } of changes) {
      const places = placesIn(tree);
      const place = places[at % Math.max(1, places.length)];
      if (!place) continue;
      if (put === undefined) delete place.holder[place.key];
      else place.holder[place.key] = put;
    }
    return stringify(tree);
  });

function placesIn(holder: unknown): { holder: Tree; key: string }[] {
  if (typeof holder !== 'object' || holder === null) return [];
  return Object.entries(holder).flatMap(([key, value]) => [{ holder: holder as Tree, key }, ...placesIn(value)]);
}

function check(text: string): ReturnType<typeof load> {
  const began = performance.now();
  const loaded = load({ 'site.yaml': SITE, 'main.yaml': text });
  assert.ok(performance.now() - began < CHECK_MS_MAX, 'the check took too long');
  const lines = text.split('\n').length;
  for (const { file, line, column, message } of loaded.problems) {
    if (file !== 'main.yaml') continue;
    assert.ok(line >= 1 && line <= lines && column >= 1, `${line}:${column} is no place in ${lines} lines: ${message}`);
    assert.ok(message.length > 0 && message.length < 3000, `${message.length} characters of message`);
  }
  return loaded;
}

test('a broken text is refused with places in it, or is a flow', () => {
  fc.assert(
    fc.property(brokenText, (text) => void check(text)),
    { numRuns: 400 },
  );
});

test('a flow with wrong values is refused with places in it, or is a flow', () => {
  fc.assert(
    fc.property(brokenTree, (text) => void check(text)),
    { numRuns: 400 },
  );
});

type Happening = { readonly what: (typeof WHAT)[number]; readonly text: string; readonly ms: number };
const WHAT = [
  'press',
  'press',
  'say',
  'reply',
  'heard',
  'heard',
  'pass',
  'pass',
  'web',
  'handled',
  'timeout',
  'restart',
  'calls',
] as const;
const WORDS = ['1', '2', '0', '#', '*', '12', '4711', 'sales', 'yes', 'no', 'anna', '01.02.2026', '', '\ud83d\ude00'];
const happening: fc.Arbitrary<Happening> = fc.record({
  what: fc.constantFrom(...WHAT),
  text: fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 20 })),
  ms: fc.nat(120_000),
});

function live(customer: Receptionist, { what, text, ms }: Happening): void {
  const { session } = customer;
  const about = { atMs: customer.nowMs, contactId: session.contactId };
  switch (what) {
    case 'press':
      return void customer.press(text.replace(/[^0-9*#]/g, '') || '1');
    case 'say':
      return void customer.say(text, (ms % 100) / 100);
    case 'reply':
      return void customer.reply(text);
    case 'heard':
      return void (session.promptId === null ? [] : customer.heardOut(ms % 9 === 0 ? 'failed' : 'done'));
    case 'pass':
      return void customer.pass(ms);
    case 'web':
      if (session.requestId === null) return;
      return void customer.webAnswers(
        ms % 3 === 0 ? 'web.timeout' : { status: 200 + (ms % 400), body: { text, n: ms } },
      );
    case 'handled': {
      const more = { offerId: 'o1', agentId: 'anna', queueId: 'sales', talkMs: 1, endedBy: 'agent' } as const;
      return void customer.take({ kind: 'contact.handled', ...about, ...more });
    }
    case 'timeout': {
      const left = { queueId: 'sales', queuedAtMs: customer.nowMs, waitedMs: 0, reason: 'timeout' } as const;
      return void customer.take({ kind: 'contact.dequeued', ...about, ...left });
    }
    case 'restart':
      return void customer.restart();
    case 'calls':
      for (const event of newsOfCalls(about, ms)) if (customer.state.sessions.has('c1')) customer.take(event);
  }
}

/** What the switchboard, the recorder and the orders may tell, whether anybody asked for it or not. */
function newsOfCalls(about: { readonly atMs: number; readonly contactId: string }, ms: number): Event[] {
  const recordingId = `c1.r0${ms % 5}`;
  const all: Event[] = [
    { kind: 'dial.ended', ...about, outcome: DIAL_OUTCOMES[ms % DIAL_OUTCOMES.length]! },
    { kind: 'machine.detected', ...about, verdict: VERDICTS[ms % VERDICTS.length]! },
    { kind: 'room.left', ...about, room: 'r', reason: ms % 2 === 0 ? 'full' : 'ended' },
    { kind: 'recording.finished', ...about, recordingId, result: 'done', durationMs: ms, files: [] },
    { kind: 'order.refused', ...about, orderId: 'k', code: 'full' },
    { kind: 'contact.connected', ...about, offerId: 'o1', agentId: 'anna', queueId: 'sales' },
    { kind: 'far_talk.ended', ...about, legId: 'c1.l1', talkMs: ms, cause: 'hung_up' },
  ];
  return [all[ms % all.length]!];
}

const passing = FLOWS.filter((text) => load({ 'site.yaml': siteFor('main'), 'main.yaml': named(text) }).set);

/** All flows are called by one name here, and every number leads to it. */
function named(text: string): string {
  const tree = parse(text) as Tree;
  return stringify({ ...tree, flow: 'main' });
}

function siteFor(flow: string): string {
  const { emergency_flow: _, ...site } = parse(SITE) as Tree;
  return stringify({ ...site, numbers: { '100': flow } });
}

test('there are flows to live through', () => assert.ok(passing.length >= 10, `${passing.length}`));

test('whatever happens to a contact, its flow goes on, waits or ends, by call and by chat', () => {
  const day = fc.record({
    text: fc.constantFrom(...passing),
    chat: fc.boolean(),
    happenings: fc.array(happening, { maxLength: 60, size: 'max' }),
  });
  fc.assert(
    fc.property(day, ({ text, chat, happenings }) => {
      const customer = new Receptionist({ 'site.yaml': siteFor('main'), 'main.yaml': named(text) });
      if (chat) customer.chat('100');
      else customer.call('100');
      for (const one of happenings) {
        if (!customer.state.sessions.has('c1')) break;
        const before = customer.events.length;
        live(customer, one);
        assert.ok(customer.events.length - before < 50_000, 'one happening brought about too much');
        const session = customer.state.sessions.get('c1');
        assert.ok(Object.keys(session?.vars ?? {}).length <= VARIABLES_MAX, 'too many variables');
      }
      if (customer.state.sessions.has('c1')) customer.leave();
      customer.pass(120_000);
      assert.equal(customer.state.sessions.size, 0, 'a contact that left is still there');
      assert.equal(customer.state.deadlines.next(), undefined, 'a deadline of nobody');
    }),
    { numRuns: 300 },
  );
});
