import { setTimeout as pause } from 'node:timers/promises';
import type { BenchContext, BenchResult } from './bench.ts';
import type { NumberName, QueueName, System } from './bench-ports.ts';
import { offerTimes } from './call-times.ts';
import { cpuOf, cpuPerCall, type Parts, type Place, SYSTEMS, TAIL_MS_MAX } from './calls-ground.ts';
import { type Apart, type HeldStep, type MoreFigures, moreResult, type Undisturbed } from './calls-more-table.ts';
import type { CpuTimes } from './calls-table.ts';
import { writeSpeech } from './speech.ts';
import { spreadOf } from './spread.ts';
import { createWaiters, type Waiters } from './waiters.ts';

const APART_ROUNDS = 2;
const APART_CALLS_PER_SECOND = 5;
/** What comes after the calls belongs to them, too: recordings are fetched, compressed and encrypted. */
const AFTERWARDS_MS = 4_000;
const MUSIC_CALLERS = 100;
const BESIDE = 200;
const OFFERS_PER_SECOND = 10;
const HELD_STEP = 200;
/** The most for which the bench has ports of sound. */
const HELD_MAX = 1_600;
const LOOK_MS = 4_000;
const SOUND_SENT_MIN = 0.98;
const OFFER_MS_MAX = 100;

/** (e) what recording, music and passing on cost, (f) what the decision takes while others are told things, (g) how many can wait. */
export async function measureMore(
  context: BenchContext,
  parts: Parts,
  place: Place,
): Promise<Pick<BenchResult, 'tables' | 'notes' | 'figures'>> {
  const { dir } = context;
  writeSpeech(dir);
  const waiters = createWaiters(dir, parts.asterisk.ariUrl);
  const apart = await measureApart(context, parts, place);
  const music = await measureMusic(context, parts, waiters);
  const undisturbed = await measureUndisturbed(context, parts, place, waiters);
  const held = await measureHeld(context, parts, place, waiters);
  const figures: MoreFigures = { apart, music, undisturbed, held };
  return { ...moreResult(figures), figures };
}

type Variant = { readonly name: Apart['name']; readonly queue: QueueName; readonly number?: NumberName };

const VARIANTS: readonly Variant[] = [
  { name: 'plain', queue: 'spoken' },
  { name: 'recorded', queue: 'spoken', number: 'recorded' },
  { name: 'passed on', queue: 'passing' },
];

/** (e) The same talks of two seconds with sound, plain and recorded; and calls that are passed on to another queue. */
async function measureApart({ roundMs, say }: BenchContext, parts: Parts, place: Place): Promise<Apart[]> {
  const calls = Math.round((APART_CALLS_PER_SECOND * roundMs) / 1000);
  const found: Apart[] = [];
  for (let round = 1; round <= APART_ROUNDS; round += 1) {
    for (const { name, queue, number } of VARIANTS) {
      for (const system of round % 2 === 0 ? SYSTEMS : SYSTEMS.toReversed()) {
        say(`${name}, round ${round} of ${APART_ROUNDS}, ${system}`);
        const load = { system, queue, speaking: queue === 'spoken', callsPerSecond: APART_CALLS_PER_SECOND, calls };
        const before = cpuOf(parts);
        const done = await place({ ...load, ...(number ? { number } : {}), timeoutMs: roundMs + TAIL_MS_MAX });
        await pause(AFTERWARDS_MS);
        found.push({ name, system, failed: done.failed, cpu: cpuPerCall(before, cpuOf(parts), calls) });
      }
    }
  }
  return found;
}

/** (e) What a caller who waits with music costs in a second. */
async function measureMusic({ say }: BenchContext, parts: Parts, waiters: Waiters): Promise<Record<System, CpuTimes>> {
  const found: Partial<Record<System, CpuTimes>> = {};
  for (const system of SYSTEMS) {
    say(`${MUSIC_CALLERS} callers hear music, ${system}`);
    const idle = await cpuOfSeconds(parts);
    await waiters.add(system, 'silent', MUSIC_CALLERS);
    const busy = await cpuOfSeconds(parts);
    await waiters.clear();
    found[system] = cpuPerCall(idle, busy, (MUSIC_CALLERS * LOOK_MS) / 1000);
  }
  return found as Record<System, CpuTimes>;
}

async function cpuOfSeconds(parts: Parts): Promise<CpuTimes> {
  const before = cpuOf(parts);
  await pause(LOOK_MS);
  return cpuPerCall(before, cpuOf(parts), 1);
}

/** (f) From the caller's INVITE to the agent's while others wait: silently, being told things, as callbacks. */
async function measureUndisturbed(
  context: BenchContext,
  parts: Parts,
  place: Place,
  waiters: Waiters,
): Promise<Undisturbed[]> {
  const { roundMs, say } = context;
  const found: Undisturbed[] = [];
  const look = async (system: System, beside: Undisturbed['beside']): Promise<void> => {
    say(`decisions beside ${beside}, ${system}`);
    const calls = Math.round((OFFERS_PER_SECOND * roundMs) / 1000);
    const load = { system, queue: 'wide', callsPerSecond: OFFERS_PER_SECOND, calls } as const;
    const done = await place({ ...load, timeoutMs: roundMs + TAIL_MS_MAX });
    found.push({ system, beside, offer: spreadOf(offerTimes(done.calls)), failed: done.failed });
  };
  for (const system of SYSTEMS) {
    await look(system, 'nobody');
    for (const number of ['silent', 'told'] as const) {
      await waiters.add(system, number, BESIDE);
      await look(system, number === 'silent' ? 'callers with music' : 'callers who are told things');
      await waiters.clear();
    }
  }
  await askCallbacks(parts);
  await look('ours', 'callbacks');
  return found;
}

async function askCallbacks({ controller }: Parts): Promise<void> {
  for (let count = 0; count < BESIDE; count += 1) {
    const number = `+4930${1_000_000 + count}`;
    await controller.ask('POST', '/v1/callbacks', { number, queue: 'silent', mode: 'agent_first' });
  }
}

/** (g) More and more callers wait, until one of them is not taken, the sound stutters or decisions get slow. */
async function measureHeld(
  { say }: BenchContext,
  parts: Parts,
  place: Place,
  waiters: Waiters,
): Promise<Record<System, HeldStep[]>> {
  const found: Record<System, HeldStep[]> = { ours: [], appQueue: [] };
  for (const system of SYSTEMS) {
    for (let waiting = HELD_STEP; waiting <= HELD_MAX; waiting += HELD_STEP) {
      say(`${waiting} callers wait, ${system}`);
      const taken = await waiters.add(system, 'silent', HELD_STEP);
      const before = cpuOf(parts);
      const beganAtMs = performance.now();
      const sent = spreadOf(await waiters.soundSent(LOOK_MS));
      const passedMs = performance.now() - beganAtMs;
      const cpu = cpuPerCall(before, cpuOf(parts), passedMs);
      const load = { system, queue: 'wide', callsPerSecond: OFFERS_PER_SECOND, calls: OFFERS_PER_SECOND * 2 } as const;
      const done = await place({ ...load, timeoutMs: TAIL_MS_MAX });
      const offer = spreadOf(offerTimes(done.calls));
      const sound = sent.p50 ?? 0;
      const held =
        taken &&
        sound >= SOUND_SENT_MIN &&
        done.failed === 0 &&
        (offer.p95 ?? Number.POSITIVE_INFINITY) <= OFFER_MS_MAX;
      found[system].push({ waiting, taken, sound, offer, failed: done.failed, cpu, held });
      if (!held) break;
    }
    await waiters.clear();
  }
  return found;
}
