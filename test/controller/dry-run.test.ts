import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDryRun } from '../../src/controller/dry-run/dry-run.ts';
import type { DryRunReport } from '../../src/controller/dry-run/dry-run-report.ts';
import { apply, emptyState } from '../../src/controller/state.ts';
import type { Event } from '../../src/model/event.ts';
import { NO_NEEDS } from '../../src/model/needs.ts';
import type { Site } from '../../src/model/site.ts';
import { everyDay } from '../acd/every-day.ts';
import { eventOf, type RandomDay } from '../acd/random-day.ts';
import { AGENT_IDS } from '../acd/random-site.ts';
import { site } from '../acd/site.ts';
import { JournalingDispatcher } from './journal-in-memory.ts';

/** What another site would have made of a journal. */
function dryRun(before: Site, journal: readonly Event[], after: Site): DryRunReport {
  const start = emptyState();
  apply(start, { kind: 'flows.loaded', atMs: 0, flows: { version: 'v1', site: before, flows: {}, tables: {} } });
  const run = createDryRun(start, after, 0);
  for (const [at, event] of journal.entries()) run.take({ seq: at + 2, event });
  return run.report();
}

function lived(before: Site, live: (day: JournalingDispatcher) => void): readonly Event[] {
  const day = new JournalingDispatcher(before);
  live(day);
  // The site comes first, and that is the start here.
  return day.journal.slice(1);
}

/** What happens on a random day, without the rules that other tests check on it. */
function live(day: JournalingDispatcher, random: RandomDay): void {
  day.ready(...random.present.map((place) => AGENT_IDS[place]!));
  random.happenings.forEach((happening, count) => {
    if (happening.what === 'pass') day.pass(happening.ms);
    else if (happening.what !== 'jump' && happening.what !== 'again') {
      const event = eventOf(day.state, happening, random, count, day.nowMs);
      if (event) day.take(event);
    }
  });
}

const kinds = ({ changes }: DryRunReport): [string, string][] =>
  changes.map(({ kind, contactId }) => [kind, contactId]);

// What came first in one and the same millisecond the journal does not say of everything, so one day in some thousands differs.
const ALWAYS_THE_SAME_DAYS = { seed: 3 };

test('the configuration that was in service changes nothing, on any random day', () => {
  let decisions = 0;
  everyDay(
    800,
    (random) => {
      // A controller that sleeps decides late, and then another one would indeed have been sooner.
      const happenings = random.happenings.filter(({ what }) => what !== 'site' && what !== 'jump');
      const journal = lived(random.sites[0], (day) => live(day, { ...random, happenings }));
      const report = dryRun(random.sites[0], journal, structuredClone(random.sites[0]));
      assert.deepEqual(report.changes, []);
      assert.equal(report.changed, 0);
      decisions += report.decisions;
      for (const { agentsBefore, agentsAfter } of report.waiting) assert.equal(agentsBefore, agentsAfter);
    },
    ALWAYS_THE_SAME_DAYS,
  );
  assert.ok(decisions > 1000, `${decisions} decisions were compared`);
});

test('a skill that is asked for from now on gives the contact to the one who has it', () => {
  const agents = { anna: {}, ben: { skills: ['german'] } };
  const before = site(agents);
  const journal = lived(before, (day) => {
    day.ready('anna', 'ben');
    day.queue('c1');
  });
  const after = site(agents, { sales: { needs: { ...NO_NEEDS, required: { german: 3 } } } });
  const report = dryRun(before, journal, after);
  assert.deepEqual(kinds(report), [['other_agent', 'c1']]);
  assert.equal(
    report.changes[0]?.text,
    'c1 was offered to anna; it would be offered to ben. anna lacks german at 3 (has none).',
  );
});

