import type { Result } from '../model/failure.ts';
import type { EngineSet } from './engine-set.ts';

export type MouthHealth = { readonly up: boolean; readonly detail: string; readonly sinceMs: number };

/** What is remembered of how it went, for the health of the mouth. What is wrong with a text says nothing about the mouth. */
export type Condition = {
  health(): MouthHealth;
  /** How the last prompt went. */
  spoke(result: Result<unknown>): void;
  /** Whether the last prompt that was to be kept could be. */
  kept(result: Result<unknown>): void;
  /** What could not be spoken of the flows in service; undefined: nothing. */
  prepared(trouble: string | undefined): void;
};

const TROUBLE = [
  'speech.timed_out',
  'speech.engine_failed',
  'speech.engine_missing',
  'speech.model_missing',
  'speech.refused',
];

export function openCondition(engines: EngineSet, now: () => number): Condition {
  const troubles = new Map<'spoke' | 'kept' | 'prepared', string>();
  let state: MouthHealth = { up: false, detail: '', sinceMs: now() };

  function note(about: 'spoke' | 'kept' | 'prepared', trouble: string | undefined): void {
    if (trouble === undefined) troubles.delete(about);
    else troubles.set(about, trouble);
  }

  return {
    health() {
      const next = current(engines, [...troubles.values()]);
      if (next.up !== state.up || next.detail !== state.detail) state = { ...next, sinceMs: now() };
      return state;
    },
    spoke(result) {
      if (result.ok) note('spoke', undefined);
      else if (TROUBLE.includes(result.failure.code)) note('spoke', told(result));
    },
    kept: (result) => note('kept', result.ok ? undefined : told(result)),
    prepared: (trouble) => note('prepared', trouble),
  };
}

function current(engines: EngineSet, troubles: readonly string[]): { up: boolean; detail: string } {
  const speakers = engines.speakers();
  const all = [...troubles];
  for (const [name, { code }] of engines.missing()) all.push(`${name}: ${code}`);
  for (const { engine, breaker } of speakers)
    if (!breaker.ready()) all.push(`${engine.name} failed too often and rests`);
  if (speakers.length === 0) all.unshift('no speech engine is installed');
  const names = speakers.map(({ engine }) => `${engine.name} ${engine.version}`);
  return { up: speakers.length > 0 && troubles.length === 0, detail: [...all, ...names].join('; ') };
}

function told(result: Result<unknown> & { readonly ok: false }): string {
  return `${result.failure.code}: ${result.failure.message}`;
}
