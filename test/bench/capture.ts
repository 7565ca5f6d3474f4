import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type SipPacket, sipPacketOf } from './sip-packet.ts';

const READY_MS_MAX = 10_000;
const STOP_MS_MAX = 5_000;
const FILE_HEADER_BYTES = 24;
const RECORD_HEADER_BYTES = 16;
/** The kernel hands packets over in blocks, at the latest after one second. */
const FLUSH_MS = 1_200;

/**
 * The SIP packets of this machine's loopback, with the kernel's time stamps: neither of the two systems that are
 * compared, nor SIPp, nor this program takes part in the measuring, and nothing is added to the way of a packet.
 */
export type Capture = {
  /** The packets since the last call, in the order of their stamps; waits until the kernel has handed all over. */
  take(): Promise<SipPacket[]>;
  stop(): Promise<void>;
};

/** Runs tcpdump (needs root) on the ports from first to last. Rejects when it does not start within 10 s. */
export async function startCapture(dir: string, ports: { first: number; last: number }): Promise<Capture> {
  const path = join(dir, 'sip.pcap');
  const filter = `udp and portrange ${ports.first}-${ports.last}`;
  // -U writes each packet at once; -Z keeps root, because the folder is not tcpdump's own.
  const args = ['-i', 'lo', '-n', '-U', '-Z', 'root', '--time-stamp-precision=nano', '-B', '16384', '-w', path, filter];
  const child = spawn('tcpdump', args, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  const ended = once(child, 'exit');
  let said = '';
  const listening = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`tcpdump ended: ${said.trim()}`)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (/listening on/.test(said)) resolve();
    });
    setTimeout(() => reject(new Error('tcpdump did not start.')), READY_MS_MAX).unref();
  });
  try {
    await listening;
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  const file = openSync(path, 'r');
  let offset = FILE_HEADER_BYTES;
  let stopped: Promise<void> | undefined;
  return {
    async take() {
      await pause(FLUSH_MS);
      const bytes = Buffer.alloc(Math.max(0, fstatSync(file).size - offset));
      readSync(file, bytes, 0, bytes.length, offset);
      const { packets, used } = parseRecords(bytes);
      offset += used;
      return packets.sort((a, b) => a.atMs - b.atMs);
    },
    stop() {
      stopped ??= (async () => {
        child.kill('SIGTERM');
        await Promise.race([ended, pause(STOP_MS_MAX, undefined, { ref: false })]);
        child.kill('SIGKILL');
        closeSync(file);
      })();
      return stopped;
    },
  };
}

/** Whole records of a pcap file with nanoseconds, in this machine's byte order (pcap-savefile(5)); a half one is left. */
function parseRecords(bytes: Buffer): { packets: SipPacket[]; used: number } {
  const packets: SipPacket[] = [];
  let used = 0;
  while (used + RECORD_HEADER_BYTES <= bytes.length) {
    const length = bytes.readUInt32LE(used + 8);
    const end = used + RECORD_HEADER_BYTES + length;
    if (end > bytes.length) break;
    const atMs = bytes.readUInt32LE(used) * 1000 + bytes.readUInt32LE(used + 4) / 1e6;
    const packet = sipPacketOf(atMs, bytes.subarray(used + RECORD_HEADER_BYTES, end));
    if (packet) packets.push(packet);
    used = end;
  }
  return { packets, used };
}
