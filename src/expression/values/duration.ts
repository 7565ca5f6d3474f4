const UNIT_MS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };
const PART = /(\d+(?:\.\d+)?)(ms|h|m|s)/y;
/** A thousand years; longer ones are mistakes. */
const DURATION_MS_MAX = 1_000 * 366 * 24 * 3_600_000;

/** A length of time inside an expression; outside it is a text such as `90s`. */
export class Duration {
  readonly ms: number;

  constructor(ms: number) {
    this.ms = ms;
  }

  toString(): string {
    return `${this.ms / 1_000}s`;
  }
}

/** Reads a text such as `90s`, `1h30m` or `-1.5h`, as CEL's `duration()` does; undefined when it is none. */
export function durationOf(text: string): Duration | undefined {
  const sign = text.startsWith('-') ? -1 : 1;
  let at = sign === -1 || text.startsWith('+') ? 1 : 0;
  if (at === text.length) return undefined;
  let ms = 0;
  while (at < text.length) {
    PART.lastIndex = at;
    const part = PART.exec(text);
    if (!part) return undefined;
    ms += Number(part[1]) * UNIT_MS[part[2]!]!;
    at = PART.lastIndex;
  }
  return durationMs(sign * ms);
}

export function durationMs(ms: number): Duration | undefined {
  return Math.abs(ms) <= DURATION_MS_MAX ? new Duration(ms) : undefined;
}
