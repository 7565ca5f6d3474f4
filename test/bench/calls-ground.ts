import { join } from 'node:path';
import { addAppQueue } from './app-queue.ts';
import type { BenchContext } from './bench.ts';
import {
  type BenchAsterisk,
  type BenchController,
  startBenchAsterisk,
  startBenchController,
  startBenchPostgres,
} from './bench-exchange.ts';
import { GROUPS, phonesOf, type System } from './bench-ports.ts';
import { writeBenchSite } from './bench-site.ts';
import type { Load, Round } from './callers.ts';
import type { CpuTimes } from './calls-table.ts';
import { cpuTimeMs } from './cpu-time.ts';
import { logAgentsIn, registerPhones, startPhones } from './phones.ts';

export const SYSTEMS: readonly System[] = ['ours', 'appQueue'];
/** What the slowest call of a round may take after the last one was placed. */
export const TAIL_MS_MAX = 20_000;

/** What is measured: both systems in one Asterisk. */
export type Parts = {
  readonly asterisk: BenchAsterisk;
  readonly controller: BenchController;
  readonly postgresPid: number;
};
export type Place = (load: Load) => Promise<Round>;
export type Closing = { stop(): Promise<void> };

export async function startParts(context: BenchContext, started: Closing[]): Promise<Parts> {
  const { dir, signal, say } = context;
  const keep = <T extends Closing>(part: T): T => {
    started.push(part);
    signal.throwIfAborted();
    return part;
  };
  say('starting PostgreSQL and Asterisk');
  const postgres = keep(await startBenchPostgres(dir));
  const asterisk = keep(await startBenchAsterisk(context));
  const flowsDir = join(dir, 'flows');
  writeBenchSite(flowsDir);
  // Members' phones first: Asterisk asks them at once whether they are there, and again only after 15 s.
  for (const queue of GROUPS) keep(await startPhones(dir, 'appQueue', queue));
  await addAppQueue(asterisk.home, asterisk.ariUrl, flowsDir);
  say('starting the controller');
  const { databaseUrl } = postgres;
  const controller = keep(await startBenchController(context, { flowsDir, databaseUrl, ariUrl: asterisk.ariUrl }));
  say('registering the phones');
  for (const queue of GROUPS) {
    await registerPhones(dir, queue, controller, signal);
    keep(await startPhones(dir, 'ours', queue));
  }
  await logAgentsIn(
    controller,
    GROUPS.flatMap((group) => phonesOf('ours', group)),
    signal,
  );
  return { asterisk, controller, postgresPid: postgres.pid };
}

export function cpuOf({ asterisk, controller, postgresPid }: Parts): CpuTimes {
  return {
    controllerMs: cpuTimeMs(controller.pid),
    asteriskMs: cpuTimeMs(asterisk.pid),
    postgresMs: cpuTimeMs(postgresPid),
  };
}

export function cpuPerCall(before: CpuTimes, after: CpuTimes, count: number): CpuTimes {
  return {
    controllerMs: (after.controllerMs - before.controllerMs) / count,
    asteriskMs: (after.asteriskMs - before.asteriskMs) / count,
    postgresMs: (after.postgresMs - before.postgresMs) / count,
  };
}
