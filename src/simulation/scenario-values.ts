import { isMap, type Node } from 'yaml';
import type { Source } from '../flow/source.ts';
import { durationMs, oneOf } from '../flow/values.ts';
import { DISTRIBUTION_KINDS, type Distribution } from './distribution.ts';

const DAY_MS = 86_400_000;
/** Longer than the longest e-mail or task. */
export const LENGTH_MS_MAX = 7 * DAY_MS;
const CV_MAX = 10;

/** A time of day such as `08:30` or `08:30:15`, as ms after midnight; `24:00` is the end of the day. */
export function timeOfDayMs(source: Source, node: Node | null | undefined, what: string): number | undefined {
  const text = source.text(node, what);
  if (text === undefined) return undefined;
  const found = /^(\d{1,2}):([0-5]\d)(?::([0-5]\d))?$/.exec(text);
  const ms = found ? (Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3] ?? 0)) * 1000 : Number.NaN;
  if (ms <= DAY_MS) return ms;
  source.problem(
    'value.type',
    node,
    `${what} must be a time of day from 00:00 to 24:00, such as 08:30, not "${text}".`,
  );
  return undefined;
}

/** A number from a text; it may have a fraction. */
export function decimal(
  source: Source,
  node: Node | null | undefined,
  what: string,
  limits: { readonly min: number; readonly max: number },
): number | undefined {
  const text = source.text(node, what);
  if (text === undefined) return undefined;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= limits.min && value <= limits.max) return value;
  if (Number.isNaN(value)) source.problem('value.type', node, `${what} must be a number, not "${text}".`);
  else source.problem('value.range', node, `${what} must lie between ${limits.min} and ${limits.max}, not ${text}.`);
  return undefined;
}

/** A share such as `5%` or `0.05`, as a number from 0 to 1. */
export function share(source: Source, node: Node | null | undefined, what: string): number | undefined {
  const text = source.text(node, what);
  if (text === undefined) return undefined;
  const found = /^(\d+(?:\.\d+)?)(%?)$/.exec(text.trim());
  const value = found ? Number(found[1]) / (found[2] ? 100 : 1) : Number.NaN;
  if (value <= 1) return value;
  source.problem('value.type', node, `${what} must be a share such as 5% or 0.05, not "${text}".`);
  return undefined;
}

/** A duration, which is then always the same, or a map of `distribution`, `mean` and `cv`. */
export function distribution(source: Source, node: Node | null | undefined, what: string): Distribution | undefined {
  const limits = { minMs: 0, maxMs: LENGTH_MS_MAX };
  if (!isMap(node)) {
    const meanMs = durationMs(source, node, what, limits);
    return meanMs === undefined ? undefined : { kind: 'fixed', meanMs };
  }
  const fields = source.fields(node, what, ['distribution', 'mean', 'cv']);
  for (const key of ['distribution', 'mean'] as const) {
    if (!fields.has(key)) source.problem('key.missing', node, `${what} needs "${key}".`);
  }
  if (!fields.has('distribution') || !fields.has('mean')) return undefined;
  const kind = oneOf(source, fields.get('distribution'), `The distribution of ${what}`, DISTRIBUTION_KINDS);
  const meanMs = durationMs(source, fields.get('mean'), `The mean of ${what}`, { ...limits, minMs: 1 });
  if (kind === undefined || meanMs === undefined) return undefined;
  if (kind === 'fixed' || kind === 'exponential') {
    if (fields.has('cv')) source.problem('key.unknown', fields.get('cv'), `A ${kind} time has no "cv". Take it out.`);
    return { kind, meanMs };
  }
  if (!fields.has('cv')) {
    source.problem('key.missing', node, `${what} needs "cv", the standard deviation by the mean, such as 0.8.`);
    return undefined;
  }
  const cv = decimal(source, fields.get('cv'), `The cv of ${what}`, { min: 0.01, max: CV_MAX });
  return cv === undefined ? undefined : { kind, meanMs, cv };
}
