/** The rates between which sound is brought from one to another: those of telephones, of speech engines and of sound cards. */
export const SAMPLE_RATES = [8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000] as const;

export type SampleRate = (typeof SAMPLE_RATES)[number];

export function isSampleRate(rate: number): rate is SampleRate {
  return (SAMPLE_RATES as readonly number[]).includes(rate);
}

/** Brings sound that comes in pieces of any size to another rate. The pieces' borders leave no trace: the samples are those of the whole. */
export type Resampler = {
  /** The samples that are certain now; they lie some milliseconds behind what was given. */
  push(piece: Int16Array): Int16Array;
  /** The rest, with silence after it. Nothing may be pushed after it. */
  end(): Int16Array;
};

/** The part of the lower of both bands that stays as it is; at 8 kHz up to 3.48 kHz. Above it the filter falls, and at half the lower rate all is gone. */
const PASS = 0.87;

/** How far below the sound lies what the filter stops, in dB. */
const STOP_DB = 80;

/** Kaiser's own formulas for his window (J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window function", 1974). */
const KAISER_BETA = 0.1102 * (STOP_DB - 8.7);
const KAISER_WIDTH = (STOP_DB - 7.95) / 14.36;

/**
 * A polyphase filter: a windowed sinc, of which one row of weights is kept for each place that a sample can have between two of the
 * old ones. Without delay: the first sample given and the first that comes belong to the same moment. As many come as fit into the old sound's time.
 */
export function resampler(fromRate: SampleRate, toRate: SampleRate): Resampler {
  if (fromRate === toRate) return { push: (piece) => piece.slice(), end: () => new Int16Array(0) };
  const divisor = greatestCommonDivisor(fromRate, toRate);
  const phases = toRate / divisor;
  const step = fromRate / divisor;
  const { rows, half } = filterRows(fromRate, toRate, phases);
  let given = 0;
  let made = 0;
  // What lies before the beginning is silence, so that the first samples have as many neighbours as all others.
  let kept = new Int16Array(half - 1);
  let keptFrom = 1 - half;

  function samplesUntil(count: number): Int16Array {
    const out = new Int16Array(Math.max(0, count - made));
    for (let i = 0; i < out.length; i++) {
      const place = (made + i) * step;
      const row = rows[place % phases]!;
      const first = Math.floor(place / phases) - half + 1 - keptFrom;
      let sum = 0;
      for (let k = 0; k < row.length; k++) sum += row[k]! * kept[first + k]!;
      out[i] = Math.max(-32_768, Math.min(32_767, Math.round(sum)));
    }
    made += out.length;
    return out;
  }

  function keep(piece: Int16Array): void {
    const needed = Math.floor((made * step) / phases) - half + 1;
    const old = kept.subarray(Math.max(0, Math.min(kept.length, needed - keptFrom)));
    keptFrom += kept.length - old.length;
    const joined = new Int16Array(old.length + piece.length);
    joined.set(old);
    joined.set(piece, old.length);
    kept = joined;
  }

  return {
    push(piece) {
      keep(piece);
      given += piece.length;
      // Sample n needs the old ones up to half after its place.
      return samplesUntil(Math.ceil(((given - half) * phases) / step));
    },
    end() {
      keep(new Int16Array(half + 1));
      return samplesUntil(Math.floor((given * phases) / step));
    },
  };
}

/** A whole sound at another rate. */
export function resampled(samples: Int16Array, fromRate: SampleRate, toRate: SampleRate): Int16Array {
  const filter = resampler(fromRate, toRate);
  const first = filter.push(samples);
  const rest = filter.end();
  const all = new Int16Array(first.length + rest.length);
  all.set(first);
  all.set(rest, first.length);
  return all;
}

type Rows = { readonly rows: readonly Float64Array[]; readonly half: number };

/** To work the rows out takes some milliseconds, in which a caller would wait for the first word. There are no more than 72 pairs of rates. */
const ROWS = new Map<string, Rows>();

function filterRows(fromRate: number, toRate: number, phases: number): Rows {
  const pair = `${fromRate} ${toRate}`;
  const rows = ROWS.get(pair) ?? designed(fromRate, toRate, phases);
  ROWS.set(pair, rows);
  return rows;
}

/** One row for each phase: the weights of the old samples from `half - 1` before the place to `half` after it. */
function designed(fromRate: number, toRate: number, phases: number): Rows {
  const nyquist = Math.min(fromRate, toRate) / 2;
  const fall = (nyquist * (1 - PASS)) / fromRate;
  const half = Math.ceil(KAISER_WIDTH / fall / 2);
  const cutoff = (nyquist * (1 + PASS)) / 2 / fromRate;
  const rows = Array.from({ length: phases }, (_, phase) => {
    const row = new Float64Array(2 * half);
    let sum = 0;
    for (let k = 0; k < row.length; k++) {
      const t = k - half + 1 - phase / phases;
      const x = 2 * Math.PI * cutoff * t;
      row[k] = (x === 0 ? 1 : Math.sin(x) / x) * besselI0(KAISER_BETA * Math.sqrt(Math.max(0, 1 - (t / half) ** 2)));
      sum += row[k]!;
    }
    // Each row lets a constant through unchanged, so that no phase is louder than the next.
    return row.map((weight) => weight / sum);
  });
  return { rows, half };
}

/** The modified Bessel function of order zero, by its power series. */
function besselI0(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
