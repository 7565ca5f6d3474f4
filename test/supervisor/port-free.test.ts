import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { test } from 'node:test';
import { portRefusal } from '../../src/supervisor/port-free.ts';
import { freePort } from './free-port.ts';

test('a UDP port is refused with its owner and its variable while another program has it', async (t) => {
  const port = await freePort();
  const wanted = {
    kind: 'udp',
    host: '127.0.0.1',
    port,
    owner: 'SIP',
    variable: 'STROWGER_SIP_PORT',
  } as const;
  assert.equal(await portRefusal(wanted), undefined);
  const other = createSocket('udp4').bind(port, '127.0.0.1');
  t.after(() => other.close());
  await once(other, 'listening');
  const said = `SIP's port 127.0.0.1:${port} (udp) cannot be used: another program has it. Stop that one or set STROWGER_SIP_PORT.`;
  assert.equal(await portRefusal(wanted), said);
});

test('an address that this machine does not have is not taken for a taken port', async () => {
  const wanted = { kind: 'tcp', host: '192.0.2.1', port: 8080, owner: 'HTTP', variable: 'X' } as const;
  assert.match((await portRefusal(wanted)) ?? '', /EADDRNOTAVAIL/);
});
