import type { SpeechEngine, SpeechSite } from '../../src/model/speech/engines.ts';
import type { Ears, Heard, Listener } from '../../src/recognition/ears.ts';
import { type EarsOptions, openEars } from '../../src/recognition/open-ears.ts';
import { framesOf } from './made-sound.ts';
import type { ScriptedEngine } from './scripted-engine.ts';

/** Ears over these engines, tried in their order for English. */
export function earsOver(
  engines: readonly ScriptedEngine[],
  options: EarsOptions = {},
  site: Partial<SpeechSite> = {},
): Ears {
  const setting: SpeechEngine = { kind: 'websocket', url: 'wss://localhost', secret: null };
  const names = engines.map(({ name }) => name);
  return openEars({
    site: {
      engines: Object.fromEntries(names.map((name) => [name, setting])),
      hear: { en: names },
      speak: {},
      sessionsMax: {},
      trusted: [],
      ...site,
    },
    engineOf: (name) => engines.find((engine) => engine.name === name),
    ...options,
  });
}

export function speak(listener: Listener, sound: Int16Array): void {
  for (const frame of framesOf(sound)) listener.write(frame);
}

/** Lets everything run that is due. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Keeps what is told, and tells of the last of it. */
export function hearing(): {
  readonly heard: Heard[];
  readonly told: (heard: Heard) => void;
  readonly over: Promise<Heard>;
} {
  const heard: Heard[] = [];
  let end: (heard: Heard) => void = () => {};
  const over = new Promise<Heard>((resolve) => {
    end = resolve;
  });
  const told = (one: Heard): void => {
    heard.push(one);
    if (one.what === 'final' || one.what === 'failed') end(one);
  };
  return { heard, told, over };
}

export function kinds(heard: readonly Heard[]): string[] {
  return heard.map((one) => (one.what === 'started' && one.bargesIn === false ? 'voice' : one.what));
}
