/** How a number of measured values is spread; undefined where there are none. */
export type Spread = {
  readonly count: number;
  readonly p50: number | undefined;
  readonly p95: number | undefined;
  readonly p99: number | undefined;
  readonly max: number | undefined;
};

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  // The nearest-rank percentile: a value that was really measured.
  const at = (part: number): number | undefined => sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)];
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) };
}
