import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { parse, stringify } from 'yaml';
import { problemLine } from '../../src/flow/problem.ts';
import { DEFAULT_CAPACITY } from '../../src/flow/site/capacity.ts';
import { AGENTS_MAX, QUEUES_MAX } from '../../src/flow/site/names.ts';
import { SITE_BYTES_MAX } from '../../src/flow/source.ts';
import { ORDERS, STRATEGIES } from '../../src/model/queue.ts';
import type { Site } from '../../src/model/site.ts';
import { load } from '../flow/receptionist.ts';
import { names, page, rows, section, unquoted } from './page.ts';

type Tree = { readonly [key: string]: unknown };

const guide = page('site.md');
const examples = [...guide.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map((found) => found[1]!);
const schema = JSON.parse(page('site.schema.json')) as Tree;
const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const END = 'steps: { end: { type: hangup } }';

function loaded(site: string): Site {
  const { set, problems } = load({ 'site.yaml': site, 'main.yaml': END }, ['music/blue', 'music/green']);
  assert.deepEqual(problems.map(problemLine), [], site);
  return set!.site;
}

test('every example of the guide passes the check', () => {
  assert.ok(examples.length >= 12);
  for (const example of examples) loaded(example);
});

const fits = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);

test('every example, the shipped site and the sites of the tests fit the schema', () => {
  const flows = [...page('flows.md').matchAll(/^```yaml\n(# site\.yaml[\s\S]*?)^```$/gm)].map((found) => found[1]!);
  assert.equal(flows.length, 1);
  const sites = [read('flows/site.yaml'), read('test/system/flows/site.yaml')];
  for (const text of [...examples, ...flows, ...sites]) {
    assert.ok(fits(parse(text)), `${JSON.stringify(fits.errors)}\n${text}`);
  }
});

test('the shipped site names the schema, by its way from there', () => {
  const [, path] = /^# yaml-language-server: \$schema=(\S+)$/m.exec(read('flows/site.yaml'))!;
  assert.deepEqual(JSON.parse(read(new URL(path!, 'file:///flows/').pathname.slice(1))), schema);
});

/** What an editor must mark, as it stands below a queue or in the site. */
const BROKEN: readonly (readonly [string, string])[] = [
  ['an unknown key', 'queus: {}'],
  ['an unknown key of a queue', 'queues: { sales: { answer_witin: 5s } }'],
  ['a duration without a number', 'queues: { sales: { answer_within: soon } }'],
  ['a strategy that does not exist', 'queues: { sales: { strategy: longest_idel } }'],
  ['a level above ten', 'queues: { sales: { skills: { english: 11 } } }'],
  ['an agent without an extension', 'agents: { anna: { name: Anna } }'],
  ['an id with a capital letter', 'queues: { Sales: {} }'],
  ['a name that begins with @', 'queues: { "@anna": {} }'],
  ['hours that are none', 'calendars: { office: { hours: { mon: 9-17 } } }'],
  ['a day that does not exist', 'calendars: { office: { hours: { monday: closed } } }'],
  ['a relaxation step without a condition', 'queues: { sales: { relaxation: [{ drop: english }] } }'],
  ['an overflow to nowhere', 'queues: { sales: { overflow: [{ when: { closed: true }, to: voicemial }] } }'],
  ['wrap-up in a mode that does not exist', 'queues: { sales: { wrap_up: { mode: sometimes } } }'],
  ['a weight below nothing', 'capacities: { default: { chat: { weight: -1 } } }'],
  ['a reason that is no digit', 'pause_reasons: { lunch: "1" }'],
  ['a whole web address where a host is asked for', 'http: { allow: ["https://crm.example.com/"] }'],
  ['a host with a path', 'http: { allow: crm.example.com/customers }'],
  ['a trunk without a host', 'trunks: { carrier: { port: 5060 } }'],
  ['a trunk whose id has a dash', 'trunks: { my-carrier: { host: sip.example.net } }'],
  ['a password in a trunk', 'trunks: { carrier: { host: sip.example.net, password: secret } }'],
  ['a prefix without a plus', 'outgoing: { rules: [{ prefix: "49" }] }'],
  ['a stream that would be two words of a command', 'music: { radio: { stream: "http://a.example/ -x" } }'],
  ['a kind of phone that does not exist', 'agents: { anna: { extension: "1", phone: { kind: tin_can } } }'],
  ['an engine of a kind that does not exist', 'speech: { engines: { ours: { kind: parrot } } }'],
  ['a language that is no tag', 'speech: { hear: { "english!": pocketsphinx } }'],
  ['a code during a call without a star', 'call_codes: { hold: "99" }'],
];

