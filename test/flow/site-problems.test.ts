import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ProblemCode, problemLine } from '../../src/flow/problem.ts';
import { SITE_BYTES_MAX } from '../../src/flow/source.ts';
import { load } from './receptionist.ts';

const END = 'steps: { end: { type: hangup } }';

/**
 * What an ops engineer wrote wrong in site.yaml. The place that the check must point at stands between `»` and `«`; the marks are taken
 * out before the check reads the text.
 */
const CASES: readonly (readonly [what: string, code: ProblemCode, hint: RegExp, text: string])[] = [
  ['a skill that nobody has', 'skill.unknown', /english/, 'queues: { sales: { skills: [»englsh«] } }'],
  [
    'a skill that nobody has, with a level',
    'skill.unknown',
    /english/,
    'queues: { sales: { skills: { englsh: »3« } } }',
  ],
  [
    'a preferred skill that nobody has',
    'skill.unknown',
    /english/,
    'queues: { sales: { skills: { preferred: [»englsh«] } } }',
  ],
  [
    'an excluded skill that nobody has, which would keep nobody out',
    'skill.unknown',
    /english/,
    'queues: { sales: { skills: { excluded: { englsh: »3« } } } }',
  ],
  [
    'a skill among alternatives that nobody has',
    'skill.unknown',
    /french/,
    'queues: { sales: { skills: { any_of: [english, »french«] } } }',
  ],
  [
    'a relaxation step that drops a skill that nobody has',
    'skill.unknown',
    /english/,
    'queues: { sales: { relaxation: [{ when: { waited: 1m }, drop: [»englsh«] }] } }',
  ],
  [
    'a relaxation step that lowers a skill that nobody has',
    'skill.unknown',
    /english/,
    'queues: { sales: { relaxation: [{ when: { waited: 1m }, lower: { englsh: »2« } }] } }',
  ],
  [
    'a rule that asks for a skill that nobody has',
    'skill.unknown',
    /english/,
    'queues: { sales: { rules: [{ skills: [»englsh«] }] } }',
  ],
  ['a skill that nobody has, of direct queues', 'skill.unknown', /english/, 'direct_queue: { skills: [»englsh«] }'],
  [
    'a skill of direct queues, which have no name',
    'skill.unknown',
    /of the direct queues/,
    'direct_queue: { skills: [»x«] }',
  ],
  ['a level above all agents', 'skill.level_unreached', /has 8\./, 'queues: { sales: { skills: { english: »9« } } }'],
  [
    'a level that only agents of other queues reach',
    'skill.level_unreached',
    /has 2\. Ask for 2 at most/,
    'queues: { sales: { skills: { german: »5« } } }',
  ],
  [
    'a skill that only agents of other queues have',
    'skill.level_unreached',
    /No agent of queue sales/,
    'queues: { sales: { skills: [»italian«] } }',
  ],
  [
    'a relaxation step that comes down to a level above all agents',
    'skill.level_unreached',
    /has 8/,
    'queues: { sales: { relaxation: [{ when: { waited: 1m }, lower: { english: »9« } }] } }',
  ],
  [
    'a queue whose agents have each a part of what it asks for, and none all of it',
    'queue.unservable',
    /None of the 2 agents/,
    'queues: { sales: »{ skills: { english: 8, german: 2 } }« }',
  ],
  [
    'an agent of a queue that does not exist',
    'queue.unknown',
    /sales/,
    'agents: { dora: { extension: "9", queues: [»slaes«] } }',
  ],
  [
    'an agent of a queue that does not exist, with a tier',
    'queue.unknown',
    /sales/,
    'agents: { dora: { extension: "9", queues: { slaes: »{ tier: 2 }« } } }',
  ],
  [
    'overflow to a queue that does not exist',
    'queue.unknown',
    /support/,
    'queues: { sales: { overflow: [{ when: { waited: 1m }, to: { queue: »suport« } }] } }',
  ],
  [
    'overflow to a flow that does not exist',
    'flow.unknown',
    /main/,
    'queues: { sales: { overflow: [{ when: { waited: 1m }, to: { flow: »mian« } }] } }',
  ],
  [
    'overflow of direct queues to a flow that does not exist',
    'flow.unknown',
    /main/,
    'direct_queue: { overflow: [{ when: { waited: 1m }, to: { flow: »mian« } }] }',
  ],
  [
    'overflow to a queue that nobody serves',
    'queue.unstaffed',
    /nobody/,
    'queues: { sales: { overflow: [{ when: { waited: 1m }, to: { queue: »empty« } }] }, empty: {} }',
  ],
  [
    'an agent of a team that does not exist',
    'team.unknown',
    /berlin/,
    'agents: { dora: { extension: "9", team: »berln« } }',
  ],
  ['a queue for a team that does not exist', 'team.unknown', /berlin/, 'queues: { sales: { teams: [»berln«] } }'],
  [
    'a relaxation step to a team that does not exist',
    'team.unknown',
    /berlin/,
    'queues: { sales: { relaxation: [{ when: { waited: 1m }, teams: [»berln«] }] } }',
  ],
  [
    'a rule for a team that does not exist',
    'team.unknown',
    /berlin/,
    'queues: { sales: { rules: [{ teams: »berln« }] } }',
  ],
  [
    'a share of a team that does not exist',
    'team.unknown',
    /berlin/,
    'queues: { sales: { strategy: percent_allocation, shares: { berln: »100« } } }',
  ],
  [
    'escalation to a team that does not exist',
    'team.unknown',
    /berlin/,
    'queues: { sales: { escalation: { after: 1, from: [berlin], to: [»berln«] } } }',
  ],
  [
    'escalation to a team of which nobody serves the queue',
    'team.unstaffed',
    /Nobody of team partner/,
    'queues: { sales: { escalation: { after: 1, from: [berlin], to: [»partner«] } } }',
  ],
  [
    'a share of a team of which nobody serves the queue',
    'team.unstaffed',
    /Nobody of team partner/,
    'queues: { sales: { strategy: percent_allocation, shares: { berlin: 60, partner: »40« } } }',
  ],
  ['a calendar that does not exist', 'calendar.unknown', /office/, 'queues: { sales: { calendar: »offce« } }'],
  [
    'a capacity that does not exist',
    'capacity.unknown',
    /chats/,
    'agents: { dora: { extension: "9", capacity: »chts« } }',
  ],
  ['a capacity of a team that does not exist', 'capacity.unknown', /chats/, 'teams: { munich: { capacity: »chts« } }'],
  [
    'a weight above the load, which never fits',
    'capacity.never_fits',
    /load of 50/,
    'capacities: { small: { load: 50, chat: { weight: »60« } } }',
  ],
  [
    'the weight of a label above the load',
    'capacity.never_fits',
    /One vip weighs 101/,
    'capacities: { small: { labels: { vip: { weight: »101« } } } }',
  ],
  [
    'a channel or label that is to be interrupted and does not exist',
    'label.unknown',
    /email/,
    'capacities: { small: { voice: { interrupts: [»emial«] } } }',
  ],
  [
    'a rule for a label that does not exist',
    'label.unknown',
    /urgent/,
    'queues: { sales: { rules: [{ when: { labels: [»urgnt«] }, priority: 1 }] } }',
  ],
  [
    'a rule with an expression that cannot be read',
    'expression.invalid',
    /Compare with ==/,
    'queues: { sales: { rules: [{ when: { expression: "item.priority »= 3«" }, priority: 1 }] } }',
  ],
  [
    'a rule with an expression about what no item has',
    'variable.unknown',
    /Did you mean "item.priority"/,
    `queues: { sales: { rules: [{ when: { expression: "\${{ item.channel == 'chat' && »item.prioriti > 3 }}«" }, priority: 1 }] } }`,
  ],
  [
    'a rule with an expression that compares text with a number',
    'expression.type',
    /quotes/,
    'queues: { sales: { rules: [{ when: { expression: »item.label == 5« }, priority: 1 }] } }',
  ],
  [
    'a rule with an expression that is no condition',
    'expression.type',
    /true or false, and is a number/,
    'queues: { sales: { rules: [{ when: { expression: "»item.priority + 1«" }, priority: 1 }] } }',
  ],
  [
    'a label that is called like a channel',
    'value.choice',
    /channel/,
    'capacities: { small: { labels: { chat: »{}« } } }',
  ],
  [
    'hours that overlap',
    'calendar.overlap',
    /08:00-12:00 and 11:30-17:00/,
    'calendars: { shop: { hours: { mon: »[08:00-12:00, 11:30-17:00]« } } }',
  ],
  [
    'a day that stands twice',
    'calendar.overlap',
    /wed stand twice, under "mon-fri" and "wed"/,
    'calendars: { shop: { hours: { mon-fri: 08:00-12:00, wed: »09:00-11:00« } } }',
  ],
  [
    'a day that stands twice in one line',
    'calendar.overlap',
    /tue stand twice/,
    'calendars: { shop: { hours: { "mon-fri, tue": »08:00-12:00« } } }',
  ],
  [
    'hours over midnight',
    'value.range',
    /24:00 and on the next day/,
    'calendars: { shop: { hours: { mon: »22:00-02:00« } } }',
  ],
  ['hours after the end of the day', 'value.range', /24:00/, 'calendars: { shop: { hours: { mon: »22:00-24:30« } } }'],
  [
    'a time zone that does not exist',
    'calendar.zone_unknown',
    /Europe\/Berlin/,
    'calendars: { shop: { time_zone: »Europe/Berln« } }',
  ],
  [
    'an offset, which knows of no summer time',
    'calendar.zone_unknown',
    /IANA/,
    'calendars: { shop: { time_zone: »+01:00« } }',
  ],
  ['a time zone of the site that does not exist', 'calendar.zone_unknown', /IANA/, 'time_zone: »Mars/Base«'],
  [
    'a date that does not exist',
    'calendar.date_impossible',
    /2026-02-29/,
    'calendars: { shop: { exceptions: { 2026-02-29: »closed« } } }',
  ],
  [
    'a yearly date that does not exist',
    'calendar.date_impossible',
    /04-31/,
    'calendars: { shop: { holidays: { 04-31: »Nothing« } } }',
  ],
  [
    'overflow of two queues into each other',
    'overflow.circular',
    /sales, support, sales|support, sales, support/,
    `queues:
  sales: { overflow: [{ when: { waited: 1m }, to: { queue: support } }] }
  support: { overflow: [{ when: { unstaffed: true }, to: { queue: »sales« } }] }`,
  ],
  [
    'overflow of a queue into itself',
    'overflow.circular',
    /sales, sales/,
    'queues: { sales: { overflow: [{ when: { waited: 1m }, to: { queue: »sales« } }] } }',
  ],
  [
    'an overflow rule behind one that always wins',
    'overflow.unreachable',
    /rule 1 of the list/,
    'queues: { sales: { overflow: [{ when: { waited: 1m }, to: voicemail }, »{ when: { waited: 2m, unstaffed: true }, to: callback }«] } }',
  ],
  [
    'an overflow rule before one that always comes earlier',
    'overflow.unreachable',
    /rule 2 of the list/,
    'queues: { sales: { overflow: [»{ when: { waited: 2m }, to: voicemail }«, { when: { waited: 1m }, to: callback }] } }',
  ],
  [
    'overflow of closed queues without a calendar',
    'overflow.unreachable',
    /no calendar/,
    'queues: { sales: { overflow: [»{ when: { closed: true }, to: voicemail }«] } }',
  ],
  [
    'overflow by the length of the queue after some time',
    'overflow.unreachable',
    /when the item comes/,
    'queues: { sales: { overflow: [»{ when: { waited: 1m, longer_than: 5 }, to: voicemail }«] } }',
  ],
  [
    'overflow without a condition',
    'key.missing',
    /waited, estimated_wait/,
    'queues: { sales: { overflow: [{ when: »{}«, to: voicemail }] } }',
  ],
  [
    'overflow to two places',
    'value.type',
    /exactly one/,
    'queues: { sales: { overflow: [{ when: { waited: 1m }, to: »{ queue: support, flow: main }« }] } }',
  ],
  [
    'a condition that is said not to hold',
    'value.choice',
    /leave it out/,
    'queues: { sales: { overflow: [{ when: { unstaffed: »false« }, to: voicemail }] } }',
  ],
  [
    'a relaxation step after everybody has left by overflow',
    'relaxation.unreachable',
    /after 2m/,
    `queues:
  sales:
    overflow: [{ when: { waited: 2m }, to: voicemail }]
    relaxation: [{ when: { waited: »2m« }, teams: all }]`,
  ],
  [
    'relaxation steps whose times do not rise',
    'relaxation.not_rising',
    /in order/,
    'queues: { sales: { relaxation: [{ when: { waited: 2m }, drop: english }, { when: { waited: »1m« }, teams: all }] } }',
  ],
  [
    'a relaxation step without a condition',
    'relaxation.empty',
    /agents_below/,
    'queues: { sales: { relaxation: [{ when: »{}«, teams: all }] } }',
  ],
  [
    'a relaxation step without an effect',
    'relaxation.empty',
    /changes nothing/,
    'queues: { sales: { relaxation: [»{ when: { waited: 1m } }«] } }',
  ],
  [
    'items kept for the last agent until after they have left',
    'last_agent.hold_too_long',
    /after 1m/,
    'queues: { sales: { last_agent: { hold: »90s« }, overflow: [{ when: { waited: 1m }, to: voicemail }] } }',
  ],
  [
    'shares that do not make 100 percent',
    'shares.sum',
    /90 percent/,
    'queues: { sales: { strategy: percent_allocation, shares: »{ berlin: 90 }« } }',
  ],
  [
    'allocation by percent without shares',
    'key.missing',
    /shares/,
    'queues: { sales: { strategy: »percent_allocation« } }',
  ],
  [
    'shares without allocation by percent',
    'key.conflict',
    /percent_allocation/,
    'queues: { sales: { shares: »{ berlin: 100 }« } }',
  ],
  [
    'two words on what follows when nobody answers',
    'key.conflict',
    /twice/,
    'queues: { sales: { after_no_answer: »rest«, not_answered: { no_answer: log_out } } }',
  ],
  [
    'a second agent who would be rung after the first one is not rung any more',
    'value.range',
    /shorter than answer_within/,
    'queues: { sales: { strategy: ring_progressively, ring_next_after: »20s« } }',
  ],
  [
    'an agent who is rung for longer than an hour',
    'value.range',
    /1s and 1h/,
    'queues: { sales: { answer_within: »2h« } }',
  ],
  ['an agent who is rung for no time', 'value.range', /1s and 1h/, 'queues: { sales: { answer_within: »0s« } }'],
  [
    'results that must be given and are none',
    'key.missing',
    /results/,
    'queues: { sales: { wrap_up: »{ mode: result_required }« } }',
  ],
  [
    'wrap-up of mode none with a time',
    'key.conflict',
    /none/,
    'queues: { sales: { wrap_up: { mode: none, time: »5s« } } }',
  ],
  [
    'an extension of wrap-up that cannot be extended',
    'key.conflict',
    /extendable/,
    'queues: { sales: { wrap_up: { mode: timed, extend: »5s« } } }',
  ],
  ['a level above ten', 'value.range', /0 and 10/, 'queues: { sales: { skills: { english: »11« } } }'],
  [
    'two agents with one extension',
    'extension.duplicate',
    /dora/,
    'agents: { dora: { extension: "9" }, emil: { extension: »"9"« } }',
  ],
  ['an agent without an extension', 'key.missing', /extension/, 'agents: { dora: »{ name: Dora }« }'],
  ['an extension with letters', 'value.type', /digits/, 'agents: { dora: { extension: »"10 01; x"« } }'],
  ['an agent twice', 'yaml.duplicate', /dora/, 'agents: { dora: { extension: "8" }, »dora«: { extension: "9" } }'],
  ['a queue that is called like an agent\u2019s own', 'id.reserved', /own queues/, 'queues: { »"@anna"«: {} }'],
  ['an id with capital letters', 'value.type', /small letters/, 'queues: { »Sales«: {} }'],
  ['a number that is given twice', 'yaml.duplicate', /100/, 'numbers: { "100": main, »100«: main }'],
  ['a flow of a number that does not exist', 'flow.unknown', /main/, 'numbers: { "100": »mian« }'],
  ['an unknown key', 'key.unknown', /"queues"/, '»queus«: {}'],
  ['an unknown key of a queue', 'key.unknown', /"answer_within"/, 'queues: { sales: { »answer_witin«: 5s } }'],
  ['two feature codes that are the same', 'value.choice', /own/, 'feature_codes: »{ login: "*11", logout: "*11" }«'],
  ['a reason that is no digit', 'value.type', /digit/, 'pause_reasons: { »x«: lunch }'],
  [
    'what happens at the limit of a pause that has none',
    'key.conflict',
    /limit/,
    'pause_reasons: { "1": { name: lunch, at_limit: »ready« } }',
  ],
  ['a map where a list belongs', 'value.type', /list/, 'queues: { sales: { overflow: »{ to: voicemail }« } }'],
  ['a list where a map belongs', 'value.type', /map/, 'queues: »[sales]«'],
];

