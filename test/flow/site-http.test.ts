import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Problem, problemLine } from '../../src/flow/problem.ts';
import { readSite } from '../../src/flow/site-file.ts';

function read(text: string): { allow: readonly string[] | undefined; problems: string[] } {
  const problems: Problem[] = [];
  const found = readSite({ path: 'site.yaml', text }, problems);
  return { allow: found?.site.http.allow, problems: problems.map(problemLine) };
}

test('without a word flows may reach nothing but the public network', () => {
  for (const text of ['site: Example', 'http:', 'http: {}', 'http: { allow: [] }']) {
    assert.deepEqual(read(text), { allow: [], problems: [] }, text);
  }
});

test('entries are kept as they are written; one alone needs no list', () => {
  const text = 'http: { allow: [crm.example.com, "*.example.com:8443", 10.0.0.0/8, "[::1]:9000"] }';
  assert.deepEqual(read(text).allow, ['crm.example.com', '*.example.com:8443', '10.0.0.0/8', '[::1]:9000']);
  assert.deepEqual(read('http: { allow: 10.1.2.3:8080 }'), { allow: ['10.1.2.3:8080'], problems: [] });
});

const MISTAKES: readonly (readonly [string, RegExp])[] = [
  [
    'http:\n  allow:\n    - crm.example.com\n    - https://crm.example.com',
    /^site\.yaml:4:7 value\.type .*write a host/,
  ],
  ['http:\n  allow: [crm.example.com/customers]', /^site\.yaml:2:11 value\.type /],
  ['http:\n  allow: ["*"]', /^site\.yaml:2:11 value\.type /],
  ['http:\n  allow: [10.0.0.256]', /^site\.yaml:2:11 value\.range .*no host, address or network/],
  ['http:\n  allow: [10.0.0.0/33]', /^site\.yaml:2:11 value\.range /],
  ['http:\n  allow: [crm:70000]', /^site\.yaml:2:11 value\.range .*port/],
  ['http:\n  allow: ["fd00::/200"]', /^site\.yaml:2:11 value\.range /],
  ['http:\n  alow: []', /^site\.yaml:2:3 key\.unknown .*allow/],
  [`http:\n  allow: [${Array.from({ length: 201 }, (_, n) => `a${n}`).join(', ')}]`, /value\.range .*200/],
];

for (const [text, expected] of MISTAKES) {
  test(`told with its place: ${text.slice(8, 70).replaceAll('\n', ' ')}`, () => {
    const { problems } = read(text);
    assert.equal(problems.length, 1, problems.join('\n'));
    assert.match(problems[0]!, expected);
  });
}
