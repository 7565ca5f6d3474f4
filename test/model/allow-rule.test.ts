import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ALLOW_RULE_PATTERN, allowRuleOf } from '../../src/model/allow-rule.ts';

const network = (address: string, prefixBits: number, port: number | null = null) => ({
  allows: 'network',
  family: address.includes(':') ? 'ipv6' : 'ipv4',
  address,
  prefixBits,
  port,
});

const RULES: readonly (readonly [string, unknown])[] = [
  ['crm.example.com', { allows: 'host', host: 'crm.example.com', port: null }],
  ['CRM.Example.com.', { allows: 'host', host: 'crm.example.com', port: null }],
  ['bücher.example', { allows: 'host', host: 'xn--bcher-kva.example', port: null }],
  ['crm:8443', { allows: 'host', host: 'crm', port: 8443 }],
  ['*.example.com', { allows: 'subdomains', domain: 'example.com', port: null }],
  ['*.example.com:8443', { allows: 'subdomains', domain: 'example.com', port: 8443 }],
  ['10.1.2.3', network('10.1.2.3', 32)],
  ['10.1.2.3:8080', network('10.1.2.3', 32, 8080)],
  ['10.0.0.0/8', network('10.0.0.0', 8)],
  ['0.0.0.0/0', network('0.0.0.0', 0)],
  ['[::1]', network('::1', 128)],
  ['[::1]:9000', network('::1', 128, 9000)],
  ['fd00::/8', network('fd00::', 8)],
];

for (const [text, rule] of RULES) {
  test(`"${text}" is a rule`, () => {
    assert.deepEqual(allowRuleOf(text), rule);
    assert.match(text, ALLOW_RULE_PATTERN);
  });
}

/** Each is near enough to a rule that somebody might write it. */
const REFUSED = [
  ...[
    '',
    '*',
    '*.',
    '.',
    'https://crm.example.com',
    'crm.example.com/path',
    'user@crm',
    'crm example',
    'crm:',
    'crm:0',
  ],
  ...['crm:65536', 'crm:http', '10.0.0.0/33', '10.0/8', '10.0.0.0/', '10.0.0.256', '10.0.0.256/8', '010.0.0.1', '10.1'],
  ...['0x7f.0.0.1', '2130706433', '::1', '[::1', '[fe80::1%eth0]', 'fd00::/129', '[10.0.0.1]', '[fd00::]/8', 'a.*.com'],
  ...['*.10.0.0.1', '10.0.0.0/8:80', '[::1]:70000', 'crm\n', 'cr\tm', 'a#b', 'a?b'],
];

test('what is no rule is refused', () => {
  for (const text of REFUSED) assert.equal(allowRuleOf(text), undefined, text);
});

test('the pattern that editors know takes every rule that the program takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab1.:/[]*-%@ 029'), maxLength: 14 }), (text) => {
      if (allowRuleOf(text)) assert.match(text, ALLOW_RULE_PATTERN);
    }),
    { numRuns: 3000 },
  );
});
