import type { Engine, EngineHeard, Utterance, UtteranceOrder } from '../../../src/recognition/engine.ts';

/** What a menu asks for; a test changes what it is about. */
export const MENU: UtteranceOrder = {
  language: 'en-US',
  expected: { kind: 'phrases', phrases: ['sales', 'support', 'billing'] },
  hints: [],
  endSilenceMs: 600,
  maxDurationMs: 8_000,
  sensitive: false,
  continuous: false,
};

export type Listening = Utterance & {
  readonly heard: readonly EngineHeard[];
  /** The last that is told: `final`, `nothing` or `failed`. */
  readonly outcome: Promise<EngineHeard>;
  until(holds: (heard: readonly EngineHeard[]) => boolean): Promise<void>;
  /** Sound in frames of 20 ms, as a call brings it, but as fast as it is taken. */
  say(...sounds: Int16Array[]): void;
};

/** An utterance at an engine, with all that it told. */
export function listen(engine: Engine, order: UtteranceOrder = MENU): Listening {
  const heard: EngineHeard[] = [];
  const waiting = new Set<() => void>();
  const until = (holds: (heard: readonly EngineHeard[]) => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!holds(heard)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  const utterance = engine.hear(order, (one) => {
    heard.push(one);
    for (const look of [...waiting]) look();
  });
  /** Finals of a continuous utterance that come before its end are not its last. */
  let endedAt = order.continuous ? Number.POSITIVE_INFINITY : 0;
  const isLast = ({ what }: EngineHeard, at: number) =>
    what === 'nothing' || what === 'failed' || (what === 'final' && at >= endedAt);
  return {
    ...{ write: (samples) => utterance.write(samples), drop: () => utterance.drop() },
    end() {
      endedAt = Math.min(endedAt, heard.length);
      utterance.end();
    },
    heard,
    until,
    outcome: until((all) => all.some(isLast)).then(() => heard.find(isLast)!),
    say(...sounds) {
      for (const sound of sounds) {
        for (let at = 0; at < sound.length; at += 160) utterance.write(sound.subarray(at, at + 160));
      }
    },
  };
}
