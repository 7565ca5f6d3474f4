import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event, EventOf } from '../../src/model/event.ts';
import type { OverflowTarget } from '../../src/model/queue.ts';
import { contactStory } from '../../src/reports/contact-story.ts';
import { answeredCall, dequeued, entriesOf, NINE, queued, site } from '../api/desk-fixture.ts';

const tell = (events: readonly Event[]) => contactStory('c1', entriesOf(events), site);
const textOf = (events: readonly Event[]) => tell(events).timeline.at(-1)?.text;

test('the summary says what came of the contact', () => {
  assert.deepEqual(tell(answeredCall).summary, {
    id: 'c1',
    channel: 'voice',
    from: '5550100',
    to: '100',
    arrivedAtMs: NINE,
    answeredAtMs: NINE + 400,
    endedAtMs: NINE + 73_000,
    endedBy: 'customer',
    cause: 'hung_up',
    flow: 'welcome',
    queues: [
      { queue: 'sales', queuedAtMs: NINE + 3_000, waitedMs: 10_000, outcome: 'answered', agent: 'ben', talkMs: 60_000 },
    ],
    waitedMs: 10_000,
    talkMs: 60_000,
    lines: { received: 0, sent: 0 },
    durations: { beforeAnswerMs: 400, totalMs: 73_000 },
  });
});

test('the timeline has a sentence for each entry, in order, with the times of each', () => {
  const { timeline } = tell(answeredCall);
  assert.equal(timeline.length, answeredCall.length);
  assert.deepEqual(
    timeline.map(({ text }) => text),
    [
      'A call from 5550100 to 100 arrived.',
      'The flow welcome began.',
      'The call was answered.',
      'The caller pressed a key.',
      'The caller began to wait in Sales.',
      "Anna's phone was asked to ring.",
      "Anna's phone began to ring.",
      "Anna's phone rang for 6.2 s; nobody answered.",
      "Ben's phone was asked to ring.",
      "Ben's phone began to ring.",
      "Ben's phone rang for 3.6 s and was answered.",
      'The caller was connected to Ben.',
      'The caller left Sales after 10.0 s: an agent took the call.',
      'The call ended (hung up), ended by the customer.',
      'The talk with Ben ended after 60.0 s, ended by the customer.',
      'Ben began the wrap-up.',
      'All that belonged to the call was cleared away.',
      'Ben ended the wrap-up.',
    ],
  );
  assert.deepEqual(timeline[7], {
    at: '2026-11-20T09:00:09.300Z',
    atMs: NINE + 9_300,
    sinceStartMs: 9_300,
    what: 'offer.expired',
    text: "Anna's phone rang for 6.2 s; nobody answered.",
    offerId: 'o1',
  });
});

test('no key that the caller pressed is told anywhere', () => {
  const contactId = 'c1';
  const secret = '8264';
  const say = `You typed ${secret}, or 8 2 6 4.`;
  const events: Event[] = [
    ...[...secret].map((digit): Event => ({ kind: 'digit.received', atMs: 1, contactId, digit })),
    { kind: 'step.left', atMs: 2, contactId, stepId: 'pin', outcome: 'done', set: { pin: secret } },
    { kind: 'step.left', atMs: 2, contactId, stepId: 'menu', outcome: '8' },
    {
      kind: 'prompt.started',
      atMs: 3,
      contactId,
      promptId: 'p',
      parts: [
        { say, language: 'en' },
        { digits: secret, language: 'en' },
      ],
    },
  ];
  const { timeline } = tell(events);
  assert.deepEqual(
    timeline.slice(0, 4).map(({ digits }) => digits),
    [1, 1, 1, 1],
  );
  const told = JSON.stringify(timeline.map(({ text, what, stepId, digits }) => [text, what, stepId, digits]));
  assert.ok(!/[8264]/.test(told), told);
  assert.match(told, /You typed …/);
});

test('an agent or a queue that the site no longer has is called by its id', () => {
  const gone: Event[] = [
    queued('c1', 1, 'old-queue'),
    { kind: 'contact.connected', atMs: 2, contactId: 'c1', offerId: 'o', agentId: 'carl', queueId: 'old-queue' },
  ];
  assert.deepEqual(
    tell(gone).timeline.map(({ text }) => text),
    ['The caller began to wait in old-queue.', 'The caller was connected to carl.'],
  );
});

