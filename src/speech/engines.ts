import type { EngineOpener } from './engine.ts';
import { openEspeakNg } from './espeak-ng.ts';
import { openFlite } from './flite.ts';

/** The engines in order of preference: the first that has a voice speaks, the next ones stand in when it fails. */
export const ENGINES: readonly EngineOpener[] = [
  (signal) => openFlite({}, signal),
  (signal) => openEspeakNg({}, signal),
];
