import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { RandomStream } from '../../src/simulation/random.ts';
import type { Scene } from '../system/scene.ts';
import { until } from '../system/until.ts';
import type { Life } from './life.ts';
import type { LossyWire } from './lossy-wire.ts';

/** What faults are done to. */
export type Ground = {
  readonly scene: Scene;
  readonly life: Life;
  readonly wire: LossyWire;
  /** The file that says how far the controller's clock is off. */
  readonly clockFile: string;
};

/** One fault: it strikes, and resolves when the cause is gone. From then on all must be right again within a bound. */
export type FaultKind = {
  readonly name: string;
  /** How often it is drawn, beside the others. */
  readonly weight: number;
  /** True when nothing else can strike at the same time. */
  readonly alone?: true;
  /** `size` is drawn between 0 and 1: how long, how far, or which. */
  strike(ground: Ground, size: number): Promise<void>;
};

const HOUR_MS = 3_600_000;

export const FAULT_KINDS: readonly FaultKind[] = [
  {
    name: "a caller's hang-up event is lost",
    weight: 20,
    strike: (ground, size) => loseHangUp(ground, size, 'caller'),
  },
  { name: "an agent's hang-up event is lost", weight: 20, strike: (ground, size) => loseHangUp(ground, size, 'agent') },
  { name: 'every event is lost for a while', weight: 5, strike: loseEverything },
  { name: 'a phone is unplugged', weight: 8, strike: unplug },
  { name: 'the ARI socket is cut', weight: 15, strike: cutSocket },
  { name: 'Asterisk is killed and started again', weight: 4, alone: true, strike: killAsterisk },
  { name: 'the database is stopped', weight: 5, strike: stopDatabase },
  { name: 'the disk is slow', weight: 8, strike: slowDisk },
  { name: 'the clock jumps', weight: 15, strike: setClock },
  { name: 'the controller is killed', weight: 5, alone: true, strike: killController },
];

export function drawFault(random: RandomStream, kinds: readonly FaultKind[] = FAULT_KINDS): FaultKind {
  const lots = kinds.flatMap((kind) => Array.from({ length: kind.weight }, () => kind));
  return lots[Math.floor(random() * lots.length)]!;
}

/** Somebody hangs up, and no event tells of it. */
async function loseHangUp({ life, wire }: Ground, size: number, who: 'caller' | 'agent'): Promise<void> {
  const lines = who === 'caller' ? [...life.callers.values()] : [...life.talks].map(([, line]) => ({ line, from: '' }));
  const chosen = lines[Math.floor(size * lines.length)];
  if (!chosen) return;
  const about = /^(ChannelHangupRequest|ChannelDestroyed|StasisEnd|ChannelLeftBridge|ChannelStateChange)$/;
  wire.lose(({ type }) => about.test(type));
  if ('mayEnd' in chosen) chosen.mayEnd = true;
  else markServed(life, chosen.line.id);
  await chosen.line.hangUp().catch(() => undefined);
  // The far end hears of the end when the exchange has answered, which is when its events are on their way.
  await pause(100);
  wire.lose(() => false);
}

/** The agent hung up, so the flow goes on, and ends the call. */
function markServed({ callers, talks }: Life, lineId: string): void {
  const ring = [...talks.values()].find(({ id }) => id === lineId);
  const caller = ring && callers.get(ring.from.number);
  if (caller) caller.mayEnd = true;
}

async function loseEverything({ wire }: Ground, size: number): Promise<void> {
  wire.lose(() => true);
  await pause(50 + size * 500);
  wire.lose(() => false);
}

async function unplug({ scene }: Ground, size: number): Promise<void> {
  const name = scene.agents[Math.floor(size * scene.agents.length)]!;
  await scene.phone(name).unregister();
  await pause(size * 300);
  await scene.phone(name).register();
}

async function cutSocket({ wire }: Ground, size: number): Promise<void> {
  wire.cut();
  await pause(20 + size * 1500);
  wire.mend();
}

async function killAsterisk({ scene, life }: Ground): Promise<void> {
  life.hold();
  for (const caller of life.callers.values()) caller.mayEnd = true;
  await scene.exchange.asterisk.kill();
  await life.forgetAll();
  await scene.exchange.startAsteriskAgain();
  // Before that the controller tells of the phones as they were.
  await until('the controller has looked at the new Asterisk', async () => isSeen(await scene.exchange.health()));
  // Asterisk writes registrations down a second late. Whose is lost registers again by itself after minutes; here at once.
  for (const name of scene.agents)
    if ((await phoneOf(scene, name)) === 'unreachable') await scene.phone(name).register();
  life.goOn();
}

function isSeen(health: { parts: Record<string, { up: boolean }> } | undefined): true | undefined {
  return health?.parts['asterisk']?.up || undefined;
}

async function phoneOf(scene: Scene, name: string): Promise<string> {
  return (await scene.agent(name)).phone;
}

async function stopDatabase({ scene }: Ground, size: number): Promise<void> {
  await scene.exchange.stopPostgres();
  await pause(size * 1500);
  await scene.exchange.startPostgresAgain();
}

/** Every process of the database stands still for a while, as where the disk does not answer. */
async function slowDisk({ scene }: Ground, size: number): Promise<void> {
  const pids = [scene.exchange.postgres.pid, ...childrenOf(scene.exchange.postgres.pid)];
  const tell = (signal: NodeJS.Signals): void => {
    for (const pid of pids) {
      try {
        process.kill(pid, signal);
      } catch {
        // A connection's process may have ended meanwhile.
      }
    }
  };
  tell('SIGSTOP');
  await pause(100 + size * 1500);
  tell('SIGCONT');
}

/** None where the process is gone: the database may be stopped at the same time. */
function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}

/** Up to an hour forward or back. */
async function setClock({ clockFile }: Ground, size: number): Promise<void> {
  writeFileSync(clockFile, String(Math.round((size * 2 - 1) * HOUR_MS)));
}

async function killController({ scene, life }: Ground): Promise<void> {
  life.hold();
  await scene.exchange.killController();
  await scene.exchange.startController();
  life.goOn();
}