test('a contact of a channel that tells of no arrival is known by the queue that it came to', () => {
  const chat: Event = { ...(queued('c1', 1) as EventOf<'contact.queued'>), channel: 'chat' };
  assert.equal(tell([chat]).summary.channel, 'chat');
});

test("an agent's own queue is called by the agent", () => {
  assert.equal(textOf([queued('c1', 1, '@ben')]), "The caller began to wait in Ben's own queue.");
  assert.equal(textOf([queued('c1', 1, '@gone')]), 'The caller began to wait in @gone.');
});

test('a contact that still waits, or was requeued, has no outcome yet', () => {
  const events: Event[] = [
    queued('c1', 0),
    { kind: 'contact.connected', atMs: 5, contactId: 'c1', offerId: 'o', agentId: 'anna', queueId: 'sales' },
    dequeued('c1', 5, 5, 'answered'),
    { kind: 'contact.requeued', atMs: 6, contactId: 'c1', offerId: 'o' },
  ];
  const { summary } = tell(events);
  const waiting = { queue: 'sales', queuedAtMs: 0, waitedMs: null, outcome: null, agent: null, talkMs: null };
  assert.deepEqual(summary.queues, [waiting]);
  assert.deepEqual([summary.endedAtMs, summary.waitedMs, summary.durations.totalMs], [null, 0, null]);
});

test('offers that fail say how', () => {
  const made: Event = {
    kind: 'offer.made',
    atMs: 0,
    offerId: 'o1',
    contactId: 'c1',
    agentId: 'anna',
    queueId: 'sales',
    deadlineMs: 9,
  };
  assert.equal(
    textOf([made, { kind: 'offer.failed', atMs: 1, offerId: 'o1', cause: 'busy' }]),
    "Anna's phone did not take the call (busy).",
  );
  assert.equal(
    textOf([made, { kind: 'offer.withdrawn', atMs: 1, offerId: 'o1', reason: 'customer_gone' }]),
    "Anna's phone stopped ringing: the caller was gone.",
  );
  assert.equal(
    textOf([{ kind: 'offer.expired', atMs: 1, offerId: 'unknown' }]),
    "The agent's phone rang; nobody answered.",
  );
});

test('a story without entries is empty and not an error', () => {
  const { summary, timeline } = tell([]);
  assert.deepEqual([summary.id, summary.channel, timeline.length], ['c1', null, 0]);
});

