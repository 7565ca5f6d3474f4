import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyToWatches } from '../../../src/calls/watch/apply.ts';
import { restoreWatches, saveWatches } from '../../../src/calls/watch/saved.ts';
import { emptyWatches } from '../../../src/calls/watch/state.ts';
import { maySupervise } from '../../../src/model/call/supervision.ts';
import { site } from '../../acd/site.ts';
import { kinds, only, Watching } from './watching.ts';

test("a watch rings the supervisor's phone, and the leg is asked for once", () => {
  const day = new Watching();
  const asked = only(day.start(), 'leg.asked');
  assert.deepEqual([asked.legId, asked.purpose, asked.target], ['c.l0-1', 'watch', { to: 'agent', agentId: 'bea' }]);
  assert.equal(asked.deadlineMs, day.nowMs + 30_000);
  day.nowMs += 1;
  assert.deepEqual(day.start(), [], 'told twice, it rings once');
});

test('keys 4, 5 and 6 change how the supervisor watches, and nothing before the phone is answered', () => {
  const day = new Watching();
  day.start();
  assert.deepEqual(day.press('6'), []);
  day.answer();
  assert.equal(only(day.press('5'), 'watch.changed').mode, 'whisper');
  assert.deepEqual(day.press('5'), [], 'the same again is no change');
  const barge = only(day.press('6'), 'watch.changed');
  assert.deepEqual([barge.mode, barge.agentId, barge.by], ['barge', 'bea', 'phone']);
  assert.equal(only(day.press('4'), 'watch.changed').mode, 'listen');
  assert.deepEqual(day.press('7*0#'), []);
});

test("by star and five the supervisor takes the talk over: her leg is the agent's leg from then on", () => {
  const day = new Watching();
  day.start();
  day.answer();
  const taken = day.press('*5');
  assert.deepEqual(kinds(taken), ['watch.took_over', 'talk.handed_over']);
  const { fromOfferId, offerId, agentId, queueId } = only(taken, 'talk.handed_over');
  assert.deepEqual([fromOfferId, offerId, agentId, queueId], ['c.o1-1', 'c.l0-1', 'bea', 'sales']);
  assert.deepEqual(day.handled(), [], "the end of the old agent's part ends nothing of hers");
  assert.deepEqual(day.press('456*5'), [], 'who talks herself changes nothing by these keys');
  assert.deepEqual(day.hangUp(), [{ kind: 'offer.ended', atMs: day.nowMs, offerId: 'c.l0-1', cause: 'hung_up' }]);
});

test("what takes a talk over is the site's own code for a transfer", () => {
  const day = new Watching();
  const own = { ...site({}, {}), callCodes: { ...site({}, {}).callCodes, transfer: '*77' } };
  day.take({ kind: 'flows.loaded', atMs: 0, flows: { version: 'v', site: own, flows: {}, tables: {} } });
  day.start();
  day.answer();
  assert.equal(kinds(day.press('*5')).includes('talk.handed_over'), false);
  assert.ok(kinds(day.press('*77')).includes('talk.handed_over'));
});

test('nobody takes over a talk before the phone is answered', () => {
  const day = new Watching();
  day.start();
  const about = { contactId: 'c', legId: 'c.l0-1', agentId: 'bea', by: 'api' } as const;
  assert.deepEqual(day.take({ kind: 'watch.took_over', atMs: 1, ...about }), []);
});

test('a watch ends with the talk, and the end is told once', () => {
  for (const end of ['handled', 'requeued', 'customer gone'] as const) {
    const day = new Watching();
    day.start();
    day.answer();
    const at = { atMs: day.nowMs, contactId: 'c' };
    const followed =
      end === 'handled'
        ? day.handled()
        : end === 'requeued'
          ? day.take({ kind: 'contact.requeued', ...at, offerId: 'c.o1-1' })
          : day.take({ kind: 'contact.ended', ...at, cause: 'hung_up', endedBy: 'customer' });
    assert.deepEqual(kinds(followed), ['watch.stopped', 'leg.given_up'], end);
    assert.equal(only(followed, 'watch.stopped').by, 'system');
    assert.deepEqual([...day.handled(), ...day.hangUp()], [], end);
    assert.equal(day.state.watches.size, 0);
  }
});

test('a watch ends when the supervisor hangs up, when the phone is not answered, and when somebody asks for it', () => {
  const hungUp = new Watching();
  hungUp.start();
  hungUp.answer();
  const ended = hungUp.hangUp();
  assert.deepEqual([kinds(ended), only(ended, 'watch.stopped').by], [['watch.stopped'], 'phone']);

  const inVain = new Watching();
  inVain.start();
  const given = inVain.take({ kind: 'leg.given_up', atMs: 1, contactId: 'c', legId: 'c.l0-1' });
  assert.deepEqual([kinds(given), only(given, 'watch.stopped').by], [['watch.stopped'], 'system']);

  const asked = new Watching();
  asked.start();
  asked.answer();
  const about = { contactId: 'c', legId: 'c.l0-1', agentId: 'bea', by: 'api' } as const;
  assert.deepEqual(kinds(asked.take({ kind: 'watch.stopped', atMs: 1, ...about })), ['leg.given_up']);
  for (const day of [hungUp, inVain, asked]) assert.equal(day.state.watches.size, 0);
});

