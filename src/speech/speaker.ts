import type { Breaker } from './breaker.ts';
import type { Engine } from './engine.ts';
import type { Gate } from './gate.ts';

/** An engine with what keeps it within bounds: so many at once, and a rest when it fails again and again. */
export type Speaker = { readonly engine: Engine; readonly gate: Gate; readonly breaker: Breaker };

/** One who may speak a language; `voice`: the site's choice of a voice, null for the engine's usual one. */
export type Candidate = { readonly speaker: Speaker; readonly voice: string | null };
