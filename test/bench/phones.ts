import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ConfigError } from '../../src/config.ts';
import type { BenchController } from './bench-exchange.ts';
import { BENCH_PORTS, GROUPS, NUMBERS, phonesOf, type QueueName, type System } from './bench-ports.ts';
import { runSipp, SCENARIOS, type Sipp, type SippPlan, startSipp } from './sipp.ts';

const REGISTER_MS_MAX = 20_000;
/** The exchange asks each phone every 15 s whether it is there: once may be missed. */
const READY_MS_MAX = 40_000;
const POLL_MS = 100;
/** How long a talk with sound takes. */
export const SPOKEN_MS = 2_000;
/** So many of one process's phones register in a second. */
const REGISTER_RATE = 20;

/**
 * The phones of one queue. They are one SIPp process on one port, told apart by the user in their address: a process
 * for each phone would be dozens of them, and two cores would then be measured at switching between SIPps.
 */
export function startPhones(dir: string, system: System, queue: QueueName): Promise<Sipp> {
  const { scenario, options } = HABITS[queue];
  return startSipp(planOf(dir, system, queue, scenario, options(system)));
}

/** What the phones of a group do with a call. */
const HABITS: Record<
  QueueName,
  { readonly scenario: SippPlan['scenario']; readonly options: (system: System) => readonly string[] }
> = {
  wide: { scenario: 'talk', options: () => ['-d', '200'] },
  narrow: { scenario: 'long-talk', options: () => [] },
  // What the caller says comes back to him, so that there is sound both ways.
  spoken: { scenario: 'talk', options: () => ['-d', String(SPOKEN_MS), '-rtp_echo'] },
  passing: { scenario: 'pass-on', options: (system) => ['-d', '200', '-key', 'target', NUMBERS[system].wide] },
};

/** Registers our agents' phones with their passwords, from the port on which they will be rung. */
export async function registerPhones(
  dir: string,
  queue: QueueName,
  controller: BenchController,
  signal: AbortSignal,
): Promise<void> {
  const ids = phonesOf('ours', queue);
  const lines: string[] = [];
  for (const id of ids) {
    const password = await controller.secrets.phonePassword(id);
    lines.push(`${id};[authentication username=${id} password=${password}]`);
  }
  const file = join(dir, `phones-${queue}.csv`);
  writeFileSync(file, `SEQUENTIAL\n${lines.join('\n')}\n`, { mode: 0o600 });
  const options = [
    ...['-inf', file, '-oocsf', join(SCENARIOS, 'options.xml'), '-r', String(REGISTER_RATE)],
    ...['-m', String(ids.length), '-timeout', `${REGISTER_MS_MAX}ms`],
  ];
  const status = await runSipp(planOf(dir, 'ours', queue, 'register', options), signal);
  if (status !== 0)
    throw new ConfigError('bench.not_registered', `The phones of ${queue} could not register (SIPp ${status}).`);
}

/** Logs our agents in and waits until all are ready on idle phones. */
export async function logAgentsIn(
  controller: BenchController,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  for (const id of ids) await controller.ask('POST', `/v1/agents/${id}/login`);
  const deadline = performance.now() + READY_MS_MAX;
  for (;;) {
    signal.throwIfAborted();
    const { agents } = (await controller.ask('GET', '/v1/agents')) as {
      agents: { id: string; state: string; phone: string }[];
    };
    const notReady = agents.filter(
      ({ id, state, phone }) => ids.includes(id) && (state !== 'ready' || phone !== 'idle'),
    );
    if (notReady.length === 0) return;
    if (performance.now() > deadline) {
      const { id, state, phone } = notReady[0] ?? { id: '', state: '', phone: '' };
      throw new ConfigError(
        'bench.not_ready',
        `${notReady.length} agents are not ready: ${id} is ${state}, its phone ${phone}.`,
      );
    }
    await pause(POLL_MS);
  }
}

function planOf(
  dir: string,
  system: System,
  queue: QueueName,
  scenario: SippPlan['scenario'],
  options: readonly string[],
): SippPlan {
  const group = (system === 'ours' ? 0 : GROUPS.length) + GROUPS.indexOf(queue);
  return {
    scenario,
    dir,
    localPort: BENCH_PORTS.phones[system][queue],
    exchangePort: BENCH_PORTS.sip,
    mediaPort: BENCH_PORTS.sippMedia + 20 + group * 10,
    options,
  };
}
