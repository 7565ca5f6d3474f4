import type { SpeechEngine } from '../model/speech/engines.ts';
import type { EngineOpener } from './engine.ts';
import { openEspeakNg } from './engines/espeak-ng.ts';
import { openFlite } from './engines/flite.ts';
import { openGoogle } from './engines/google.ts';
import { openHttp } from './engines/http.ts';
import { openSherpa } from './engines/sherpa.ts';
import { speechFailed } from './speech-failure.ts';

/** What engines need besides what the site says. */
export type EngineNeeds = {
  /** The value of a secret; undefined: there is none of that name. */
  readonly secret: (name: string) => string | undefined;
};

/** The engines of this machine, in order of preference: they speak where the site names nobody, or those that it names fail. */
export const USUAL = ['flite', 'espeak'] as const;

/** How an engine is made ready; undefined: it is one that only hears. A new one is a file in engines/ and a case here. */
export function openerOf(name: string, engine: SpeechEngine, { secret }: EngineNeeds): EngineOpener | undefined {
  const secretOf = (wanted: string | null): string | undefined => (wanted === null ? undefined : secret(wanted));
  switch (engine.kind) {
    case 'flite':
      return (signal) => openFlite({ name }, signal);
    case 'espeak':
      return (signal) => openEspeakNg({ name }, signal);
    case 'sherpa':
      return (signal) => openSherpa({ name, model: engine.model }, signal);
    case 'google':
      return () => openGoogle(name, engine, secretOf(engine.secret));
    case 'http':
      return () => {
        const value = secretOf(engine.secret);
        const lacks = engine.secret !== null && value === undefined;
        return lacks
          ? Promise.resolve(speechFailed('speech.refused', { engine: name }))
          : openHttp({ name, url: engine.url, secret: value });
      };
    case 'websocket':
    case 'pocketsphinx':
      return undefined;
  }
}

/** Whether it works on another machine. */
export function isRemote(engine: SpeechEngine): boolean {
  return engine.kind === 'google' || engine.kind === 'http' || engine.kind === 'websocket';
}