for (const [what, text] of BROKEN) {
  test(`the schema refuses ${what}, and so does the check`, () => {
    assert.equal(fits(parse(text)), false, text);
    assert.notDeepEqual(load({ 'site.yaml': text, 'main.yaml': END }).problems, []);
  });
}

/** Sections with a table of keys: where the keys stand in the schema (`*` is any id, `#` any entry), and a site that has one of them. */
const TABLES: readonly (readonly [string, readonly string[], (given: Tree) => Tree])[] = [
  ['## The site', [], (given) => given],
  ['## Queues', ['queues', '*'], (sales) => ({ queues: { sales } })],
  ['### Skills', ['queues', '*', 'skills'], (skills) => ({ queues: { sales: { skills } } })],
  ['### When an offer fails', ['queues', '*', 'not_answered'], (one) => ({ queues: { sales: { not_answered: one } } })],
  ['### Wrap-up', ['queues', '*', 'wrap_up'], (one) => ({ queues: { sales: { wrap_up: { mode: 'timed', ...one } } } })],
  ['### The last agent', ['queues', '*', 'last_agent'], (one) => ({ queues: { sales: { last_agent: one } } })],
  [
    '### Relaxation',
    ['queues', '*', 'relaxation', '#'],
    (one) => ({ queues: { sales: { relaxation: [{ when: { waited: '1m' }, teams: 'all', ...one }] } } }),
  ],
  ['#### Conditions of a relaxation step', ['queues', '*', 'relaxation', '#', 'when'], () => ({})],
  ['### Overflow', ['queues', '*', 'overflow', '#'], () => ({})],
  ['#### Conditions of an overflow rule', ['queues', '*', 'overflow', '#', 'when'], () => ({})],
  ['#### Places of an overflow', ['queues', '*', 'overflow', '#', 'to'], () => ({})],
  ['### Rules', ['queues', '*', 'rules', '#'], (one) => ({ queues: { sales: { rules: [one] } } })],
  ['#### Conditions of a rule', ['queues', '*', 'rules', '#', 'when'], () => ({})],
  ['### Escalation', ['queues', '*', 'escalation'], () => ({})],
  ['## Agents', ['agents', '*'], (anna) => ({ agents: { anna: { extension: '1', ...anna } } })],
  [
    "### An agent's part in a queue",
    ['agents', '*', 'queues', '*'],
    (sales) => ({ queues: { sales: {} }, agents: { anna: { extension: '1', queues: { sales } } } }),
  ],
  ['## Teams', ['teams', '*'], (berlin) => ({ teams: { berlin } })],
  ['## Capacities', ['capacities', '*'], (chats) => ({ capacities: { chats } })],
  ['### One channel or label', ['capacities', '*', 'chat'], (chat) => ({ capacities: { chats: { chat } } })],
  ['## Calendars', ['calendars', '*'], (office) => ({ calendars: { office } })],
  ['## Feature codes', ['feature_codes'], (codes) => ({ feature_codes: codes })],
  ['## Pause reasons', ['pause_reasons', '*'], (lunch) => ({ pause_reasons: { '1': { name: 'lunch', ...lunch } } })],
  ['## HTTP', ['http'], (http) => ({ http })],
  ['### The phone', ['agents', '*', 'phone'], (phone) => ({ agents: { anna: { extension: '1', phone } } })],
  ['## Trunks', ['trunks', '*'], (carrier) => ({ trunks: { carrier: { host: 'sip.example.net', ...carrier } } })],
  ['## Outgoing calls', ['outgoing'], (outgoing) => ({ outgoing })],
  ['### One rule', ['outgoing', 'rules', '#'], (one) => ({ outgoing: { rules: [{ prefix: '+49', ...one }] } })],
  ['## Music', ['music', '*'], (jazz) => ({ music: { jazz: { stream: 'http://radio.example.net/a.mp3', ...jazz } } })],
  ['## Speech', ['speech'], (speech) => ({ speech })],
  [
    '### An engine',
    ['speech', 'engines', '*'],
    (ours) => ({ speech: { engines: { ours: { kind: 'websocket', url: 'wss://ears.example.com/', ...ours } } } }),
  ],
  ['## Recording', ['recording'], (recording) => ({ recording })],
  ['## Call codes', ['call_codes'], (codes) => ({ call_codes: codes })],
  ['## Supervision', ['supervision'], (supervision) => ({ supervision })],
];

