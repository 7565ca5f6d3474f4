import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { PROBLEMS, problemLine } from '../../src/flow/problem.ts';
import { NO_NEEDS } from '../../src/model/needs.ts';
import type { Queue } from '../../src/model/queue.ts';
import type { Site } from '../../src/model/site.ts';
import { load } from './receptionist.ts';

const END = 'steps: { end: { type: hangup } }';

function read(text: string): Site {
  const { set, problems } = load({ 'site.yaml': text, 'main.yaml': END });
  assert.deepEqual(problems.map(problemLine), []);
  return set!.site;
}

/** The queue `sales`, served by one agent of team `berlin` who can do everything that these tests ask for. */
function queue(text: string): Queue {
  const agent = '{ extension: "1", team: berlin, queues: [sales], skills: { english: 9, german: 9 } }';
  const site = `
teams: { berlin: {}, partner: {} }
labels: [urgent]
calendars: { office: {} }
queues: { sales: ${text}, support: {} }
agents:
  anna: ${agent}
  ben: ${agent.replace('"1"', '"2"').replace('berlin', 'partner').replace('[sales]', '[sales, support]')}
`;
  return read(site).queues['sales']!;
}

test('a queue of which nothing is said has all defaults', () => {
  const rest = { action: 'rest', restMs: 10_000 } as const;
  assert.deepEqual(queue('{}'), {
    id: 'sales',
    name: 'sales',
    strategy: 'longest_idle',
    order: 'priority',
    ageingMs: 60_000,
    objectiveMs: 20_000,
    needs: NO_NEEDS,
    teams: null,
    shares: {},
    ringNextAfterMs: 10_000,
    answerWithinMs: 20_000,
    notAnswered: { no_answer: { action: 'pause' }, busy: rest, rejected: rest, unavailable: rest, failed: rest },
    missesAllowed: 0,
    restMs: 10_000,
    wrapUp: { mode: 'none', ms: 0, extendMs: 0, extensionsMax: 0, results: [] },
    lastAgent: null,
    relaxation: [],
    overflow: [],
    rules: [],
    escalation: null,
    calendar: null,
    music: 'default',
    serviceLevelMs: 20_000,
    recording: null,
    extension: null,
  } satisfies Queue);
  assert.deepEqual(queue(''), queue('{}'), 'nothing behind the colon is the same');
});

test('the objective is the service level where nothing else is said', () => {
  assert.equal(queue('{ service_level: 45s }').objectiveMs, 45_000);
  assert.equal(queue('{ service_level: 45s, objective: 4h }').objectiveMs, 4 * 3_600_000);
});

test('ageing may be never', () => {
  assert.equal(queue('{ ageing: never }').ageingMs, null);
  assert.equal(queue('{ ageing: 30s }').ageingMs, 30_000);
});

test('skills of a queue are names, which mean any level, or levels, or the four kinds of them', () => {
  assert.deepEqual(queue('{ skills: english }').needs, { ...NO_NEEDS, required: { english: 1 } });
  assert.deepEqual(queue('{ skills: [english, german] }').needs.required, { english: 1, german: 1 });
  assert.deepEqual(queue('{ skills: { english: 7 } }').needs, { ...NO_NEEDS, required: { english: 7 } });
  assert.deepEqual(
    queue(
      '{ skills: { required: english, any_of: [german, { german: 3, english: 2 }], preferred: { german: 4 }, excluded: { english: 10 } } }',
    ).needs,
    {
      required: { english: 1 },
      anyOf: [{ german: 1 }, { german: 3, english: 2 }],
      preferred: { german: 4 },
      excluded: { english: 10 },
    },
  );
});

test('what follows when nobody answers is said by cause, or as in the first release', () => {
  const old = queue('{ after_no_answer: rest, rest: 5s }');
  assert.deepEqual(old.notAnswered.no_answer, { action: 'rest', restMs: 5000 });
  assert.deepEqual(old.notAnswered.busy, { action: 'rest', restMs: 5000 });
  const { notAnswered } = queue('{ not_answered: { no_answer: log_out, busy: 3s, failed: pause } }');
  assert.deepEqual(notAnswered.no_answer, { action: 'log_out' });
  assert.deepEqual(notAnswered.busy, { action: 'rest', restMs: 3000 });
  assert.deepEqual(notAnswered.failed, { action: 'pause' });
  assert.deepEqual(notAnswered.rejected, { action: 'rest', restMs: 10_000 });
});