test('another strategy chooses another agent, and a priority another contact', () => {
  const before = site({ anna: { queues: { sales: { tier: 2, weight: 1 } } }, ben: {} });
  const journal = lived(before, (day) => {
    day.ready('anna', 'ben');
    day.queue('c1');
  });
  const tiers = site(
    { anna: { queues: { sales: { tier: 2, weight: 1 } } }, ben: {} },
    { sales: { strategy: 'top_down' } },
  );
  assert.deepEqual(kinds(dryRun(before, journal, tiers)), [['other_agent', 'c1']]);

  const alone = site({ anna: {} });
  const waited = lived(alone, (day) => {
    day.queue('c1');
    day.pass(1000);
    day.queue('c2', { label: 'vip' });
    day.pass(1000);
    day.ready('anna');
  });
  const rule = { when: { labels: ['vip'] }, needs: NO_NEEDS, priority: 5, teams: null };
  const report = dryRun(alone, waited, site({ anna: {} }, { sales: { rules: [rule] } }));
  assert.deepEqual(kinds(report), [['other_contact', 'c1']]);
  assert.equal(report.changes[0]?.text, 'c1 was offered to anna, who would get c2 before it.');
});

test('a skill that is not asked for any more serves a contact sooner, and one that nobody has serves it never', () => {
  const agents = { anna: {}, ben: { skills: ['german'] } };
  const german = site(agents, { sales: { needs: { ...NO_NEEDS, required: { german: 1 } } } });
  const journal = lived(german, (day) => {
    day.ready('anna');
    day.queue('c1');
    day.pass(30_000);
    day.ready('ben');
  });
  const sooner = dryRun(german, journal, site(agents));
  assert.deepEqual(kinds(sooner), [['sooner', 'c1']]);
  assert.match(sooner.changes[0]!.text, /^c1 would have been offered to anna 30 s before/);
  const nobody = site(agents, { sales: { needs: { ...NO_NEEDS, required: { latin: 1 } } } });
  const never = dryRun(german, journal, nobody);
  assert.deepEqual(kinds(never), [['no_offer', 'c1']]);
});

test('an overflow rule that is new, gone or leads elsewhere is told', () => {
  const rule = (to: 'voicemail' | 'callback') => [{ when: { waitedMs: 20_000 }, target: { to } }];
  const agents = { anna: {} };
  const plain = site(agents);
  const voicemail = site(agents, { sales: { overflow: rule('voicemail') } });
  const callback = site(agents, { sales: { overflow: rule('callback') } });
  const sentOn = lived(voicemail, (day) => {
    day.queue('c1');
    day.pass(30_000);
  });
  assert.deepEqual(kinds(dryRun(voicemail, sentOn, plain)), [['not_sent_on', 'c1']]);
  assert.deepEqual(kinds(dryRun(voicemail, sentOn, callback)), [['other_target', 'c1']]);
  const stayed = lived(plain, (day) => {
    day.queue('c1');
    day.pass(60_000);
    day.ready('anna');
  });
  assert.deepEqual(kinds(dryRun(plain, stayed, voicemail)), [['sent_on', 'c1']]);
});

test('who waits now and could not be served by anybody is told before the change is made', () => {
  const agents = { anna: { skills: ['german'] } };
  const before = site(agents, { sales: {}, support: {} });
  const journal = lived(before, (day) => {
    day.queue('c1');
    day.queue('c2');
    day.queue('c3', { queueId: 'support' });
  });
  const after = site({ anna: {}, ben: {} }, { sales: { needs: { ...NO_NEEDS, required: { german: 1 } } } });
  const { waiting, agentsAdded, agentsRemoved } = dryRun(before, journal, after);
  assert.deepEqual(waiting, [
    { queueId: 'sales', contacts: 2, first: 'c1', agentsBefore: 1, agentsAfter: 0 },
    { queueId: 'support', contacts: 1, first: 'c3', agentsBefore: 1, agentsAfter: null },
  ]);
  assert.deepEqual([agentsAdded, agentsRemoved], [['ben'], []]);
});