/** The text of a section without those below it. */
function own(heading: string): string {
  return section(guide, heading).split(/^#/m)[0]!;
}

function resolved(one: Tree): Tree[] {
  if (typeof one['$ref'] === 'string') {
    const definitions = schema['definitions'] as { readonly [name: string]: Tree };
    return resolved(definitions[one['$ref'].replace('#/definitions/', '')]!);
  }
  const several = (one['allOf'] ?? one['anyOf']) as Tree[] | undefined;
  return several ? several.flatMap(resolved) : [one];
}

function follow(path: readonly string[]): Tree {
  let here = schema;
  for (const part of path) {
    const next = resolved(here).flatMap((one) => {
      if (part === '#') return (one['items'] as Tree) ?? [];
      if (part === '*')
        return typeof one['additionalProperties'] === 'object' ? (one['additionalProperties'] as Tree) : [];
      return ((one['properties'] as Tree | undefined)?.[part] as Tree | undefined) ?? [];
    });
    assert.ok(next.length > 0, `${path.join('.')} at ${part}`);
    here = { anyOf: next };
  }
  return resolved(here).find((one) => one['properties'])!;
}

function limitsOf(one: Tree): string {
  const range = /(?:^| )(\S+ to \S+)\.$/.exec(String(one['description'] ?? ''))?.[1];
  if (range && /^-?\d/.test(range)) return range;
  if ('minimum' in one) return `${one['minimum']} to ${one['maximum']}`;
  if (Array.isArray(one['enum'])) return one['enum'].map((word) => `\`${word}\``).join(', ');
  const inner = ((one['anyOf'] as Tree[] | undefined) ?? []).filter((each) => !('enum' in each)).map(limitsOf);
  return inner.find((limits) => limits !== '') ?? '';
}

function shown(value: unknown): string {
  if (value === undefined) return '';
  return `\`${typeof value === 'object' ? JSON.stringify(value) : value}\``;
}

for (const [heading, path, place] of TABLES) {
  test(`the table under "${heading}" has the keys, defaults and limits of the schema`, () => {
    const object = follow(path);
    const properties = object['properties'] as { readonly [key: string]: Tree };
    const required = (object['required'] ?? []) as readonly string[];
    const listed = rows(own(heading));
    assert.deepEqual(listed.map(([key]) => unquoted(key!)).sort(), Object.keys(properties).sort());
    for (const [cell, byDefault, limits] of listed) {
      const key = unquoted(cell!);
      const property = properties[key]!;
      assert.equal(byDefault, required.includes(key) ? 'required' : shown(property['default']), `default of ${key}`);
      if (limits !== 'see below') assert.equal(limits, limitsOf(property), `limits of ${key}`);
    }
  });

  test(`to write out the defaults under "${heading}" changes nothing`, () => {
    const properties = follow(path)['properties'] as { readonly [key: string]: Tree };
    for (const [key, { default: value }] of Object.entries(properties)) {
      if (value === undefined) continue;
      assert.deepEqual(loaded(stringify(place({ [key]: value }))), loaded(stringify(place({}))), key);
    }
  });
}

test('every strategy and every order has a row', () => {
  assert.deepEqual(names(section(guide, '### Strategies')), [...STRATEGIES]);
  assert.deepEqual(names(section(guide, '### Order')), [...ORDERS]);
});

test('the limits of a whole site are those of the program', () => {
  const limits = [AGENTS_MAX, QUEUES_MAX, SITE_BYTES_MAX].map((limit) => limit.toLocaleString('en'));
  assert.ok(guide.includes(`A site may have ${limits[0]} agents, ${limits[1]} queues and ${limits[2]} characters.`));
});

test('the default capacity is the one that the guide shows', () => {
  const example = /^```yaml\n([\s\S]*?)^```$/m.exec(own('## Capacities'))?.[1];
  assert.deepEqual(loaded(example!).capacities['default'], DEFAULT_CAPACITY);
});
