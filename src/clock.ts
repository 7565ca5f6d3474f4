import type { AtMs } from './model/ids.ts';

/** A difference of so much between what is told and the machine's clock is noticed and told to people. */
const JUMP_MS = 1000;
/** How much of the time that passes is used to come nearer to the machine's clock: no time span is wrong by more. */
const SLEW = 0.01;
/** A journal that is further ahead than this was written by a clock that was wrong, and is not waited for. */
const AHEAD_MS_MAX = 2 * 3_600_000;

export type ClockOptions = {
  /** The machine's time of day, in ms since 1970. */
  readonly wall?: () => number;
  /** Time since some moment that nobody can set, in ms. */
  readonly elapsed?: () => number;
  /** Called with how far the machine's clock is ahead (negative: behind) when it was set, once each time. */
  readonly onJump?: (byMs: number) => void;
};

/** The time of day for everything that is decided. */
export type Clock = {
  now(): AtMs;
  /** Time goes on from here at least: what is in the journal has happened already. */
  notBefore(atMs: AtMs): void;
};

/**
 * A clock that goes on evenly when the machine's is set: an hour forward would end every wait and every deadline at
 * once, an hour back would leave agents in their wrap-up for an hour. It moves towards the machine's clock by 1 % of
 * the time that passes, as ntpd and adjtime(2) do, never stands still and never goes back; a restart takes over a
 * clock that is ahead.
 */
export function steadyClock(options: ClockOptions = {}): Clock {
  const { wall = Date.now, elapsed = () => performance.now(), onJump = () => undefined } = options;
  let atMs = wall();
  let readAtMs = elapsed();
  let toldMs = 0;
  return {
    now() {
      const passedMs = elapsed() - readAtMs;
      readAtMs += passedMs;
      atMs += passedMs;
      const aheadMs = wall() - atMs;
      const most = passedMs * SLEW;
      atMs += Math.max(-most, Math.min(most, aheadMs));
      if (Math.abs(aheadMs - toldMs) >= JUMP_MS) {
        toldMs = aheadMs;
        onJump(Math.round(aheadMs));
      }
      return Math.floor(atMs);
    },
    notBefore(earliestMs) {
      if (earliestMs - atMs <= AHEAD_MS_MAX) atMs = Math.max(atMs, earliestMs);
    },
  };
}