test('wrap-up is a time, or a mode with what belongs to it', () => {
  const none = { extendMs: 0, extensionsMax: 0, results: [] };
  assert.deepEqual(queue('{ wrap_up: 10s }').wrapUp, { mode: 'timed', ms: 10_000, ...none });
  assert.deepEqual(queue('{ wrap_up: 0s }').wrapUp, { mode: 'none', ms: 0, ...none });
  assert.deepEqual(queue('{ wrap_up: { mode: timed } }').wrapUp, { mode: 'timed', ms: 30_000, ...none });
  assert.deepEqual(queue('{ wrap_up: { mode: until_cleared } }').wrapUp, {
    mode: 'until_cleared',
    ms: 600_000,
    ...none,
  });
  const extendable = { mode: 'extendable', ms: 20_000, extendMs: 60_000, extensionsMax: 3, results: [] };
  assert.deepEqual(queue('{ wrap_up: { mode: extendable, time: 20s, extend: 1m } }').wrapUp, extendable);
  const result = { mode: 'result_required', ms: 600_000, extendMs: 0, extensionsMax: 0, results: ['sold', 'not sold'] };
  assert.deepEqual(queue('{ wrap_up: { mode: result_required, results: [sold, not sold] } }').wrapUp, result);
});

test('relaxation, overflow, rules, escalation and the last agent are read whole', () => {
  const { relaxation, overflow, rules, escalation, lastAgent, calendar } = queue(`{
    calendar: office,
    skills: [english],
    relaxation: [
      { when: { waited: 30s, estimated_wait: 5m, agents_below: 2 }, lower: { english: 0 }, teams: [partner] },
      { when: { waited: 1m }, drop: english, teams: all } ],
    overflow: [
      { when: { closed: true }, to: voicemail },
      { when: { unstaffed: true, longer_than: 10 }, to: callback },
      { when: { estimated_wait: 20m }, to: { external: "+4930123" } },
      { when: { waited: 5m, unstaffed: true }, to: { flow: main } },
      { when: { waited: 10m }, to: { queue: support } } ],
    rules: [{ when: { channels: chat, labels: [urgent], attributes: { vip: true, tier: [1, "2"] } }, skills: german, priority: -2, teams: berlin }],
    escalation: { after: 2, from: berlin, to: [partner] },
    last_agent: { keep: 7d } }`);
  assert.deepEqual(relaxation, [
    {
      when: { waitedMs: 30_000, estimatedWaitMs: 300_000, agentsBelow: 2 },
      drop: [],
      lower: { english: 0 },
      teams: ['partner'],
    },
    { when: { waitedMs: 60_000 }, drop: ['english'], lower: {}, teams: 'all' },
  ]);
  assert.deepEqual(overflow, [
    { when: { closed: true }, target: { to: 'voicemail' } },
    { when: { longerThan: 10, unstaffed: true }, target: { to: 'callback' } },
    { when: { estimatedWaitMs: 1_200_000 }, target: { to: 'external', number: '+4930123' } },
    { when: { waitedMs: 300_000, unstaffed: true }, target: { to: 'flow', flowId: 'main' } },
    { when: { waitedMs: 600_000 }, target: { to: 'queue', queueId: 'support' } },
  ]);
  assert.deepEqual(rules, [
    {
      // A flow knows nothing but texts, and another source may send numbers: both are meant.
      when: { channels: ['chat'], labels: ['urgent'], attributes: { vip: [true, 'true'], tier: [1, '1', '2'] } },
      needs: { ...NO_NEEDS, required: { german: 1 } },
      priority: -2,
      teams: ['berlin'],
    },
  ]);
  assert.deepEqual(escalation, { after: 2, from: ['berlin'], to: ['partner'] });
  assert.deepEqual(lastAgent, { keepMs: 7 * 86_400_000, holdMs: 30_000 });
  assert.equal(calendar, 'office');
});

test('the expression of a rule is read without the braces that may stand around it', () => {
  const written = ["item.attributes.tier == 'gold'", "${{ item.attributes.tier == 'gold' }}"];
  for (const expression of written) {
    const { rules } = queue(`{ rules: [{ when: { expression: "${expression}" }, priority: 1 }] }`);
    assert.deepEqual(rules[0]?.when, { expression: "item.attributes.tier == 'gold'" });
  }
});

