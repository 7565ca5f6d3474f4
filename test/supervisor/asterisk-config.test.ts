import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  fillTemplate,
  readTemplates,
  renderAsteriskConfig,
  requiredModules,
} from '../../src/supervisor/asterisk-config.ts';

const folders = { modules: '/m', share: '/s', sbin: '/b', music: '/moh' };
const settings = {
  ports: { ari: 8180, sip: { host: '127.0.0.1', port: 5160 }, rtp: { first: 12000, last: 12199 } },
  ariApp: 'strowger',
  ariPassword: 'a-secret',
};

test('a placeholder without a value is refused with the file and its name', () => {
  assert.equal(fillTemplate('x.conf', 'a = @{A}, @{A}@{B}', { A: '$&', B: '2' }), 'a = $&, $&2');
  assert.throws(() => fillTemplate('x.conf', '@{NO}', {}), {
    code: 'asterisk.placeholder_unknown',
    message: /x\.conf.*NO/,
  });
});

test('a value that could end its line is refused without being repeated', () => {
  for (const value of ['', 'a\nb', 'a;b', 'a\0']) {
    assert.throws(() => fillTemplate('x.conf', '@{A}', { A: value }), { code: 'asterisk.value_invalid' });
  }
});

test('every template is filled, ARI listens on loopback only and nobody is anonymous', () => {
  const files = renderAsteriskConfig('/home', folders, settings);
  for (const name of readTemplates().keys()) assert.ok(files.has(name), name);
  for (const [name, text] of files) assert.doesNotMatch(text, /@\{/, name);
  assert.match(files.get('http.conf') ?? '', /^bindaddr = 127\.0\.0\.1$/m);
  assert.match(files.get('ari.conf') ?? '', /^password = a-secret$/m);
  assert.doesNotMatch(files.get('pjsip.conf') ?? '', /\[anonymous\]/);
  assert.match(files.get('pjsip.conf') ?? '', /^bind = 127\.0\.0\.1:5160$/m);
});

test('an application name that the dialplan would misread, and a socket path that is too long, are refused', () => {
  assert.throws(() => renderAsteriskConfig('/home', folders, { ...settings, ariApp: 'a,b)' }), {
    code: 'asterisk.app_invalid',
  });
  assert.throws(() => renderAsteriskConfig(`/${'d'.repeat(100)}`, folders, settings), {
    code: 'asterisk.path_too_long',
  });
});

test('the required modules include those that carry calls to the controller', () => {
  const required = requiredModules(readTemplates().get('modules.conf') ?? '');
  for (const name of ['chan_pjsip.so', 'res_ari_channels.so', 'app_stasis.so'])
    assert.ok(required.includes(name), name);
});

test('TLS and WSS are there with a port and a certificate, and what an earlier start left of them is emptied', () => {
  const certificate = { certificate: 'a certificate', key: 'a key', authorities: 'authorities' };
  const ports = { ...settings.ports, tls: 5161, wss: 8189 };
  const files = renderAsteriskConfig('/home', folders, { ...settings, ports, certificate });
  assert.match(files.get('pjsip-tls.conf') ?? '', /^bind = 127\.0\.0\.1:5161$/m);
  assert.match(files.get('http-wss.conf') ?? '', /^tlsbindaddr = 127\.0\.0\.1:8189$/m);
  assert.deepEqual([files.get('tls.crt'), files.get('tls.key')], ['a certificate', 'a key']);
  const without = renderAsteriskConfig('/home', folders, settings);
  for (const name of ['pjsip-tls.conf', 'pjsip-wss.conf', 'http-wss.conf']) {
    assert.match(without.get(name) ?? '', /^; Empty on purpose/, name);
  }
});

test('ARI is asked from this machine alone, calls are as many as there are ports for, and strangers get nowhere', () => {
  const files = renderAsteriskConfig('/home', folders, settings);
  assert.match(files.get('ari.conf') ?? '', /^deny = 0\.0\.0\.0\/0,::\/0\npermit = 127\.0\.0\.1\/32,::1\/128$/m);
  assert.match(files.get('asterisk.conf') ?? '', /^maxcalls = 100$/m);
  assert.match(files.get('pjsip.conf') ?? '', /^match = 127\.0\.0\.1$/m);
  assert.match(files.get('logger.conf') ?? '', /^security\.log => security$/m);
});
