import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addContainerConfig, type ContainerNetwork } from '../../docker/container-asterisk.ts';
import { withPassword } from '../../docker/with-password.ts';
import { readTemplates } from '../../src/supervisor/asterisk-config.ts';

const onLoopback: ContainerNetwork = {
  ariHost: 'ari',
  publishAddress: '127.0.0.1',
  localNetworks: [],
  hostNetwork: '172.31.253.0/28',
  trustedCallers: [],
};

/** The value of a name in a section, as Asterisk takes it: the last one, in the section itself or added by `(+)`. */
function lastValue(text: string, section: string, name: string): string | undefined {
  let here = '';
  let value: string | undefined;
  for (const line of text.split('\n')) {
    here = /^\[([^\]]+)\]/.exec(line)?.[1] ?? here;
    const found = /^(\w+)\s*=>?\s*([^;]*)/.exec(line);
    if (here === section && found?.[1] === name) value = found[2]?.trim();
  }
  return value;
}

function file(network: ContainerNetwork, name: string): string {
  return addContainerConfig(readTemplates(), network).get(name) ?? '';
}

test('ARI binds to the name of the internal network instead of loopback', () => {
  assert.equal(lastValue(readTemplates().get('http.conf') ?? '', 'general', 'bindaddr'), '127.0.0.1');
  assert.equal(lastValue(file(onLoopback, 'http.conf'), 'general', 'bindaddr'), 'ari');
});

test('phones are told the published address for SIP and for sound, over UDP and TCP', () => {
  const pjsip = file({ ...onLoopback, publishAddress: '192.0.2.7' }, 'pjsip.conf');
  for (const transport of ['udp', 'tcp']) {
    assert.equal(lastValue(pjsip, transport, 'external_media_address'), '192.0.2.7');
    assert.equal(lastValue(pjsip, transport, 'external_signaling_address'), '192.0.2.7');
  }
});

test('the external address goes before the published one', () => {
  const pjsip = file({ ...onLoopback, publishAddress: '0.0.0.0', externalAddress: '203.0.113.9' }, 'pjsip.conf');
  assert.equal(lastValue(pjsip, 'udp', 'external_media_address'), '203.0.113.9');
});

test('publishing on every address without an external one is refused', () => {
  assert.throws(() => file({ ...onLoopback, publishAddress: '0.0.0.0' }, 'pjsip.conf'), {
    code: 'container.external_address_missing',
  });
});

test('calls of the host need no password only while the ports are published on loopback', () => {
  assert.match(file(onLoopback, 'pjsip.conf'), /^match = 172\.31\.253\.0\/28$/m);
  assert.doesNotMatch(file({ ...onLoopback, publishAddress: '192.0.2.7' }, 'pjsip.conf'), /^match = 172/m);
});

test('a trunk that is named as trusted is let in wherever the ports are published', () => {
  const network = { ...onLoopback, publishAddress: '192.0.2.7', trustedCallers: ['203.0.113.0/24'] };
  assert.equal(lastValue(file(network, 'pjsip.conf'), 'trusted-callers', 'match'), '203.0.113.0/24');
});

test('a value that is no address is refused, so nothing can be added to the configuration by it', () => {
  const wrong = '203.0.113.0/24\n[x]';
  for (const net of [wrong, '203.0.113.0/33', 'trunk.example', '203.0.113.0/24/2', '']) {
    assert.throws(() => file({ ...onLoopback, trustedCallers: [net] }, 'pjsip.conf'), {
      code: 'container.network_invalid',
    });
  }
  for (const ariHost of ['ari;x', 'a\nb', '']) {
    assert.throws(() => file({ ...onLoopback, ariHost }, 'http.conf'), { code: 'container.address_invalid' });
  }
});

test('the generated password goes only into an address that names a user without one', () => {
  assert.equal(
    withPassword('postgresql://strowger@postgres:5432/strowger', 'a-b_c'),
    'postgresql://strowger:a-b_c@postgres:5432/strowger',
  );
  assert.equal(withPassword('http://u:own@host/ari', 'made'), 'http://u:own@host/ari');
  assert.equal(withPassword('http://host/ari', 'made'), 'http://host/ari');
});
