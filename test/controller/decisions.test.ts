import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Decision } from '../../src/controller/decisions/decisions.ts';
import {
  createDecisionsDesk,
  DECISION_EVENTS_MAX,
  PASSED_OVER_MAX,
} from '../../src/controller/decisions/decisions-desk.ts';
import { toSnapshot } from '../../src/controller/snapshot.ts';
import { apply, emptyState } from '../../src/controller/state.ts';
import type { Event } from '../../src/model/event.ts';
import { NO_NEEDS } from '../../src/model/needs.ts';
import type { Site } from '../../src/model/site.ts';
import { site } from '../acd/site.ts';
import { JournalingDispatcher, journalInMemory } from './journal-in-memory.ts';

const AGENTS = {
  anna: { name: 'Anna' },
  ben: { name: 'Ben' },
  carla: { name: 'Carla', skills: { german: 3 } },
};

function deskOver(of: Site, events: readonly Event[]) {
  const { journal, replayed } = journalInMemory(events);
  return {
    desk: createDecisionsDesk(
      journal,
      () => of,
      () => Number.MAX_SAFE_INTEGER - 1,
    ),
    replayed,
  };
}

/** The decisions about c1 on such a day; with an agent also why not. */
async function about(
  of: Site,
  live: (day: JournalingDispatcher) => void,
  agentId?: string,
): Promise<readonly Decision[]> {
  const day = new JournalingDispatcher(of);
  live(day);
  const found = await deskOver(of, day.journal).desk.ofContact('c1', agentId);
  assert.ok(found.ok, JSON.stringify(found));
  return found.value;
}

/** Why the agent did not get the first offer of c1. */
async function whyNot(
  of: Site,
  agentId: string,
  live: (day: JournalingDispatcher) => void,
): Promise<string | undefined> {
  const decisions = await about(of, live, agentId);
  return decisions.find(({ offer }) => offer)?.offer?.notChosen?.text;
}

test('the decisions about a contact tell winner, runners-up, who was out of the question, and what came of it', async () => {
  const decisions = await about(site(AGENTS), (day) => {
    day.ready('anna');
    day.pass(12_000);
    day.ready('ben');
    day.pass(22_000);
    const made = day.queue('c1');
    const offer = made.find((event) => event.kind === 'offer.made');
    day.pass(3000);
    day.answer(offer!.offerId);
  });
  assert.deepEqual(
    decisions.map(({ what, text }) => [what, text]),
    [
      ['queued', 'Put into the queue sales with priority 0.'],
      [
        'offered',
        'Anna was chosen by longest idle (idle for 34 s), before Ben (idle for 22 s). Out of the question: 1 logged out. It was answered.',
      ],
      ['left', 'Left the queue sales after 3 s (answered).'],
    ],
  );
  const { offer } = decisions[1]!;
  assert.deepEqual(offer?.rejected, [{ because: 'logged_out', agents: 1 }]);
  assert.deepEqual(
    offer?.runnersUp.map(({ id }) => id),
    ['ben'],
  );
  assert.equal(offer?.outcome, 'answered');
});

test('steps, holds and overflow stand between the offers', async () => {
  const of = site(AGENTS, {
    sales: {
      needs: { ...NO_NEEDS, required: { german: 5 } },
      relaxation: [{ when: { waitedMs: 10_000 }, drop: ['german'], lower: {}, teams: null }],
      overflow: [{ when: { waitedMs: 40_000 }, target: { to: 'voicemail' } }],
    },
  });
  const decisions = await about(of, (day) => {
    day.queue('c1');
    day.pass(60_000);
  });
  assert.deepEqual(
    decisions.map(({ text }) => text),
    [
      'Put into the queue sales with priority 0.',
      'Asked for less from here on: relaxation step 1.',
      'Left the queue sales after 40 s (overflow rule 1, to voicemail).',
    ],
  );
});

