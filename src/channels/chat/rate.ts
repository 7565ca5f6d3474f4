/** Counts how often something happened in windows of a fixed length. */
export type Rate = {
  /** Counts one; false when there were too many already. */
  takes(nowMs: number): boolean;
};

export function rate(most: number, withinMs: number): Rate {
  let sinceMs = Number.NEGATIVE_INFINITY;
  let count = 0;
  return {
    takes(nowMs) {
      if (nowMs - sinceMs >= withinMs || nowMs < sinceMs) {
        sinceMs = nowMs;
        count = 0;
      }
      if (count >= most) return false;
      count += 1;
      return true;
    },
  };
}

/** One rate for each key; of more than `keysMax` keys the oldest is forgotten. */
export function rates(most: number, withinMs: number, keysMax: number): { takes(key: string, nowMs: number): boolean } {
  const known = new Map<string, Rate>();
  return {
    takes(key, nowMs) {
      const one = known.get(key) ?? rate(most, withinMs);
      known.delete(key);
      const oldest = known.size >= keysMax ? known.keys().next().value : undefined;
      if (oldest !== undefined) known.delete(oldest);
      known.set(key, one);
      return one.takes(nowMs);
    },
  };
}
