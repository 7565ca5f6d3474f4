import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { reachOf } from '../../src/web/reach.ts';

const nothing = reachOf([]);

/** The first and the last address of each range, and what they are. */
const INSIDE: readonly (readonly [string, ...string[]])[] = [
  ['this network', '0.0.0.0', '0.255.255.255'],
  ['private', '10.0.0.0', '10.255.255.255', '172.16.0.0', '172.31.255.255', '192.168.0.0', '192.168.255.255'],
  ['a carrier', '100.64.0.0', '100.127.255.255'],
  ['loopback', '127.0.0.0', '127.0.0.1', '127.255.255.255', '::1'],
  ['link-local, where clouds tell credentials', '169.254.0.0', '169.254.169.254', '169.254.255.255', 'fe80::1'],
  ['the platform of a cloud', '168.63.129.16', '192.0.0.192', 'fd00:ec2::254', '100.100.100.200'],
  ['protocol assignments', '192.0.0.0', '192.0.0.255', '192.88.99.0', '192.88.99.255', '2001::', '2001:1ff:ffff::'],
  ['documentation', '192.0.2.0', '198.51.100.255', '203.0.113.7', '2001:db8::1', '3fff::', '3fff:fff:ffff::1'],
  ['benchmarks', '198.18.0.0', '198.19.255.255'],
  ['multicast', '224.0.0.1', '239.255.255.255', 'ff02::1', 'ff0e::1'],
  ['reserved, and broadcast', '240.0.0.0', '255.255.255.255'],
  ['unspecified', '::', '0.0.0.0'],
  ['private in IPv6', 'fc00::', 'fdff:ffff::1'],
  ['site-local, of old', 'fec0::1'],
  ['outside of what IPv6 gives out', '4000::1', '5f00::1', '100::1', '64:ff9b:1::808:808', '1fff::1'],
  ['an IPv4 address inside, mapped', '::ffff:127.0.0.1', '::ffff:a00:1', '::ffff:169.254.169.254'],
  ['an IPv4 address inside, as of old', '::127.0.0.1', '::a00:1', '::ffff:0:127.0.0.1'],
  ['an IPv4 address inside, behind NAT64', '64:ff9b::10.0.0.1', '64:ff9b::a9fe:a9fe'],
  ['an IPv4 address inside, in 6to4', '2002:7f00:1::', '2002:a9fe:a9fe::1', '2002:c0a8:101::1'],
  ['with a zone', 'fe80::1%eth0', '::1%lo', '::ffff:10.0.0.1%3'],
  ['no address at all', '', 'localhost', '10.0.0', '1.1.1.1:80'],
];

for (const [what, ...addresses] of INSIDE) {
  test(`without a rule nobody gets to an address that is ${what}`, () => {
    for (const address of addresses) {
      for (const port of [80, 443]) assert.equal(nothing.permits('crm.example.com', port, address), false, address);
    }
  });
}

const OUTSIDE = [
  ...['1.0.0.0', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255', '128.0.0.0'],
  ...['169.253.255.255', '169.255.0.0', '172.15.255.255', '172.32.0.0', '192.0.1.0', '192.167.255.255', '192.169.0.0'],
  ...['198.17.255.255', '198.20.0.0', '223.255.255.255', '2600::1', '2606:4700::1111', '2a00:1450:4001::1'],
  ...['::ffff:8.8.8.8', '64:ff9b::8.8.8.8', '2002:808:808::1', '2001:200::', '2003::1', '3ffe::1'],
];

test('addresses of the public network are reached on the ports of the web, and on no other', () => {
  for (const address of OUTSIDE) {
    for (const port of [80, 443, 8080, 8443]) assert.ok(nothing.permits('crm.example.com', port, address), address);
    for (const port of [1, 22, 25, 3306, 5432, 6379, 8088, 65_535]) {
      assert.equal(nothing.permits('crm.example.com', port, address), false, `${address} port ${port}`);
    }
  }
});

test('an IPv4 address is judged the same in each of its clothes', () => {
  fc.assert(
    fc.property(fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)), ([a, b, c, d]) => {
      const plain = `${a}.${b}.${c}.${d}`;
      const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
      const expected = nothing.permits('x', 443, plain);
      for (const dressed of [`::ffff:${plain}`, `::ffff:${hex}`, `64:ff9b::${plain}`, `2002:${hex}::`]) {
        assert.equal(nothing.permits('x', 443, dressed), expected, dressed);
      }
    }),
  );
});

test('a rule with a host allows whatever its name stands for, on its port or on all', () => {
  const reach = reachOf(['crm.example.com', 'erp.example.com:9000']);
  assert.ok(reach.permits('crm.example.com', 22, '127.0.0.1'));
  assert.ok(reach.permits('erp.example.com', 9000, '10.0.0.1'));
  assert.equal(reach.permits('erp.example.com', 9001, '10.0.0.1'), false);
  assert.equal(reach.permits('erp.example.com', 443, '10.0.0.1'), false);
  assert.ok(reach.permits('erp.example.com', 443, '1.1.1.1'));
  for (const host of ['xcrm.example.com', 'a.crm.example.com', 'crm.example.com.evil.org', 'example.com', '10.0.0.1']) {
    assert.equal(reach.permits(host, 80, '10.0.0.1'), false, host);
  }
});

test('a rule for all below a domain allows neither the domain itself nor one that only ends alike', () => {
  const reach = reachOf(['*.example.com']);
  assert.ok(reach.permits('crm.example.com', 80, '10.0.0.1'));
  assert.ok(reach.permits('a.b.example.com', 80, '10.0.0.1'));
  for (const host of ['example.com', 'badexample.com', 'example.com.evil.org']) {
    assert.equal(reach.permits(host, 80, '10.0.0.1'), false, host);
  }
});

test('a rule with an address or a network allows these and no neighbour, whatever the name', () => {
  const reach = reachOf(['10.0.0.0/8', '192.168.1.7:8080', '[::1]:9000', 'fd00:1::/32']);
  for (const address of ['10.0.0.0', '10.255.255.255', '::ffff:10.1.2.3']) assert.ok(reach.permits('x', 22, address));
  assert.ok(reach.permits('192.168.1.7', 8080, '192.168.1.7'));
  assert.ok(reach.permits('::1', 9000, '::1'));
  assert.ok(reach.permits('x', 1, 'fd00:1:ffff::1'));
  assert.equal(reach.permits('x', 80, '11.0.0.0') && reach.permits('x', 22, '11.0.0.0'), false);
  assert.equal(reach.permits('192.168.1.7', 80, '192.168.1.7'), false);
  assert.equal(reach.permits('192.168.1.8', 8080, '192.168.1.8'), false);
  assert.equal(reach.permits('::1', 9001, '::1'), false);
  assert.equal(reach.permits('x', 80, 'fd00:2::1'), false);
});

test('what is no rule allows nothing', () => {
  const reach = reachOf(['', '*', 'http://10.0.0.1', '10.0.0.0/33', '10.0.0.1:99999', '0x0a.0.0.1', '10.0/8']);
  assert.equal(reach.permits('10.0.0.1', 80, '10.0.0.1'), false);
});