test('a watch goes with the talk to the agent to whom it is handed, and ends with that', () => {
  const day = new Watching();
  day.start();
  day.answer();
  assert.deepEqual(day.handOver('c.c1-1.o2-1', 'cem'), []);
  const [watch] = day.state.watches.values();
  assert.deepEqual([watch!.offerId, watch!.agentId, watch!.stage], ['c.c1-1.o2-1', 'cem', 'watching']);
  assert.deepEqual(day.handled(), [], 'the first agent is done, the talk is not');
  assert.deepEqual(kinds(day.handled('c.c1-1.o2-1')), ['watch.stopped', 'leg.given_up']);
});

test('a second supervisor goes on watching the one who took over', () => {
  const day = new Watching();
  for (const legId of ['c.l0-1', 'c.l0-2']) {
    day.start({ legId, agentId: `of ${legId}` });
    day.answer(legId);
  }
  day.press('*5');
  const [left] = day.state.watches.values();
  assert.deepEqual([day.state.watches.size, left!.legId, left!.offerId], [1, 'c.l0-2', 'c.l0-1']);
  assert.deepEqual(kinds(day.hangUp()), ['offer.ended']);
  assert.deepEqual(kinds(day.handled('c.l0-1')), ['watch.stopped', 'leg.given_up']);
});

test('whoever supervises a queue may listen to its talks, to no other, and never to herself', () => {
  const of = (supervises: 'all' | string[]) => {
    const plain = site({ anna: { extension: '1', queues: ['sales'] }, bea: { extension: '2' } }, {});
    return { ...plain, agents: { ...plain.agents, bea: { ...plain.agents['bea']!, supervises } } };
  };
  assert.equal(maySupervise(of(['sales']), 'bea', 'anna', 'sales'), true);
  assert.equal(maySupervise(of(['sales']), 'bea', 'anna', 'support'), false);
  assert.equal(maySupervise(of('all'), 'bea', 'anna', '@anna'), true);
  assert.equal(maySupervise(of('all'), 'bea', 'bea', 'sales'), false);
  assert.equal(maySupervise(of([]), 'bea', 'anna', 'sales'), false);
  assert.equal(maySupervise(of('all'), 'toString', 'anna', 'sales'), false);
});

test('whatever happens in whatever order, the journal replayed gives the same, a snapshot too, and nothing is left at the end', () => {
  const legs = ['c.l0-1', 'c.l0-2'];
  const step = fc.record({
    what: fc.constantFrom('start', 'answer', 'press', 'hangUp', 'handOver', 'handled', 'give up', 'stop'),
    legId: fc.constantFrom(...legs),
    keys: fc.constantFrom('4', '5', '6', '*5', '*'),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const day = new Watching();
      let offers = 1;
      for (const { what, legId, keys } of steps) {
        day.nowMs += 1;
        const talks = [...day.state.watches.values()].map(({ offerId }) => offerId);
        const at = { atMs: day.nowMs, contactId: 'c', legId };
        if (what === 'start') day.start({ legId, offerId: talks[0] ?? `c.o${offers}-1` });
        if (what === 'answer') day.answer(legId);
        if (what === 'press') day.press(keys, legId);
        if (what === 'hangUp') day.hangUp(legId);
        if (what === 'handOver' && talks[0]) day.handOver(`c.o${++offers}-1`, 'cem', talks[0]);
        if (what === 'handled' && talks[0]) day.handled(talks[0]);
        if (what === 'give up') day.take({ kind: 'leg.given_up', ...at });
        if (what === 'stop') day.take({ kind: 'watch.stopped', ...at, agentId: 'bea', by: 'api' });
        const replayed = emptyWatches();
        for (const event of day.journal) applyToWatches(replayed, event);
        assert.deepEqual(saveWatches(replayed), saveWatches(day.state));
        const saved = JSON.parse(JSON.stringify(saveWatches(day.state)));
        assert.deepEqual(saveWatches(restoreWatches(saved)), saveWatches(day.state));
      }
      day.take({ kind: 'contact.ended', atMs: day.nowMs, contactId: 'c', cause: 'hung_up', endedBy: 'customer' });
      day.take({ kind: 'contact.finished', atMs: day.nowMs, contactId: 'c' });
      assert.deepEqual([day.state.watches.size, day.state.takenOver.size], [0, 0]);
    }),
  );
});