test('the ways of a queue are told: estimate, relaxation, overflow, several phones and what came of it', () => {
  const contactId = 'c1';
  const overflowed = (target: OverflowTarget): Event => ({
    ...(dequeued('c1', 9, 9_000, 'overflow') as EventOf<'contact.dequeued'>),
    overflow: { rule: 1, target },
  });
  const told: [Event, string][] = [
    [
      { kind: 'wait.estimated', atMs: 1, contactId, queueId: 'sales', p50Ms: 30_000, p90Ms: 90_000 },
      'The wait in Sales was estimated at 30.0 s, and at most 90.0 s for nine of ten.',
    ],
    [
      { kind: 'contact.relaxed', atMs: 1, contactId, step: 2 },
      'The queue asked for less: step 2 of its relaxation was reached.',
    ],
    [
      { kind: 'contact.overdue', atMs: 1, contactId, queueId: 'sales' },
      'The caller had waited longer than the service level of Sales allows.',
    ],
    [{ kind: 'contact.hold_ended', atMs: 1, contactId }, 'The call was no longer kept for a certain agent.'],
    [
      overflowed({ to: 'queue', queueId: 'support' }),
      'The caller left Sales after 9.0 s: overflow rule 2 sent the call to Support.',
    ],
    [overflowed({ to: 'voicemail' }), 'The caller left Sales after 9.0 s: overflow rule 2 sent the call to voicemail.'],
    [overflowed({ to: 'callback' }), 'The caller left Sales after 9.0 s: overflow rule 2 sent the call to a callback.'],
    [
      overflowed({ to: 'flow', flowId: 'closed' }),
      'The caller left Sales after 9.0 s: overflow rule 2 sent the call to the flow closed.',
    ],
    [
      overflowed({ to: 'external', number: '0800' }),
      'The caller left Sales after 9.0 s: overflow rule 2 sent the call to the number 0800.',
    ],
    [dequeued('c1', 9, 9_000, 'overflow'), 'The caller left Sales after 9.0 s: a rule of the queue sent the call on.'],
    [
      { kind: 'offer.withdrawn', atMs: 1, offerId: 'o9', reason: 'answered_elsewhere' },
      "The agent's phone stopped ringing: somebody else answered first.",
    ],
    [
      { kind: 'agent.wrap_up_extended', atMs: 1, agentId: 'ben', contactId, untilMs: 9 },
      'Ben took more time for the wrap-up.',
    ],
    [
      { kind: 'agent.wrap_up_ended', atMs: 1, agentId: 'ben', contactId, result: 'sold' },
      'Ben ended the wrap-up with the result "sold".',
    ],
    [
      { kind: 'agent.pause_overran', atMs: 1, agentId: 'ben', reason: 'lunch' },
      'The pause of Ben (lunch) lasted longer than allowed.',
    ],
    [
      { kind: 'calendar.forced', atMs: 1, calendarId: 'office', forced: 'closed', by: 'api' },
      'The calendar office was set to closed by hand.',
    ],
    [
      { kind: 'calendar.forced', atMs: 1, calendarId: 'office', forced: null, by: 'api' },
      'The calendar office went by its hours again.',
    ],
  ];
  for (const [event, sentence] of told) assert.equal(textOf([event]), sentence);
  const { summary } = tell([queued('c1', 0), overflowed({ to: 'voicemail' })]);
  assert.equal(summary.queues[0]?.outcome, 'overflow');
});

test('the story of a chat has its own words, and counts what was written without telling it', () => {
  const about = { contactId: 'c1', atMs: NINE } as const;
  const offer = { offerId: 'o1', agentId: 'ben', contactId: 'c1', atMs: NINE } as const;
  const chat: readonly Event[] = [
    { kind: 'contact.arrived', ...about, channel: 'chat', legId: 'c1', from: 'Maria', to: 'chat' },
    { kind: 'digit.received', ...about, digit: '1', messageId: 'a' },
    { kind: 'message.received', ...about, messageId: 'b', text: 'My secret question' },
    { kind: 'message.received', ...about, messageId: 'c', text: '', sensitive: true },
    queued('c1', NINE),
    { kind: 'offer.made', ...offer, queueId: 'sales', deadlineMs: NINE + 9_300 },
    { kind: 'offer.answered', atMs: NINE + 2_000, offerId: 'o1' },
    { kind: 'contact.connected', ...offer, queueId: 'sales' },
    { kind: 'message.sent', ...about, messageId: 'd', text: 'No', agentId: 'ben' },
    { kind: 'contact.transferred', ...offer, target: { to: 'queue', queueId: 'support' } },
    { kind: 'contact.closed', ...offer },
    { kind: 'contact.ended', ...about, cause: 'hung_up', endedBy: 'system' },
  ];
  const { summary, timeline } = tell(chat);
  assert.deepEqual(summary.lines, { received: 2, sent: 1 });
  assert.deepEqual(
    timeline.map(({ text }) => text),
    [
      'A chat from Maria to chat arrived.',
      'The customer took one of the choices.',
      'The customer wrote a line of 18 characters.',
      'The customer wrote a line that is not kept.',
      'The customer began to wait in Sales.',
      'Ben was offered the contact.',
      'Ben accepted the offer after 2.0 s.',
      'The customer was connected to Ben.',
      'Ben wrote a line of 2 characters.',
      'Ben handed the chat on to Support.',
      'Ben had done with the chat.',
      'The chat ended (hung up), ended by the system.',
    ],
  );
  assert.equal(timeline[2]?.characters, 18);
  assert.ok(!JSON.stringify(timeline).includes('secret question'));
});