test('the skills of an agent by name alone are at level 5, so that they meet what a queue asks for by name', () => {
  const { agents } = read(
    'agents: { anna: { extension: "1", skills: english }, ben: { extension: "2", skills: { english: 0 } } }',
  );
  assert.deepEqual(agents['anna']!.skills, { english: 5 });
  assert.deepEqual(agents['ben']!.skills, { english: 0 });
});

test('the queues of an agent are names, or have tiers and weights', () => {
  const { agents } = read(`
queues: { sales: {}, support: {} }
agents:
  anna: { extension: "1", queues: sales }
  ben: { extension: "2", queues: { sales: { tier: 2 }, support: { weight: 30 } } }`);
  assert.deepEqual(agents['anna']!.queues, { sales: { tier: 1, weight: 1 } });
  assert.deepEqual(agents['ben']!.queues, { sales: { tier: 2, weight: 1 }, support: { tier: 1, weight: 30 } });
});

test('the capacity of an agent is the own one, else that of the team, else the default', () => {
  const { agents, capacities } = read(`
capacities: { chats: { chat: { max: 6 } }, one: { load: 10, voice: { weight: 10 }, labels: { vip: { max: 3, interrupts: voice } } } }
teams: { text: { capacity: chats }, phone: {} }
agents:
  anna: { extension: "1", team: text, capacity: one }
  ben: { extension: "2", team: text }
  carla: { extension: "3", team: phone }
  dora: { extension: "4" }`);
  assert.deepEqual(
    Object.values(agents).map(({ capacity }) => capacity),
    ['one', 'chats', 'default', 'default'],
  );
  assert.deepEqual(Object.keys(capacities), ['default', 'chats', 'one']);
  assert.deepEqual(capacities['chats']!.rules, { chat: { max: 6, weight: 16, interrupts: [] } }, 'six fill the load');
  assert.deepEqual(capacities['one'], {
    id: 'one',
    load: 10,
    rules: {
      voice: { max: 1, weight: 10, interrupts: [] },
      vip: { max: 3, weight: 3, interrupts: ['voice'] },
    },
  });
});

test('the file may replace the default capacity', () => {
  const { capacities } = read('capacities: { default: { voice: {} } }');
  assert.deepEqual(capacities['default']!.rules, { voice: { max: 1, weight: 100, interrupts: [] } });
});

test('a calendar has hours by day, breaks, holidays and exceptions', () => {
  const { calendars } = read(`
time_zone: America/New_York
calendars:
  office:
    time_zone: Europe/Berlin
    hours:
      mon-tue, thu: 09:00-12:00, 13:00-17:30
      fri: [13:00-24:00, 8:00-12:00]
      sat: closed
    holidays: { 01-01: New Year, 2026-04-03: Good Friday }
    exceptions: { 2026-12-24: 09:00-12:00, 2026-12-31: closed }
  always: { hours: { daily: 00:00-24:00 } }
  weekend: { hours: { sat-mon: 10:00-12:00 } }`);
  const day = [
    { from: 540, to: 720 },
    { from: 780, to: 1050 },
  ];
  const friday = [
    { from: 480, to: 720 },
    { from: 780, to: 1440 },
  ];
  assert.deepEqual(calendars['office'], {
    id: 'office',
    timeZone: 'Europe/Berlin',
    weekly: [day, day, [], day, friday, [], []],
    holidays: [
      { date: '01-01', name: 'New Year' },
      { date: '2026-04-03', name: 'Good Friday' },
    ],
    exceptions: [
      { date: '2026-12-24', hours: [{ from: 540, to: 720 }] },
      { date: '2026-12-31', hours: [] },
    ],
  });
  assert.equal(calendars['always']!.timeZone, 'America/New_York', 'that of the site');
  assert.deepEqual(calendars['always']!.weekly, Array(7).fill([{ from: 0, to: 1440 }]));
  assert.deepEqual(
    calendars['weekend']!.weekly.map((hours) => hours.length),
    [1, 0, 0, 0, 0, 1, 1],
    'from Saturday over the end of the week to Monday',
  );
});

test('a pause reason is a text, or has a limit', () => {
  const { pauseReasons } = read('pause_reasons: { 1: lunch, "2": { name: training, limit: 45m, at_limit: log_out } }');
  assert.deepEqual(pauseReasons, {
    '1': { name: 'lunch', limitMs: null, atLimit: 'tell' },
    '2': { name: 'training', limitMs: 2_700_000, atLimit: 'log_out' },
  });
});

