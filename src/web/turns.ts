/** Lets a bounded number of requests run at once, in all and for one origin; the others wait in the order in which they came. */
export type Turns = {
  /** `entered`: leave() must follow. `full`: too many wait already. `gone`: the signal came before the turn did. */
  enter(origin: string, signal: AbortSignal): Promise<'entered' | 'full' | 'gone'>;
  leave(origin: string): void;
};

export type TurnLimits = {
  readonly runningMax: number;
  readonly perOriginMax: number;
  readonly waitingMax: number;
};

type Waiting = { readonly origin: string; readonly begin: () => void };

export function createTurns({ runningMax, perOriginMax, waitingMax }: TurnLimits): Turns {
  const running = new Map<string, number>();
  const waiting: Waiting[] = [];
  let runningInAll = 0;

  const hasRoom = (origin: string): boolean => runningInAll < runningMax && (running.get(origin) ?? 0) < perOriginMax;
  const take = (origin: string): void => {
    runningInAll++;
    running.set(origin, (running.get(origin) ?? 0) + 1);
  };

  return {
    async enter(origin, signal) {
      if (signal.aborted) return 'gone';
      if (hasRoom(origin)) {
        take(origin);
        return 'entered';
      }
      if (waiting.length >= waitingMax) return 'full';
      return new Promise((resolve) => {
        const one: Waiting = {
          origin,
          begin: () => {
            signal.removeEventListener('abort', goAway);
            take(origin);
            resolve('entered');
          },
        };
        const goAway = (): void => {
          waiting.splice(waiting.indexOf(one), 1);
          resolve('gone');
        };
        signal.addEventListener('abort', goAway, { once: true });
        waiting.push(one);
      });
    },
    leave(origin) {
      runningInAll--;
      const left = (running.get(origin) ?? 1) - 1;
      if (left === 0) running.delete(origin);
      else running.set(origin, left);
      // One who leaves makes room for one: the first in line whose origin has any.
      const next = waiting.findIndex((one) => hasRoom(one.origin));
      if (next !== -1) waiting.splice(next, 1)[0]!.begin();
    },
  };
}