/** The rest of the site of every case. */
const PARTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  numbers: { '"100"': 'main' },
  teams: { berlin: '{}', partner: '{}' },
  capacities: { chats: '{ chat: { max: 4 }, labels: { urgent: {} } }' },
  calendars: { office: '{ hours: { mon-fri: 09:00-17:00 } }' },
  queues: { sales: '{}', support: '{}' },
  agents: {
    anna: '{ extension: "1001", team: berlin, queues: [sales], skills: { english: 8 } }',
    ben: '{ extension: "1002", team: berlin, queues: [sales], skills: { german: 2 } }',
    carla: '{ extension: "1003", team: partner, queues: [support], skills: { german: 9, italian: 4 } }',
  },
};

/** The site of a case: what it says itself stands first, so that its places are those of the case; the rest is added behind. */
function whole(text: string): string {
  const marked = text.replace(/[»«]/g, '');
  const key = /^[a-z_]+/.exec(marked)![0];
  const missing = Object.entries(PARTS[key] ?? {}).filter(([id]) => !new RegExp(`[{ ]${id}:`).test(marked));
  const others = Object.entries(PARTS).filter(([part]) => part !== key);
  return [
    extended(marked, missing),
    ...others.map(([part, entries]) => extended(`${part}:`, Object.entries(entries))),
  ].join('\n');
}

