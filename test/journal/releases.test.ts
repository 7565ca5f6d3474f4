import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { takeIn } from '../../src/controller/decide.ts';
import { fromSnapshot, toSnapshot } from '../../src/controller/snapshot.ts';
import { apply, emptyState, type State } from '../../src/controller/state.ts';
import { lift } from '../../src/journal/lift.ts';
import type { Event, JournalEntry } from '../../src/model/event.ts';

// The policy: a journal that any release wrote is read for ever, and gives the state in which that release stood. A new
// release adds a file here, written by itself, and what it believed at the end of it.

const folder = new URL('releases/', import.meta.url);

/** What each release believed after its journal, in words that every later one has too. */
const BELIEVED: Readonly<Record<string, unknown>> = {
  '0.1.0': {
    contacts: ['ex-2', 'ex-3', 'ex-4', 'ex-6'],
    answered: ['ex-3'],
    steps: { 'ex-2': 'end', 'ex-3': 'hello', 'ex-4': null, 'ex-6': 'sales' },
    items: [{ contactId: 'ex-6', queueId: 'sales', stage: 'offered', queuedAtMs: 1795165292830, offerCount: 1 }],
    offers: [{ id: 'ex-6.o1-mwor2cym', agentId: 'carla', deadlineMs: 1795165312830, answeredAtMs: null }],
    agents: {
      anna: {
        loggedIn: true,
        pause: null,
        phone: 'idle',
        restUntilMs: null,
        idleSinceMs: 1795165290830,
        stateSinceMs: 1795165290830,
        work: [['wrap_up', 'ex-2', 1795165295830]],
      },
      ben: {
        loggedIn: true,
        pause: 'lunch',
        phone: 'idle',
        restUntilMs: null,
        idleSinceMs: 1795165231730,
        stateSinceMs: 1795165288330,
        work: [],
      },
      carla: {
        loggedIn: true,
        pause: null,
        phone: 'idle',
        restUntilMs: null,
        idleSinceMs: 1795165281330,
        stateSinceMs: 1795165292830,
        work: [['ringing', 'ex-6', null]],
      },
    },
    doorOpen: true,
    nextDueMs: 1795165295830,
  },
};

function believed({ acd, flow, contacts }: State): unknown {
  return {
    contacts: [...contacts.keys()].sort(),
    answered: [...contacts.values()].filter(({ answeredAtMs }) => answeredAtMs !== null).map(({ id }) => id),
    steps: Object.fromEntries([...flow.sessions.values()].map(({ contactId, stepId }) => [contactId, stepId])),
    items: [...acd.items.values()].map(({ contactId, queueId, stage, queuedAtMs, offerCount }) => {
      return { contactId, queueId, stage, queuedAtMs, offerCount };
    }),
    offers: [...acd.offers.values()].map(({ id, agentId, deadlineMs, answeredAtMs }) => {
      return { id, agentId, deadlineMs, answeredAtMs };
    }),
    agents: Object.fromEntries(
      [...acd.agents.values()].map(({ id, loggedIn, pause, phone, restUntilMs, idleSinceMs, stateSinceMs, work }) => [
        id,
        {
          loggedIn,
          pause: pause?.reason ?? null,
          phone,
          restUntilMs,
          idleSinceMs,
          stateSinceMs,
          work: work.map(({ stage, contactId, untilMs }) => [stage, contactId, untilMs]),
        },
      ]),
    ),
    doorOpen: acd.doorOpen,
    nextDueMs: acd.deadlines.next(),
  };
}

function read(file: string): JournalEntry[] {
  const lines = readFileSync(new URL(file, folder), 'utf8').trim().split('\n');
  return lines.map((line) => {
    const { seq, v, event } = JSON.parse(line) as { seq: number; v: number; event: Record<string, unknown> };
    return { seq, event: lift(v, event) };
  });
}

function replay(state: State, entries: readonly JournalEntry[]): State {
  for (const { seq, event } of entries) {
    apply(state, event);
    state.seq = seq;
  }
  return state;
}

const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));

test('every release that wrote a journal is known, and what it believed', () => {
  assert.deepEqual(files.map((name) => name.replace('.jsonl', '')).sort(), Object.keys(BELIEVED).sort());
});

for (const file of files) {
  const release = file.replace('.jsonl', '');

  test(`the journal of ${release} gives the state in which that release stood`, () => {
    assert.deepEqual(believed(replay(emptyState(), read(file))), BELIEVED[release]);
  });

  test(`a snapshot taken anywhere in the journal of ${release}, with the rest of it, gives that state too`, () => {
    const entries = read(file);
    const whole = JSON.stringify(toSnapshot(replay(emptyState(), entries), 0));
    for (let cut = 0; cut <= entries.length; cut++) {
      const first = replay(emptyState(), entries.slice(0, cut));
      const saved = JSON.parse(JSON.stringify(toSnapshot(first, entries[cut - 1]?.event.atMs ?? 0)));
      const back = replay(fromSnapshot(saved), entries.slice(cut));
      assert.deepEqual(believed(back), BELIEVED[release], `cut after ${cut}`);
      assert.equal(JSON.stringify(toSnapshot(back, 0)), whole, `cut after ${cut}`);
    }
  });
}

test('a caller who stood in a flow of 0.1.0 goes on in it, into the queue of its old site', () => {
  const state = replay(emptyState(), read('0.1.0.jsonl'));
  const contactId = 'ex-3';
  const take = (event: Event) => {
    const { batch, fault } = takeIn(state, event);
    if (fault) throw fault;
    return batch.map(({ kind }) => kind);
  };
  take({ kind: 'prompt.finished', atMs: 1795165293000, contactId, promptId: 'ex-3.p1', result: 'done' });
  const then = take({ kind: 'digit.received', atMs: 1795165294000, contactId, digit: '1' });
  assert.ok(then.includes('contact.queued'), then.join(', '));
  assert.deepEqual(take({ kind: 'time.passed', atMs: 1795165295830 }).slice(1), ['agent.wrap_up_ended', 'offer.made']);
  assert.deepEqual(
    state.acd.agents.get('anna')?.work.map((work) => [work.contactId, work.stage]),
    [[contactId, 'ringing']],
  );
});
