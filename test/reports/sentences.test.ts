import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { projectDir } from '../../src/config.ts';
import type { Event } from '../../src/model/event.ts';
import { narrator, SENTENCES } from '../../src/reports/contact-sentence.ts';
import { site } from '../acd/site.ts';

// Every kind of event has a plain sentence, and no sentence tells what is private.

const SITE = site({ anna: {}, ben: {} });
const ABOUT = { atMs: 1000, contactId: 'c1' };
const NUMBER = '+49301234567';

function kindsInModel(): string[] {
  const folder = resolve(projectDir, 'src/model');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const texts = files.map((name) => readFileSync(resolve(folder, name), 'utf8'));
  return [
    ...new Set(texts.flatMap((text) => [...text.matchAll(/\bkind: '([a-z_]+\.[a-z_]+)'/g)].map(([, kind]) => kind!))),
  ];
}

test('every kind of event that the model names has a sentence, and there is no other', () => {
  assert.deepEqual(Object.keys(SENTENCES).sort(), kindsInModel().sort());
  assert.ok(kindsInModel().length > 120);
});

/** A story in which everybody has a name. */
function told(...events: Event[]): string[] {
  const tell = narrator(SITE);
  return events.map(tell);
}

const OFFER = 'c1.o1-x';
const LEG = 'c1.l1-x';
const ASKED = {
  legId: LEG,
  purpose: 'consult',
  target: { to: 'number', number: NUMBER },
  way: { trunkId: 't', number: NUMBER, callerId: NUMBER, attempt: 0 },
  deadlineMs: 2000,
  detectMachine: false,
  headers: {},
} as const;

test('a call of more than two is told by the names of who is in it', () => {
  assert.deepEqual(
    told(
      { kind: 'contact.arrived', ...ABOUT, channel: 'voice', legId: 'c1', from: '1555', to: '100' },
      { kind: 'offer.made', ...ABOUT, offerId: OFFER, agentId: 'anna', queueId: 'sales', deadlineMs: 2000 },
      { kind: 'call.held', ...ABOUT, offerId: OFFER, by: 'api' },
      {
        kind: 'consult.started',
        ...ABOUT,
        consultId: 'c1.c1-x',
        offerId: OFFER,
        agentId: 'anna',
        target: { to: 'number', number: NUMBER },
        by: 'phone',
      },
      { kind: 'leg.asked', ...ABOUT, ...ASKED },
      { kind: 'leg.rang', ...ABOUT, legId: LEG },
      { kind: 'leg.answered', ...ABOUT, legId: LEG },
      { kind: 'call.muted', ...ABOUT, legId: 'c1', by: 'api' },
      { kind: 'leg.pressed', ...ABOUT, legId: OFFER, digit: '7' },
      { kind: 'talk.handed_over', ...ABOUT, fromOfferId: OFFER, offerId: 'c1.o2-x', agentId: 'ben', queueId: 'sales' },
    ).slice(2),
    [
      'anna put the caller on hold.',
      'anna asked the number …567 for help while the caller waited.',
      'The number …567 was dialled.',
      'It rang at the number …567.',
      'The number …567 answered.',
      'The microphone of the caller was turned off.',
      'Anna pressed a key.',
      "The talk was ben's from then on.",
    ],
  );
});

test('a contact that we made ourselves is told without its number', () => {
  const [placed, dialled, answered] = told(
    {
      kind: 'contact.placed',
      ...ABOUT,
      orderId: 'o',
      attempt: 2,
      channel: 'callback',
      to: NUMBER,
      from: '100',
      mode: 'agent_first',
      language: 'en',
      ringMs: 1000,
      detectMachine: false,
    },
    { kind: 'leg.asked', ...ABOUT, ...ASKED, purpose: 'contact' },
    { kind: 'leg.answered', ...ABOUT, legId: LEG, verdict: 'machine' },
  );
  assert.deepEqual(
    [placed, dialled, answered],
    [
      'An agent is to call the number …567, the 2. time.',
      'The customer was dialled.',
      'The customer answered (a machine).',
    ],
  );
});

test('numbers outside, keys, names of customers and words of theirs are in no sentence', () => {
  const order = {
    id: 'k1',
    kind: 'callback',
    mode: 'agent_first',
    number: NUMBER,
    queueId: 'sales',
    language: 'en',
    fromContactId: null,
    listId: null,
    name: 'Erika Mustermann',
    attributes: { account: 'SECRET' },
    label: null,
    priority: 0,
    needs: { required: {}, anyOf: [], preferred: {}, excluded: {} },
    virtualStartMs: 0,
    dueAtMs: 0,
    expiresAtMs: 0,
    calendarId: null,
    rules: { attemptsMax: 1, retryMs: 0, ringMs: 0 },
    recordingId: null,
    callerId: null,
    detectMachine: false,
  } as const;
  const target = { to: 'number', number: NUMBER } as const;
  const dial = {
    targets: [target, target],
    order: 'parallel',
    ringMs: 1,
    talkMs: null,
    callerId: NUMBER,
    music: null,
    headers: { 'X-Who': 'SECRET' },
    whisper: [],
    confirmKey: null,
    record: false,
  } as const;
  const sentences = told(
    { kind: 'order.asked', ...ABOUT, order, by: 'flow', duplicates: 'refuse' },
    { kind: 'order.placed', ...ABOUT, order, by: 'flow' },
    { kind: 'do_not_call.added', atMs: 1, number: NUMBER, by: 'api', reason: 'SECRET' },
    { kind: 'do_not_call.removed', atMs: 1, number: NUMBER, by: 'api' },
    { kind: 'dial.asked', ...ABOUT, ...dial },
    { kind: 'far_talk.started', ...ABOUT, legId: LEG, target },
    { kind: 'leg.referred', ...ABOUT, legId: OFFER, to: NUMBER },
    { kind: 'dtmf.sent', ...ABOUT, digits: '4711', toneMs: 100 },
    { kind: 'recording.held', ...ABOUT, recordingId: 'r', by: 'api', reason: 'SECRET' },
    { kind: 'recording.deleted', ...ABOUT, recordingId: 'r', by: 'api', reason: 'SECRET' },
    {
      kind: 'contact.dequeued',
      ...ABOUT,
      queueId: 'sales',
      queuedAtMs: 0,
      waitedMs: 0,
      reason: 'overflow',
      overflow: { rule: 0, target: { to: 'external', number: NUMBER } },
    },
    {
      kind: 'whisper.started',
      ...ABOUT,
      offerId: OFFER,
      promptId: 'p',
      parts: [{ say: `From ${NUMBER}.`, language: 'en' }],
    },
  );
  for (const sentence of sentences) {
    assert.doesNotMatch(sentence, /SECRET|Mustermann|1234|4711|49301/, sentence);
    assert.match(sentence, /^[A-Z].*[.…]$/, sentence);
  }
  assert.equal(sentences[4], 'The flow asked for the number …567 and 1 more to be dialled.');
});
