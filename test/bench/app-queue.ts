import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAriAddress } from '../../src/channels/voice/ari/address.ts';
import { encodeCall } from '../../src/channels/voice/ari/call.ts';
import { createHttpRequests } from '../../src/channels/voice/ari/http.ts';
import { asteriskDirs } from '../../src/supervisor/asterisk-config.ts';
import { BENCH_PORTS, NUMBERS, phonesOf, type QueueName } from './bench-ports.ts';

const QUEUES: readonly QueueName[] = ['wide', 'narrow'];
const REQUEST_MS_MAX = 15_000;

/**
 * Adds app_queue to an Asterisk that runs as `npm start` configured it: two numbers in the callers' context, and
 * members whose phones have a fixed address. Everything that may make app_queue slow is set to its fastest value.
 */
export async function addAppQueue(home: string, ariUrl: string): Promise<void> {
  const { etc } = asteriskDirs(home);
  appendFileSync(join(etc, 'extensions.conf'), dialplan());
  appendFileSync(
    join(etc, 'pjsip.conf'),
    QUEUES.flatMap((queue) => phonesOf('appQueue', queue).map((id) => member(id, queue))).join(''),
  );
  // Readable for the user that Asterisk runs as; there is no secret in it.
  writeFileSync(join(etc, 'queues.conf'), queuesConf(), { mode: 0o644 });
  const http = createHttpRequests(parseAriAddress(ariUrl), REQUEST_MS_MAX);
  try {
    await http.send(encodeCall('asterisk.reloadModule', { moduleName: 'res_pjsip.so' }));
    await http.send(encodeCall('asterisk.loadModule', { moduleName: 'app_queue.so' }));
    await http.send(encodeCall('asterisk.reloadModule', { moduleName: 'pbx_config.so' }));
  } finally {
    http.close();
  }
}

/** No Answer() before Queue(): it waits half a second for audio that a caller without media never sends. */
function dialplan(): string {
  const lines = QUEUES.map((queue) => `exten => ${NUMBERS.appQueue[queue]},1,Queue(${queue})\n same => n,Hangup()`);
  return `\n[from-outside](+)\n${lines.join('\n')}\n`;
}

function queuesConf(): string {
  const shared = [
    'strategy = leastrecent',
    'ringinuse = no',
    'wrapuptime = 0',
    'autofill = yes',
    'timeout = 15',
    // Seconds until the members are tried again; 1 is the least that app_queue takes.
    'retry = 1',
    'musicclass = default',
    'announce-frequency = 0',
    'joinempty = yes',
  ];
  const queues = QUEUES.map((queue) =>
    [`[${queue}]`, ...shared, ...phonesOf('appQueue', queue).map((id) => `member => PJSIP/${id}`)].join('\n'),
  );
  return ['[general]', 'persistentmembers = no', 'shared_lastcall = no', ...queues, ''].join('\n');
}

/** As the phones of our agents (src/channels/voice/equipment/phone-objects.ts), but with the address written down instead of registered. */
function member(id: string, queue: QueueName): string {
  return `
[${id}]
type = aor
contact = sip:${id}@127.0.0.1:${BENCH_PORTS.phones.appQueue[queue]}
qualify_frequency = 15
qualify_timeout = 3.0

[${id}]
type = endpoint
context = from-phone
aors = ${id}
disallow = all
allow = ulaw,alaw,g722,opus
dtmf_mode = rfc4733
direct_media = no
rtp_symmetric = yes
`;
}
