import type { TrunkStatus } from '../../../model/call/trunk.ts';

/** Asterisk tells of no change of a registration, so it is asked. Its own look at a trunk (qualify) is no quicker. */
const LOOK_EVERY_MS = 10_000;

export type TrunkWatchLog = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
};

export type TrunkWatch = {
  /** Looks from now on. Harmless when repeated. */
  start(): void;
  /** The trunks in words, for the health; empty while there are none. */
  summary(): string;
  stop(): void;
};

/** Looks after the trunks: each change goes into the log. */
export function watchTrunks(statuses: () => Promise<readonly TrunkStatus[]>, log: TrunkWatchLog): TrunkWatch {
  let last: readonly TrunkStatus[] = [];
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    // Without Asterisk nothing is known of trunks, and that it is away is told elsewhere.
    const now = await statuses().catch(() => undefined);
    if (!now) return;
    for (const { id: trunk, state, reason } of now) {
      const before = last.find(({ id }) => id === trunk)?.state;
      if (before === state) continue;
      if (state === 'up') log.info({ trunk }, 'A trunk is up.');
      else if (before === 'up' || state !== 'waiting') log.warn({ trunk, state, reason }, 'A trunk is not up.');
    }
    last = now;
  };
  return {
    start() {
      if (timer) return;
      timer = setInterval(() => void look(), LOOK_EVERY_MS);
      timer.unref();
      void look();
    },
    summary: () => last.map(({ id, state }) => `trunk ${id} ${state}`).join(', '),
    stop() {
      clearInterval(timer);
      timer = undefined;
    },
  };
}
