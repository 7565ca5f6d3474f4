import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadFlows } from '../../src/flow/load.ts';
import { isError, problemLine } from '../../src/flow/problem.ts';
import type { Site } from '../../src/model/site.ts';
import { load } from './receptionist.ts';

const END = 'steps: { end: { type: hangup } }';
const RECORDINGS = ['hold', 'music/blue'];

function siteOf(text: string): Site {
  const { set, problems } = load({ 'site.yaml': text, 'main.yaml': END }, RECORDINGS);
  assert.deepEqual(problems.map(problemLine), [], text);
  return set!.site;
}

function problemsOf(text: string): string[] {
  return load({ 'site.yaml': text, 'main.yaml': END }, RECORDINGS).problems.map(problemLine);
}

test('a trunk has the port of its transport and registers when it has a user name', () => {
  const { trunks } = siteOf(`trunks:
  plain: { host: 10.1.2.3, from: [10.1.2.0/28, "fd00::/64", "fd00::1"] }
  named: { host: sip.example.net, transport: tls, srtp: required, username: "4930", codecs: g722, calls_max: 4 }
  quiet: { host: "[fd00::1]", username: us, register: false }`);
  const { plain, named, quiet } = trunks;
  assert.deepEqual([plain!.port, named!.port, quiet!.port], [5060, 5061, 5060]);
  assert.deepEqual([plain!.register, named!.register, quiet!.register], [false, true, false]);
  assert.deepEqual([plain!.codecs, named!.codecs, named!.callsMax], [['ulaw', 'alaw'], ['g722'], 4]);
});

test('rules for outgoing calls are read as they stand, and nothing may be dialled without one', () => {
  assert.deepEqual(siteOf('{}').outgoing.rules, []);
  const { outgoing } = siteOf(`trunks: { a: { host: a.example.net }, b: { host: b.example.net } }
outgoing:
  country: "+49"
  caller_id: "+4930123"
  rules:
    - { prefix: "+49", trunks: [a, b], cost_per_minute: 0.02, strip: 3, add: "0" }
    - { prefix: "+", trunks: b, caller_id: "+4930124" }`);
  assert.deepEqual(outgoing.rules, [
    { prefix: '+49', trunks: ['a', 'b'], callerId: null, costPerMinute: 0.02, strip: 3, add: '0' },
    { prefix: '+', trunks: ['b'], callerId: '+4930124', costPerMinute: 0, strip: 0, add: '' },
  ]);
});

test('a browser phone always encrypts and prefers opus', () => {
  const { agents } = siteOf(`agents:
  anna: { extension: "1", phone: { kind: webrtc } }
  ben: { extension: "2", phone: { srtp: offered, codecs: [alaw], video: true, persistent: true } }
  carla: { extension: "3" }`);
  const [anna, ben, carla] = Object.values(agents).map(({ phone }) => phone);
  assert.deepEqual([anna!.srtp, anna!.codecs[0]], ['required', 'opus']);
  assert.deepEqual(ben, { kind: 'sip', srtp: 'offered', codecs: ['alaw'], video: true, persistent: true });
  assert.deepEqual([carla!.kind, carla!.srtp, carla!.codecs[0]], ['sip', 'no', 'ulaw']);
});

test('music is a recording, a list or a map, and a queue names it', () => {
  const { music, queues } = siteOf(`music:
  one: hold
  two: [hold, music/blue]
  mixed: { files: [hold, music/blue], shuffled: true }
  radio: { stream: "https://radio.example.net:8000/live.mp3?quality=low" }
queues: { sales: { music: mixed }, support: {} }`);
  assert.deepEqual(
    Object.values(music).map(({ files, shuffled }) => [files.length, shuffled]),
    [
      [1, false],
      [2, false],
      [2, true],
      [0, false],
    ],
  );
  assert.deepEqual([queues['sales']!.music, queues['support']!.music], ['mixed', 'default']);
});

test('what is recorded is a word or a map, of site, queue and agent', () => {
  const { recording, queues, agents } = siteOf(`recording: never
queues: { sales: { recording: { record: always, keep: 30d } }, support: {} }
agents: { anna: { extension: "1", recording: demand } }`);
  assert.equal(recording.record, 'never');
  assert.deepEqual(queues['sales']!.recording, { record: 'always', keepMs: 30 * 24 * 3_600_000 });
  assert.deepEqual([queues['support']!.recording, agents['anna']!.recording?.record], [null, 'demand']);
});

