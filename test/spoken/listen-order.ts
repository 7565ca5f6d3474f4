import type { ListenOrder } from '../../src/model/speech/listening.ts';

/** How a step listens to phrases where its flow says nothing else. */
export function phrasesOrder(language: string, phrases: readonly string[]): ListenOrder {
  return {
    language,
    expected: { kind: 'phrases', phrases },
    hints: [],
    bargeIn: 'voice',
    minWords: 1,
    endSilenceMs: 600,
    maxDurationMs: 8_000,
    minConfidence: 0.5,
    sensitive: false,
  };
}