test('the agents\u2019 own queues have a pattern', () => {
  const { directQueue } = read('direct_queue: { answer_within: 1m, wrap_up: 5s }');
  assert.equal(directQueue.id, '@');
  assert.equal(directQueue.answerWithinMs, 60_000);
  assert.deepEqual(read('site: Test').directQueue.wrapUp.mode, 'none');
});

test('numbers stand in the order of the file and keep their zeros', () => {
  const { numbers } = read('numbers: { "0800*": main, 0049: main, "+1555": main, 100: main }');
  assert.deepEqual(
    numbers.map(({ number }) => number),
    ['0800*', '0049', '+1555', '100'],
  );
});

test('a queue that only asks for less later is served then', () => {
  const relaxed = queue(
    '{ skills: { english: 9 }, teams: [berlin], relaxation: [{ when: { waited: 1m }, teams: all }] }',
  );
  assert.equal(relaxed.relaxation.length, 1);
});

test('a chain of overflows is no circle, and neither are two ways to one queue', () => {
  read(`
queues:
  a: { overflow: [{ when: { unstaffed: true }, to: { queue: c } }, { when: { waited: 1m }, to: { queue: b } }] }
  b: { overflow: [{ when: { waited: 1m }, to: { queue: c } }] }
  c: {}
agents: { anna: { extension: "1", queues: [a, b, c] } }`);
});

test('10,000 agents and 5,000 queues are read and checked in seconds', () => {
  const agents = Array.from(
    { length: 10_000 },
    (_, at) =>
      `  a${at}: { extension: "${at}", team: t${at % 50}, queues: [q${at % 5000}, q${(at * 7) % 5000}], skills: { english: ${(at % 9) + 1} } }`,
  );
  const queues = Array.from({ length: 5000 }, (_, at) => {
    const to = at < 4999 ? `{ queue: q${at + 1} }` : 'voicemail';
    return `  q${at}: { skills: [english], overflow: [{ when: { waited: 5m }, to: ${to} }] }`;
  });
  const teams = Array.from({ length: 50 }, (_, at) => `  t${at}: {}`);
  const text = ['agents:', ...agents, 'queues:', ...queues, 'teams:', ...teams].join('\n');
  const began = performance.now();
  const site = read(text);
  const tookMs = performance.now() - began;
  assert.equal(Object.keys(site.agents).length, 10_000);
  assert.ok(tookMs < 20_000, `it took ${Math.round(tookMs)} ms`);
});

const fits = new Ajv({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(new URL('../../docs/site.schema.json', import.meta.url), 'utf8')),
);
const guide = readFileSync(new URL('../../docs/site.md', import.meta.url), 'utf8');
const trees = [...guide.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map((found) => parse(found[1]!) as object);

/** Every place in a tree, as the way to it. */
function places(tree: unknown): (readonly string[])[] {
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([key, value]) => [[key], ...places(value).map((below) => [key, ...below])]);
}

function replaced(tree: unknown, [key, ...below]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const copy = (Array.isArray(tree) ? [...tree] : { ...(tree as object) }) as Record<string, unknown>;
  copy[key] = replaced(copy[key], below, value);
  return copy;
}

test('whatever stands in one place of a site, the check ends, every problem has a place, and what the check takes the schema takes, too', () => {
  const value = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      true,
      0,
      -1,
      11,
      1.5,
      '',
      '5s',
      'never',
      '@x',
      'sales',
      'closed',
      [],
      {},
      [[]],
      [null],
    ),
    fc.constantFrom<unknown>({ x: 1 }, ['a', 'b'], { required: [] }, { queue: 'sales' }, '__proto__', {
      constructor: 1,
    }),
    fc.string({ maxLength: 8 }),
    fc.integer(),
  );
  const change = fc
    .constantFrom(...trees)
    .chain((tree) => fc.tuple(fc.constant(tree), fc.constantFrom(...places(tree)), value));
  fc.assert(
    fc.property(change, ([tree, place, given]) => {
      const text = stringify(replaced(tree, place, given));
      const { set, problems } = load({ 'site.yaml': text, 'main.yaml': END });
      assert.equal(set === undefined, problems.length > 0, text);
      for (const problem of problems) {
        assert.ok(problem.line >= 1 && problem.column >= 1 && problem.code in PROBLEMS, problemLine(problem));
      }
      if (set) assert.ok(fits(parse(text)), `${text}\n${JSON.stringify(fits.errors)}`);
    }),
    { numRuns: 500 },
  );
});
