import type { AttendedEngine } from './attended-engine.ts';
import type { EngineHeard, Utterance, UtteranceOrder } from './engine.ts';
import type { RecognitionFailureCode } from './recognition-failure.ts';

/** What a chain tells: as an engine, and by whom. */
export type ChainHeard = { readonly heard: EngineHeard; readonly engine: string };

export type ChainUtterance = Utterance & {
  /** Whether the engine that hears now tells words while they are spoken. */
  readonly partials: boolean;
};

/**
 * One utterance, heard by the first engine that can. All of its sound is kept until the end, so that the next engine hears it
 * from the beginning when one fails in the middle. An engine without partial results is asked at the end only. What the last
 * engine failed with is told.
 */
export function hearByChain(
  engines: readonly AttendedEngine[],
  order: UtteranceOrder,
  told: (heard: ChainHeard) => void,
): ChainUtterance {
  const sound: Int16Array[] = [];
  let at = -1;
  let current: Utterance | undefined;
  let ended = false;
  let over = false;

  function partials(): boolean {
    return engines[at]?.engine.caps.partials ?? false;
  }
  function ask(): void {
    const attendedEngine = engines[at]!;
    const mine = attendedEngine.hear(order, (heard) => {
      if (!over && mine === current) take(heard, attendedEngine.engine.name);
    });
    current = mine;
    for (const samples of sound) mine.write(samples);
    if (ended) mine.end();
  }
  function advance(code: RecognitionFailureCode, engine: string): void {
    at += 1;
    current = undefined;
    if (at >= engines.length) {
      over = true;
      sound.length = 0;
      told({ heard: { what: 'failed', code }, engine });
    } else if (ended || partials()) ask();
  }
  function take(heard: EngineHeard, engine: string): void {
    if (heard.what === 'failed') return advance(heard.code, engine);
    const last = heard.what === 'nothing' || (heard.what === 'final' && (ended || !order.continuous));
    // What was written down already need not be heard again by the next engine.
    if (last || heard.what === 'final') sound.length = 0;
    if (last) over = true;
    told({ heard, engine });
  }
  // The caller of this function has not got its utterance yet.
  if (engines.length === 0) queueMicrotask(() => advance('recognition.no_engine', ''));
  else advance('recognition.no_engine', '');
  return {
    get partials() {
      return partials();
    },
    write(samples) {
      if (over || ended) return;
      sound.push(samples);
      current?.write(samples);
    },
    end() {
      if (over || ended) return;
      ended = true;
      if (current) current.end();
      else if (at < engines.length) ask();
    },
    drop() {
      over = true;
      sound.length = 0;
      current?.drop();
    },
  };
}
