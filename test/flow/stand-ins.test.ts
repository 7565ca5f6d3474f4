import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WebAnswer, WebFailureCode } from '../../src/model/web.ts';
import { flow } from './one-flow.ts';
import { outcomes, type Receptionist, SITE, said } from './receptionist.ts';

// An outcome of which a step says nothing leads where another one leads that stands in for it, and not to what stands below.

/** Where the first step may lead; `below` stands below it. */
const PLACES = `
  below: { type: play, prompt: below, next: end }
  there: { type: play, prompt: there, next: below }
  end: { type: hangup }`;

test('a prompt that was cut short or could not be played leads where ok leads', () => {
  const step = '  hello: { type: play, prompt: Hello., interruptible: true, on: { ok: there } }';
  const cut = flow(step + PLACES);
  cut.call('100');
  const pressed = cut.press('5');
  assert.deepEqual([outcomes(pressed), said(pressed)], [['interrupted'], ['there']]);
  const failed = flow(step + PLACES);
  failed.call('100');
  const after = failed.heardOut('failed');
  assert.deepEqual([outcomes(after), said(after)], [['failed'], ['there']]);
});

test('a flow that comes to its end by itself leaves the step that called it with ok', () => {
  const caller = flow(`  call: { type: call_flow, flow: inner, on: { ok: there } }${PLACES}`, {
    'inner.yaml': 'steps:\n  a: { type: set, vars: { x: 1 } }\n',
  });
  assert.deepEqual(said(caller.call('100')), ['there']);
});

test('a calendar that was opened by hand leads where open leads', () => {
  const site = `${SITE}\ncalendars: { office: { hours: { mon: 09:00-17:00 } } }\n`;
  const caller = flow(`  hours: { type: schedule, calendar: office, on: { open: there, closed: end } }${PLACES}`, {
    'site.yaml': site,
  });
  caller.take({ kind: 'calendar.forced', atMs: caller.nowMs, calendarId: 'office', forced: 'open', by: 'api' });
  assert.deepEqual(said(caller.call('100')), ['there']);
});

const ASK = 'type: http, url: "https://crm.example.com/"';

/** What a caller hears whose flow got this answer, and says where these outcomes lead. */
function heard(on: string, answer: Partial<WebAnswer> | WebFailureCode, parameters = ''): string[] {
  const caller = flow(`  ask: { ${ASK}${parameters}, on: { ${on} } }${PLACES}`);
  caller.call('100');
  return said(caller.webAnswers(answer));
}

test('every way in which a request may come to nothing is an error, unless the step says more', () => {
  for (const failure of ['web.timeout', 'web.network', 'web.forbidden', 'web.too_large', 'web.invalid'] as const) {
    assert.deepEqual(heard('error: there', failure), ['there'], failure);
  }
  assert.deepEqual(heard('timeout: there, error: end', 'web.timeout'), ['there']);
});

test('a status of which nothing is said is one of its class, and a class of which nothing is said is an error', () => {
  for (const status of [302, 404, 503]) {
    assert.deepEqual(heard(`status_${String(status)[0]}xx: there, error: end`, { status }), ['there'], String(status));
    assert.deepEqual(heard('error: there', { status }), ['there'], String(status));
  }
  const expectedElse = ', expect: 204';
  assert.deepEqual(heard('status_2xx: there, error: end', { status: 200 }, expectedElse), ['there']);
  assert.deepEqual(heard('error: there', { status: 200 }, expectedElse), ['there']);
});

test('a queue that sends a contact to voicemail or outside leads where overflow leads', () => {
  for (const target of [{ to: 'voicemail' }, { to: 'external', number: '+15557000' }] as const) {
    const caller = waiting('overflow: there, timeout: end');
    assert.deepEqual(said(caller.overflow(target)), ['there'], target.to);
    assert.deepEqual(said(waiting('timeout: there').overflow(target)), ['there'], target.to);
  }
});

test('a key by which a caller leaves a queue, when a restart forgot it, leads where exit leads, or overflow', () => {
  for (const on of ['exit: there, overflow: end', 'overflow: there']) {
    const caller = waiting(on, ', exit_keys: { "1": end }');
    caller.press('1');
    caller.restart();
    const left = { queueId: 'sales', queuedAtMs: caller.nowMs, waitedMs: 0, reason: 'exit' } as const;
    const then = caller.take({ kind: 'contact.dequeued', atMs: caller.nowMs, contactId: 'c1', ...left });
    assert.deepEqual([outcomes(then), said(then)], [['exit'], ['there']], on);
  }
});

function waiting(on: string, parameters = ''): Receptionist {
  const caller = flow(`  wait: { type: queue, queue: sales, on: { ${on} }${parameters} }${PLACES}`);
  caller.call('100');
  return caller;
}

test('where no case of a queue status holds, the default leads', () => {
  const cases = 'cases: [{ when: queue.waiting > 5, next: end }]';
  const caller = flow(`  look: { type: queue_status, queue: sales, ${cases}, default: there }${PLACES}`);
  const empty = { agentsReady: 1, agentsInService: 1, waiting: 0, longestWaitMs: 0, estimatedWaitMs: 0 };
  caller.queues.set('sales', empty);
  assert.deepEqual(said(caller.call('100')), ['there']);
});
