import type { SpeechEngine } from '../model/speech/engines.ts';
import type { Engine, EngineContext } from './engine.ts';
import { openGoogle } from './engines/google.ts';
import { openPocketsphinx } from './engines/pocketsphinx.ts';
import { openSherpa } from './engines/sherpa.ts';
import { openWebsocket } from './engines/websocket.ts';

/** The engine that the site names so; undefined: it is one that speaks. One line for each kind that hears. */
export function engineOf(name: string, setting: SpeechEngine, context: EngineContext): Engine | undefined {
  switch (setting.kind) {
    case 'pocketsphinx':
      return openPocketsphinx(name, context);
    case 'sherpa':
      return openSherpa(name, setting, context);
    case 'google':
      return openGoogle(name, setting, context);
    case 'websocket':
      return openWebsocket(name, setting, context);
    default:
      return undefined;
  }
}