test('why an agent was not chosen is one sentence for each reason', async () => {
  const of = site(AGENTS);
  const both = (day: JournalingDispatcher): void => {
    day.ready('anna');
    day.pass(12_000);
    day.ready('ben');
    day.pass(1000);
  };
  const queued = (day: JournalingDispatcher): void => {
    both(day);
    day.queue('c1');
  };
  assert.equal(await whyNot(of, 'ben', queued), 'Ben was free, but had been idle 12 s less than Anna.');
  assert.equal(await whyNot(of, 'anna', queued), 'Anna was chosen.');
  assert.equal(await whyNot(of, 'nobody', queued), 'The site had no agent nobody then.');
  assert.match((await whyNot(of, 'carla', queued))!, /^Carla had been logged out for \d+ s\.$/);
  const paused = await whyNot(of, 'ben', (day) => {
    both(day);
    day.take({ kind: 'agent.paused', atMs: day.nowMs, agentId: 'ben', reason: 'lunch', by: 'api' });
    day.pass(720_000);
    day.queue('c1');
  });
  assert.equal(paused, 'Ben had been paused (lunch) for 12 min.');
  const german = site(
    { ...AGENTS, dora: { name: 'Dora', skills: { german: 9 } } },
    { sales: { needs: { ...NO_NEEDS, required: { german: 5 } } } },
  );
  const speaks = (day: JournalingDispatcher): void => {
    day.ready('ben', 'carla', 'dora');
    day.queue('c1');
  };
  assert.equal(await whyNot(german, 'carla', speaks), 'Carla lacks german at 5 (has 3).');
  assert.equal(await whyNot(german, 'ben', speaks), 'Ben lacks german at 5 (has none).');
  const kept = await whyNot(of, 'anna', (day) => {
    both(day);
    day.queue('c1', { preferred: { agentIds: ['ben'], untilMs: day.nowMs + 60_000 } });
  });
  assert.equal(kept, 'The contact was kept for Ben.');
  const elsewhere = site({ anna: { name: 'Anna' }, ben: { name: 'Ben', queues: [] } });
  assert.equal(await whyNot(elsewhere, 'ben', queued), 'Ben does not serve the queue.');
  const talks = await whyNot(of, 'anna', (day) => {
    both(day);
    day.queue('c0');
    day.queue('c1');
  });
  assert.match(talks!, /^Anna had as much in hand as allowed \(1 contact\) for /);
});

test('other strategies name their own measure, and who becomes free chooses first', async () => {
  const day = (live: JournalingDispatcher): void => {
    live.ready('anna', 'ben');
    live.queue('c1');
  };
  const tiers = site(
    { anna: { name: 'Anna', queues: { sales: { tier: 2, weight: 1 } } }, ben: { name: 'Ben' } },
    { sales: { strategy: 'top_down' } },
  );
  assert.equal(
    await whyNot(tiers, 'anna', day),
    'Anna was free, but Ben came first by top-down tiers: tier 1, Anna tier 2.',
  );
  const waited = await about(site(AGENTS), (live) => {
    live.queue('c1');
    live.pass(30_000);
    live.ready('ben');
  });
  assert.equal(
    waited[1]?.text,
    'Ben became free and got this contact as the most urgent one (its wait with priority was 1.5 times its objective); one kind of contact waited, of which Ben could have 1.',
  );
});

test('an agent is told his offers, and of the others in his queues the newest with the reason', async () => {
  const of = site(AGENTS);
  const day = new JournalingDispatcher(of);
  day.ready('anna', 'ben');
  for (let count = 0; count < PASSED_OVER_MAX + 5; count++) {
    for (const event of day.queue(`x${count}`)) {
      if (event.kind !== 'offer.made') continue;
      day.answer(event.offerId);
      day.pass(1000);
      day.agentHangsUp(event.offerId);
    }
    day.pass(1000);
  }
  const found = await deskOver(of, day.journal).desk.ofAgent('ben', 0);
  assert.ok(found.ok);
  const { offered, passedOver } = found.value;
  assert.ok(offered.length > 5 && offered.every(({ offer }) => offer?.agentId === 'ben'));
  assert.ok(passedOver.length > 5 && passedOver.length <= PASSED_OVER_MAX);
  for (const { offer } of passedOver)
    assert.match(offer!.notChosen!.text, /^Ben was free, but had been idle .* less than Anna\.$/);
  assert.equal((await deskOver(of, day.journal).desk.ofAgent('nobody', 0)).ok, false);
});

test('the state at a decision comes from the newest snapshot before it, and one too far back is refused', async () => {
  const of = site(AGENTS);
  const day = new JournalingDispatcher(of);
  day.ready('anna', 'ben');
  const state = emptyState();
  for (const event of day.journal) apply(state, event);
  state.seq = day.journal.length;
  const snapshot = JSON.parse(JSON.stringify(toSnapshot(state, day.nowMs)));
  day.pass(1000);
  day.queue('c1');
  const { journal, replayed } = journalInMemory(day.journal, [snapshot]);
  const desk = createDecisionsDesk(
    journal,
    () => of,
    () => day.nowMs,
  );
  const found = await desk.ofContact('c1', 'ben');
  assert.ok(found.ok && found.value.some(({ offer }) => offer?.notChosen?.because === 'behind'));
  assert.equal(Math.min(...replayed), snapshot.seq + 1);

  const far = createDecisionsDesk(
    {
      ...journal,
      ofContact: async (id) =>
        (await journal.ofContact(id)).map((entry) => ({ ...entry, seq: entry.seq + 2 * DECISION_EVENTS_MAX })),
    },
    () => of,
    () => day.nowMs,
  );
  const refused = await far.ofContact('c1', 'ben');
  assert.equal(refused.ok ? '' : refused.failure.code, 'decision.too_far');
  const [one, two] = await Promise.all([desk.ofContact('c1', 'ben'), desk.ofContact('c1', 'ben')]);
  assert.deepEqual([one.ok, two.ok ? '' : two.failure.code], [true, 'decision.busy']);
  const unknown = await desk.ofContact('c9');
  assert.equal(unknown.ok ? '' : unknown.failure.code, 'contact.unknown');
});
