/** An engine that failed on a text is not asked for it again so soon: a caller may have waited for its time-out. */
const REST_MS = 60_000;
const RESTS_MAX = 1_000;

/** What failed a moment ago, by the key of the text. */
export type Rests<T> = {
  begin(key: string, failure: T): void;
  /** How it failed, while the rest lasts. */
  of(key: string): T | undefined;
};

export function openRests<T>(now: () => number): Rests<T> {
  const rests = new Map<string, { readonly untilMs: number; readonly failure: T }>();
  return {
    begin(key, failure) {
      rests.set(key, { untilMs: now() + REST_MS, failure });
      for (const oldest of rests.keys()) if (rests.size > RESTS_MAX) rests.delete(oldest);
    },
    of(key) {
      const rest = rests.get(key);
      if (rest && now() < rest.untilMs) return rest.failure;
      rests.delete(key);
      return undefined;
    },
  };
}