/** A map of one line or of several, with more entries behind its own; anything else stays as it is. */
function extended(map: string, entries: readonly (readonly [string, string])[]): string {
  const lines = entries.map(([id, value]) => `${id}: ${value}`);
  if (/^\w+:(?:\n|$)/.test(map)) return [map, ...lines.map((line) => `  ${line}`)].join('\n');
  return lines.length > 0 && map.endsWith(' }') ? `${map.slice(0, -2)}, ${lines.join(', ')} }` : map;
}

for (const [what, code, hint, text] of CASES) {
  test(`the check finds ${what} (${code})`, () => {
    const before = text.slice(0, text.indexOf('»'));
    const line = before.split('\n').length;
    const column = before.length - before.lastIndexOf('\n');
    const { set, problems } = load({ 'site.yaml': whole(text), 'main.yaml': END });
    assert.equal(set, undefined, 'the site was taken');
    const lines = problems.map(problemLine);
    const found = lines.find((one) => one.startsWith(`site.yaml:${line}:${column} ${code} `));
    assert.ok(found, `wanted ${line}:${column} ${code}, found:\n${lines.join('\n')}`);
    assert.match(found, hint);
    assert.match(found, /[.?]$/, 'a whole sentence');
  });
}

test('the rest of the site of every case is fine by itself', () => {
  const { problems } = load({ 'site.yaml': whole('site: Test'), 'main.yaml': END });
  assert.deepEqual(problems.map(problemLine), []);
});

test('a list that is too long and a file that is too large are refused', () => {
  const step = '{ when: { agents_below: 1 }, teams: all }';
  const long = `queues: { sales: { relaxation: [${Array(101).fill(step).join(', ')}] } }`;
  const list = load({ 'site.yaml': long, 'main.yaml': END }).problems.map(problemLine);
  assert.match(list.join('\n'), /^site\.yaml:1:32 value\.range relaxation has more than 100 entries\.$/m);
  const large = load({ 'site.yaml': `site: ${'x'.repeat(SITE_BYTES_MAX)}`, 'main.yaml': END }).problems;
  assert.equal(large[0]!.code, 'folder.too_large');
});

test('a name that is wrong a thousand times is told each time, and the nearest one is looked up once', () => {
  const agents = Array.from({ length: 1000 }, (_, at) => `  a${at}: { extension: "${at}", queues: [slaes] }`);
  const site = `queues: { sales: {} }\nagents:\n${agents.join('\n')}`;
  const { problems } = load({ 'site.yaml': site, 'main.yaml': END });
  assert.equal(problems.filter((problem) => /"slaes"\. Did you mean "sales"/.test(problem.message)).length, 1000);
});
