import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Action, listensFirst, perform } from '../../src/rehearsal/action.ts';
import { ENDING, endingOf } from '../../src/rehearsal/ending.ts';
import { orderOf } from '../../src/rehearsal/order.ts';
import { arrived, flows } from './folder.ts';

const SET = flows(`
keys: { "0": operator }
on_hangup: after
steps:
  hello: { type: play, prompt: Welcome., interruptible: true }
  choose:
    type: menu
    prompt: Sales or support?
    options: { "1": { next: sales, say: [sales] }, "2": pin, "3": fetch }
    on: { no_input: bye, no_match: bye }
  sales: { type: queue, queue: sales, max_wait: 5m, on: { handled: choose, timeout: bye } }
  pin: { type: gather, prompt: PIN, into: pin, min: 4, max: 4, sensitive: true, on: { no_input: bye, no_match: bye } }
  fetch:
    type: http
    url: https://api.example.com/
    max_visits: 3
    on: { ok: wait, error: bye }
  wait: { type: wait, duration: 2m, next: choose }
  operator: { type: queue, queue: sales, max_wait: 1m, on: { handled: bye } }
  bye: { type: hangup, prompt: Goodbye. }
  after: { type: set, vars: { left: true }, next: end }
  end: { type: hangup }
`);

const bargeIn = fc.boolean();
const agentId = fc.constantFrom('anna', 'ben', 'nobody');
const ms = fc.integer({ min: 0, max: 900_000 });
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constant('press' as const), keys: fc.stringMatching(/^[0-3*#]{1,5}$/), bargeIn }),
  fc.record({
    do: fc.constant('say' as const),
    text: fc.constantFrom('sales', 'what', ''),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    bargeIn,
  }),
  fc.record({ do: fc.constant('reply' as const), text: fc.constantFrom('sales', '1', '1234'), bargeIn }),
  fc.record({ do: fc.constant('silence' as const), ms: fc.option(ms) }),
  fc.record({ do: fc.constant('wait' as const), ms }),
  fc.record({ do: fc.constantFrom('answer', 'reject', 'end', 'log_in', 'log_out'), agentId }),
  fc.record({
    do: fc.constant('http' as const),
    stepId: fc.constantFrom('fetch', 'pin'),
    answer: fc.constantFrom(
      { status: 200, headers: {}, body: { a: 1 } },
      { status: 500, headers: {}, body: null },
      { failed: 'web.timeout' as const },
    ),
  }),
  fc.record({ do: fc.constant('hangup' as const), bargeIn }),
);

test('whatever people do, nothing breaks, time never goes back, and the same deeds bring the same about', () => {
  fc.assert(
    fc.property(fc.constantFrom('voice', 'chat'), fc.array(action, { maxLength: 25 }), (channel, deeds) => {
      const lived = [0, 1].map(() => {
        const rehearsal = arrived(SET, { channel, agents: ['anna'] });
        for (const deed of deeds) {
          if (listensFirst(deed)) rehearsal.listen();
          perform(rehearsal, deed);
        }
        rehearsal.listen();
        return rehearsal;
      });
      const [one, other] = lived;
      assert.equal(one!.fault, undefined);
      assert.match(endingOf(one!), ENDING);
      assert.deepEqual(other!.trace.lines, one!.trace.lines);
      let beforeMs = 0;
      for (const { atMs } of one!.trace.lines) {
        assert.ok(atMs >= beforeMs);
        beforeMs = atMs;
      }
    }),
    { numRuns: 200 },
  );
});

test('whatever is typed is an order or is refused, and never breaks anything', () => {
  const words = fc.constantFrom(
    'http',
    'agent',
    'wait',
    'silence',
    'say',
    'press',
    'anna',
    'answers',
    '200',
    '{',
    '5s',
    '#',
  );
  const line = fc.oneof(
    fc.string(),
    fc.array(fc.oneof(words, fc.string()), { maxLength: 5 }).map((all) => all.join(' ')),
  );
  fc.assert(
    fc.property(line, fc.boolean(), (typed, inText) => {
      const order = orderOf(typed, inText);
      assert.ok(order.ok || order.failure.code === 'rehearsal.command_unknown');
    }),
    { numRuns: 500 },
  );
});

test('orders are read as they are listed', () => {
  const read = (line: string): unknown => {
    const order = orderOf(line, false);
    return order.ok ? order.value : order.failure.code;
  };
  assert.deepEqual(read('123#'), { do: 'press', keys: '123#', bargeIn: false });
  assert.deepEqual(read('say I want sales'), { do: 'say', text: 'I want sales', confidence: 1, bargeIn: false });
  assert.deepEqual(read('wait 90s'), { do: 'wait', ms: 90_000 });
  assert.deepEqual(read('silence'), { do: 'silence', ms: null });
  assert.deepEqual(read('silence 6s'), { do: 'silence', ms: 6000 });
  assert.deepEqual(read('agent anna logs in'), { do: 'log_in', agentId: 'anna' });
  assert.deepEqual(read('http my step 404 { a: 1 }'), {
    do: 'http',
    stepId: 'my step',
    answer: { status: 404, headers: {}, body: { a: 1 } },
  });
  assert.deepEqual(read('http fetch timeout'), { do: 'http', stepId: 'fetch', answer: { failed: 'web.timeout' } });
  for (const wrong of ['wait', 'wait long', 'agent anna sings', 'http fetch', 'http fetch lost', 'hello', 'say']) {
    assert.equal(read(wrong), 'rehearsal.command_unknown', wrong);
  }
  assert.deepEqual(orderOf('hello there', true), {
    ok: true,
    value: { do: 'reply', text: 'hello there', bargeIn: false },
  });
});
