import { readFileSync } from 'node:fs';
import { parseAriAddress } from '../../src/channels/voice/ari/address.ts';
import { encodeCall } from '../../src/channels/voice/ari/call.ts';
import { type AriClient, createAriClient } from '../../src/channels/voice/ari/client.ts';
import type { AriOperation, AriParameters } from '../../src/channels/voice/ari/generated.ts';
import { createHttpRequests } from '../../src/channels/voice/ari/http.ts';

/** Requests over the event socket against the same requests over kept HTTP connections, in turns within one run. */

export type AriBenchRow = {
  readonly work: string;
  readonly transport: 'socket' | 'http';
  readonly requests: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** CPU time of this process for one request, its events included. */
  readonly nodeMs: number;
  /** CPU time of Asterisk for one request; undefined without its process id. */
  readonly asteriskMs: number | undefined;
};

export type AriBenchOptions = {
  readonly ariUrl: string;
  /** Turns that each transport gets for each kind of work. */
  readonly turns?: number;
  readonly asteriskPid?: number;
};

type Send = <O extends AriOperation>(operation: O, parameters: AriParameters[O]) => Promise<unknown>;
type Work = { readonly name: string; readonly atOnce: number; readonly times: number; once(send: Send): Promise<void> };
type Sum = { latenciesMs: number[]; nodeMs: number; asteriskMs: number };

const APP = 'strowger-bench';
/** Clock ticks a second in /proc/PID/stat; 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;
const EVENT_WAIT_MS = 5_000;

export async function run(options: AriBenchOptions): Promise<AriBenchRow[]> {
  const events = createEventWaits();
  const client = createAriClient({ url: options.ariUrl, app: APP, onEvent: events.take, onState: () => {} });
  const http = createHttpRequests(parseAriAddress(options.ariUrl), 5_000);
  try {
    await client.connect();
    const sends: Record<AriBenchRow['transport'], Send> = {
      socket: (operation, parameters) => client.request(operation, parameters),
      http: (operation, parameters) => http.send(encodeCall(operation, parameters)),
    };
    const rows: AriBenchRow[] = [];
    for (const work of works(events)) rows.push(...(await compare(work, sends, options)));
    return rows;
  } finally {
    http.close();
    await closeAll(client);
  }
}

async function compare(work: Work, sends: Record<'socket' | 'http', Send>, options: AriBenchOptions) {
  const sums = { socket: emptySum(), http: emptySum() };
  const turns = options.turns ?? 10;
  // The first turn of each warms up and is not counted; the order changes from turn to turn.
  for (let turn = 0; turn <= turns; turn += 1) {
    const order = turn % 2 === 0 ? (['socket', 'http'] as const) : (['http', 'socket'] as const);
    for (const transport of order) {
      await oneTurn(work, sends[transport], turn === 0 ? emptySum() : sums[transport], options.asteriskPid);
    }
  }
  return [row(work, 'socket', sums.socket, options), row(work, 'http', sums.http, options)];
}

async function oneTurn(work: Work, send: Send, sum: Sum, asteriskPid: number | undefined): Promise<void> {
  const timed: Send = async (operation, parameters) => {
    const startMs = performance.now();
    await send(operation, parameters);
    sum.latenciesMs.push(performance.now() - startMs);
  };
  const cpuBefore = process.cpuUsage();
  const asteriskBeforeMs = asteriskCpuMs(asteriskPid);
  let left = work.times;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await work.once(timed);
    }
  };
  await Promise.all(Array.from({ length: work.atOnce }, worker));
  const cpu = process.cpuUsage(cpuBefore);
  sum.nodeMs += (cpu.user + cpu.system) / 1000;
  sum.asteriskMs += asteriskCpuMs(asteriskPid) - asteriskBeforeMs;
}

function works(events: EventWaits): Work[] {
  let lastId = 0;
  const ping = async (send: Send): Promise<void> => {
    await send('asterisk.ping', {});
  };
  // An externalMedia channel is a real channel in Stasis that needs neither SIP nor dialplan.
  const channel = async (send: Send): Promise<void> => {
    lastId += 1;
    const channelId = `bench-${process.pid}-${lastId}`;
    const started = events.wait(`StasisStart ${channelId}`);
    const media = { app: APP, channelId, external_host: '127.0.0.1:9', format: 'ulaw' };
    await send('channels.externalMedia', media);
    await started;
    await send('channels.answer', { channelId });
    await send('channels.setChannelVar', { channelId, variable: 'BENCH', value: 'a b' });
    const ended = events.wait(`StasisEnd ${channelId}`);
    await send('channels.hangup', { channelId });
    await ended;
  };
  return [
    { name: 'ping', atOnce: 1, times: 300, once: ping },
    { name: 'ping', atOnce: 16, times: 1_600, once: ping },
    { name: 'channel: create, answer, set, hang up', atOnce: 1, times: 50, once: channel },
    { name: 'channel: create, answer, set, hang up', atOnce: 8, times: 100, once: channel },
  ];
}

type EventWaits = { take(event: { type: string }): void; wait(key: string): Promise<void> };

function createEventWaits(): EventWaits {
  const waiting = new Map<string, () => void>();
  return {
    take(event) {
      if (!('channel' in event)) return;
      const key = `${event.type} ${(event.channel as { id: string }).id}`;
      waiting.get(key)?.();
      waiting.delete(key);
    },
    wait(key) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`The event did not come: ${key}`)), EVENT_WAIT_MS);
        waiting.set(key, () => {
          clearTimeout(timer);
          resolve();
        });
      });
    },
  };
}

async function closeAll(client: AriClient): Promise<void> {
  const left = await client.request('channels.list', {});
  for (const { id } of left)
    if (id.startsWith(`bench-${process.pid}-`)) await client.request('channels.hangup', { channelId: id });
  await client.close();
}

function row(work: Work, transport: AriBenchRow['transport'], sum: Sum, options: AriBenchOptions): AriBenchRow {
  const sorted = [...sum.latenciesMs].sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return {
    work: `${work.name}, ${work.atOnce} at once`,
    transport,
    requests: sorted.length,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    nodeMs: sum.nodeMs / sorted.length,
    asteriskMs: options.asteriskPid === undefined ? undefined : sum.asteriskMs / sorted.length,
  };
}

function emptySum(): Sum {
  return { latenciesMs: [], nodeMs: 0, asteriskMs: 0 };
}

function asteriskCpuMs(pid: number | undefined): number {
  if (pid === undefined) return 0;
  // The command's name stands in brackets and may hold spaces; utime and stime are the 12th and 13th field after it.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}

/** The rows as a table of text. */
export function table(rows: readonly AriBenchRow[]): string {
  const head = ['work', 'transport', 'requests', 'p50 ms', 'p95 ms', 'Node ms', 'Asterisk ms'];
  const lines = rows.map((r) => [
    r.work,
    r.transport,
    String(r.requests),
    r.p50Ms.toFixed(2),
    r.p95Ms.toFixed(2),
    r.nodeMs.toFixed(3),
    r.asteriskMs?.toFixed(3) ?? '-',
  ]);
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
