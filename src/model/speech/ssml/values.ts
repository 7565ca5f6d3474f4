/** Longest single pause, as in other systems that read SSML. */
export const PAUSE_MS_MAX = 10_000;

/** W3C SSML 1.1, 3.2.3 names the strengths and leaves their lengths to us. In ms. */
const STRENGTHS: Readonly<Record<string, number>> = {
  none: 0,
  'x-weak': 100,
  weak: 200,
  medium: 400,
  strong: 700,
  'x-strong': 1200,
};

/** The length of a break in ms; undefined when its attributes say no length. A time is stronger than a strength. */
export function pauseOf(time: string | undefined, strength: string | undefined): number | undefined {
  if (time === undefined) return ownValue(STRENGTHS, strength ?? 'medium');
  const written = /^\s*\+?(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})\s*(ms|s)\s*$/.exec(time);
  return written ? Math.round(Number(written[1]) * (written[2] === 's' ? 1000 : 1)) : undefined;
}

const RATES: Readonly<Record<string, number>> = {
  'x-slow': 0.5,
  slow: 0.8,
  medium: 1,
  default: 1,
  fast: 1.25,
  'x-fast': 1.6,
};

/**
 * How fast in parts of the speed around: a name, `80%` and `0.8` (of it), `+10%` and `-10%` (more and less of it).
 * Undefined when it is none of these.
 */
export function rateOf(text: string): number | undefined {
  const named = ownValue(RATES, text.trim());
  if (named !== undefined) return named;
  const written = /^\s*([+-]?)(\d{1,4}(?:\.\d{1,4})?)(%?)\s*$/.exec(text);
  if (!written) return undefined;
  const [, sign, figures, percent] = written;
  const number = Number(figures) / (percent === '' ? 1 : 100);
  if (sign !== '') return percent === '' ? undefined : 1 + (sign === '-' ? -number : number);
  return number;
}

const VOLUMES: Readonly<Record<string, number>> = {
  silent: -20,
  'x-soft': -12,
  soft: -6,
  medium: 0,
  default: 0,
  loud: 4,
  'x-loud': 6,
};

/** How loud, in dB beside what is around: a name, or `+6dB`, `-3.5dB`. Undefined when it is neither. */
export function gainOf(text: string): number | undefined {
  const named = ownValue(VOLUMES, text.trim());
  if (named !== undefined) return named;
  const written = /^\s*([+-]\d{1,3}(?:\.\d{1,4})?)\s*dB\s*$/i.exec(text);
  return written ? Number(written[1]) : undefined;
}

function ownValue(values: Readonly<Record<string, number>>, name: string): number | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
