import { ok, type Result } from '../../src/model/failure.ts';
import type { Engine, EngineOpener, SpeakOrder } from '../../src/speech/engine.ts';

/** An engine of the test's: it speaks a tone, 100 ms for each word, or does what `speak` does instead. */
export function standInEngine(
  choice: Partial<Omit<Engine, 'speak'>> & {
    speak?(order: SpeakOrder, tone: () => void): Promise<Result<void>>;
  } = {},
): { readonly open: EngineOpener; readonly asked: string[]; readonly voices: string[]; closed(): boolean } {
  const asked: string[] = [];
  const voices: string[] = [];
  let closed = false;
  const engine: Engine = {
    name: 'stand-in',
    version: '1',
    streams: () => false,
    voiceFor: () => 'usual',
    voiceNamed: (voice) => (voice === 'usual' || voice === 'other' ? voice : undefined),
    ...choice,
    speak(order) {
      asked.push(order.words);
      voices.push(order.voice);
      const sound = (): void => order.take({ samples: tone(order.words.split(' ').length * 100), rate: 8_000 });
      if (choice.speak) return choice.speak(order, sound);
      sound();
      return Promise.resolve(ok(undefined));
    },
    close() {
      closed = true;
      return Promise.resolve();
    },
  };
  return { open: () => Promise.resolve(ok(engine)), asked, voices, closed: () => closed };
}

export function tone(ms: number): Int16Array {
  return Int16Array.from({ length: 8 * ms }, (_, i) => Math.round(6_000 * Math.sin((2 * Math.PI * 400 * i) / 8_000)));
}
