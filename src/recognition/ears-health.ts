import { OFFLINE_SPEECH, type SpeechSite } from '../model/speech/engines.ts';
import type { Ears } from './ears.ts';
import type { EngineSet } from './engine-set.ts';

/**
 * Up while every language has an engine that does not rest. An engine that nobody needed yet counts as well.
 * `sinceMs` on the wall's clock: since when an engine rests, or since the ears were opened.
 */
export function earsHealth(
  site: SpeechSite,
  engines: EngineSet,
  { nowMs, openedMs }: { readonly nowMs: number; readonly openedMs: number },
): ReturnType<Ears['health']> {
  const wall = (atMs: number): number => Math.round(Date.now() - (nowMs - atMs));
  const rows = Object.entries({ ...OFFLINE_SPEECH.hear, ...site.hear });
  const names = [...new Set(rows.flatMap(([, row]) => row))];
  const rests = names.flatMap((name) => {
    const resting = engines.of(name)?.breaker.resting();
    return resting ? [{ name, ...resting }] : [];
  });
  const deaf = rows.filter(([, row]) => row.every((name) => rests.some((rest) => rest.name === name)));
  const detail = rests.map(({ name, code }) => `${name} rests: ${code}`).join('; ');
  const sinceMs = Math.min(...rests.map((rest) => rest.sinceMs), rests.length > 0 ? nowMs : openedMs);
  return { up: deaf.length === 0, detail: detail === '' ? names.join(', ') : detail, sinceMs: wall(sinceMs) };
}
