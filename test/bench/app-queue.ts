import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAriAddress } from '../../src/channels/voice/ari/address.ts';
import { encodeCall } from '../../src/channels/voice/ari/call.ts';
import { createHttpRequests } from '../../src/channels/voice/ari/http.ts';
import { asteriskDirs } from '../../src/supervisor/asterisk-config.ts';
import { BENCH_PORTS, GROUPS, NUMBERS, type NumberName, phonesOf, type QueueName } from './bench-ports.ts';
import { TOLD_EVERY_S, WORD } from './bench-site.ts';

const REQUEST_MS_MAX = 15_000;

/**
 * Adds app_queue to an Asterisk that runs as `npm start` configured it: numbers in the callers' context, and
 * members whose phones have a fixed address. Everything that may make app_queue slow is set to its fastest value.
 */
export async function addAppQueue(home: string, ariUrl: string, flowsDir: string): Promise<void> {
  const { etc } = asteriskDirs(home);
  appendFileSync(join(etc, 'extensions.conf'), dialplan());
  appendFileSync(
    join(etc, 'pjsip.conf'),
    GROUPS.flatMap((queue) => phonesOf('appQueue', queue).map((id) => member(id, queue))).join(''),
  );
  // Readable for the user that Asterisk runs as; there is no secret in it.
  writeFileSync(join(etc, 'queues.conf'), queuesConf(join(flowsDir, WORD)), { mode: 0o644 });
  const http = createHttpRequests(parseAriAddress(ariUrl), REQUEST_MS_MAX);
  try {
    await http.send(encodeCall('asterisk.reloadModule', { moduleName: 'res_pjsip.so' }));
    for (const moduleName of ['app_mixmonitor.so', 'app_queue.so'])
      await http.send(encodeCall('asterisk.loadModule', { moduleName }));
    await http.send(encodeCall('asterisk.reloadModule', { moduleName: 'pbx_config.so' }));
  } finally {
    http.close();
  }
}

/** Where callers only wait, they are answered, so that they hear something. */
const ANSWERED: readonly string[] = ['silent', 'told'] satisfies NumberName[];

/**
 * No Answer() before Queue() where agents are: it waits half a second for audio that a caller without media never sends.
 * Whom an agent passes on goes to another of these numbers.
 */
function dialplan(): string {
  const lines = Object.entries(NUMBERS.appQueue).map(([name, number]) => {
    const steps = ['Set(__TRANSFER_CONTEXT=from-outside)', `Queue(${name})`, 'Hangup()'];
    if (ANSWERED.includes(name)) steps.unshift('Answer()');
    return steps.map((step, place) => `${place === 0 ? `exten => ${number},1` : ' same => n'},${step}`).join('\n');
  });
  return `\n[from-outside](+)\n${lines.join('\n')}\n`;
}

const SHARED = [
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

/** `word` is the sound file, without its ending, that those who wait in `told` hear again and again. */
function queuesConf(word: string): string {
  const more: Partial<Record<NumberName, string[]>> = {
    recorded: ['monitor-format = wav'],
    told: [`periodic-announce = ${word}`, `periodic-announce-frequency = ${TOLD_EVERY_S}`],
  };
  const queues = (Object.keys(NUMBERS.appQueue) as NumberName[]).map((name) =>
    [`[${name}]`, ...SHARED, ...(more[name] ?? []), ...membersOf(name)].join('\n'),
  );
  return ['[general]', 'persistentmembers = no', 'shared_lastcall = no', ...queues, ''].join('\n');
}

function membersOf(name: NumberName): string[] {
  const group = name === 'recorded' ? 'spoken' : GROUPS.find((one) => one === name);
  return group === undefined ? [] : phonesOf('appQueue', group).map((id) => `member => PJSIP/${id}`);
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
