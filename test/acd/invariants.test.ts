import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply } from '../../src/acd/apply.ts';
import { type AcdState, emptyAcd } from '../../src/acd/state.ts';
import { Day } from './day.ts';
import { everyDay } from './every-day.ts';
import type { RandomDay } from './random-day.ts';

// Random days over random sites. After every event the books agree, nobody idles beside somebody who waits, and before every
// offer an oracle that shares no code with the engine has said that it is the right one (oracle.ts, invariants.ts).
// A failure prints the seed and the shortest day that fails; giving both to everyDay lives it again.

/** How many days; each has up to 80 happenings. */
const DAYS = 1000;

test('on random days no item is lost or doubled, nobody has too much, idles beside work, is overtaken or stuck', () => {
  everyDay(DAYS, (random) => {
    const day = lived(random);
    day.end();
    assert.equal(day.state.items.size, 0, 'items are left');
    assert.equal(day.state.offers.size, 0, 'offers are left');
    assert.equal(day.state.attempts.size, 0, 'attempts of contacts that are over are left');
    for (const agent of day.state.agents.values()) {
      assert.deepEqual(agent.work, [], `${agent.id} is stuck`);
      assert.equal(agent.restUntilMs, null, `${agent.id} rests for ever`);
    }
    assert.equal(day.state.deadlines.next(), undefined, 'a deadline is left, of nothing');
  });
});

test('the journal of a random day, applied without deciding anything, gives the same state', () => {
  everyDay(DAYS / 4, (random) => {
    const day = lived(random);
    const replayed = emptyAcd(random.sites[0]);
    for (const event of day.journal) apply(replayed, structuredClone(event));
    assert.deepEqual(plain(replayed), plain(day.state));
    // A look at a queue is not written down, so after a replay the next one may come sooner, never later.
    assert.ok((replayed.deadlines.next() ?? Infinity) <= (day.state.deadlines.next() ?? Infinity));
  });
});

test('the site put into service once more changes no decision: the index is what it would be if built anew', () => {
  everyDay(DAYS / 4, (random) => {
    const day = lived(random);
    const [lines, free] = [linesOf(day.state), freeOf(day.state)];
    const decisions = day.journal.length;
    const flows = { version: 'again', site: day.state.site, flows: {}, tables: {} };
    day.take({ kind: 'flows.loaded', atMs: day.nowMs, flows });
    assert.deepEqual(linesOf(day.state), lines);
    for (const [medium, agents] of Object.entries(freeOf(day.state))) assert.deepEqual(agents, free[medium], medium);
    assert.equal(day.journal.length, decisions + 1, 'something was found that had been overlooked');
  });
});

function lived(random: RandomDay): Day {
  const day = new Day(random.sites[0]);
  day.live(random);
  return day;
}

/** What is kept of a state, without what follows from the rest. */
function plain(state: AcdState): unknown {
  const { index: _, deadlines: _due, agents, items, ...rest } = state;
  return {
    ...rest,
    agents: [...agents.values()].map(({ slot: _slot, ...agent }) => agent),
    items: [...items.values()].map(({ key: _key, standsIn: _line, due: _moment, ...item }) => item),
  };
}

/** Who stands in which line, each line in its order. */
function linesOf({ index }: AcdState): string[][] {
  return index.classes
    .flatMap((one) => (one && one.line.length > 0 ? [[...one.line].map(({ contactId }) => contactId)] : []))
    .sort((a, b) => (a[0]! < b[0]! ? -1 : 1));
}

/** Who is free for which kind of contact. */
function freeOf({ index }: AcdState): Record<string, string[]> {
  const rows = index.media.map(({ channel, label, free }) => {
    const agents = index.slots.filter(({ slot }) => ((free[slot >> 5]! >>> (slot & 31)) & 1) === 1).map(({ id }) => id);
    return [`${channel} ${label ?? ''}`, agents] as const;
  });
  return Object.fromEntries(rows);
}