/** What is wrong, and where it is told. */
const WRONG: readonly (readonly [string, string, RegExp])[] = [
  [
    'a rule that names a trunk which is not there',
    'trunks: { carrier: { host: a.example.net } }\noutgoing: { rules: [{ prefix: "+", trunks: carier }] }',
    /^site\.yaml:2:\d+ trunk\.unknown .*Did you mean "carrier"\?/,
  ],
  [
    'a trunk twice in a rule',
    'trunks: { a: { host: a.net } }\noutgoing: { rules: [{ prefix: "+", trunks: [a, a] }] }',
    /key\.conflict/,
  ],
  [
    'two rules of one prefix',
    'outgoing: { rules: [{ prefix: "+49" }, { prefix: "+49" }] }',
    /key\.conflict .*two rules/,
  ],
  ['a prefix that is too long', 'outgoing: { rules: [{ prefix: "+1234567890123456" }] }', /value\.type/],
  ['a trunk that registers as nobody', 'trunks: { a: { host: a.net, register: true } }', /key\.missing .*username/],
  ['keys that go unencrypted', 'trunks: { a: { host: a.net, srtp: required } }', /key\.conflict .*transport: tls/],
  ['an address with a part above 255', 'trunks: { a: { host: a.net, from: 10.1.2.300 } }', /value\.range/],
  ['a codec that does not exist', 'trunks: { a: { host: a.net, codecs: [g729] } }', /value\.choice/],
  ['music that is not there', 'queues: { sales: { music: jaz } }\nmusic: { jazz: hold }', /music\.unknown .*"jazz"/],
  ['music without a recording', 'music: { jazz: blue }', /prompt\.missing/],
  ['music of nothing', 'music: { jazz: { shuffled: true } }', /key\.missing .*"files" or "stream"/],
  ['music of files and a stream', 'music: { jazz: { files: hold, stream: "http://a.net/" } }', /key\.conflict/],
  [
    'a stream with a second word for the command',
    'music: { jazz: { stream: "http://a.net/ -w/etc/x" } }',
    /value\.type/,
  ],
  ['a stream of a file', 'music: { jazz: { stream: "file:///etc/passwd" } }', /value\.type/],
  [
    'a browser that does not encrypt',
    'agents: { a: { extension: "1", phone: { kind: webrtc, srtp: offered } } }',
    /key\.conflict/,
  ],
  [
    'a browser with a codec of mobile phones alone',
    'agents: { a: { extension: "1", phone: { kind: webrtc, codecs: gsm } } }',
    /value\.choice .*browser/,
  ],
  [
    'an extension of an agent and a queue',
    'agents: { a: { extension: "1" } }\nqueues: { sales: { extension: "1" } }',
    /site\.yaml:2:\d+ extension\.duplicate .*agent a/,
  ],
  [
    'an extension that is a feature code',
    'queues: { sales: { extension: "*13" } }',
    /extension\.duplicate .*feature code pause/,
  ],
  ['an extension of the direct queues', 'direct_queue: { extension: "7" }', /key\.conflict/],
  ['an agent with the name of a trunk', 'agents: { trunk-a: { extension: "1" } }', /id\.reserved/],
  ['an agent with the name of our own machine', 'agents: { loopback: { extension: "1" } }', /id\.reserved/],
  ['a code that begins like another', 'call_codes: { hold: "*12", back: "*1" }', /value\.choice .*begins with "\*1"/],
  [
    'a queue that is supervised and not there',
    'agents: { a: { extension: "1", supervises: [sales] } }',
    /queue\.unknown/,
  ],
];
for (const [what, text, problem] of WRONG) {
  test(`${what} is a problem with its place`, () => {
    const found = problemsOf(text);
    assert.ok(
      found.some((line) => problem.test(line)),
      found.join('\n'),
    );
  });
}

test('a password that is missing is told with what to do, and keeps nothing from coming into service', () => {
  const text = 'trunks: { carrier: { host: a.net, username: us }, other: { host: b.net, username: us } }';
  const files = [
    { path: 'site.yaml', text },
    { path: 'main.yaml', text: END },
  ];
  const folder = { version: 'v1', files, recordings: new Set<string>(), unplayable: new Set<string>() };
  const { set, problems } = loadFlows({ ...folder, secrets: new Set(['trunk_other']) });
  assert.ok(set && problems.length === 1 && !isError(problems[0]!));
  assert.match(
    problemLine(problems[0]!),
    /trunk\.password_missing .*secrets\/trunk_carrier .*STROWGER_SECRET_TRUNK_CARRIER/,
  );
  assert.deepEqual(loadFlows(folder).problems, []);
});
