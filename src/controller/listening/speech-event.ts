import type { AtMs, ContactId } from '../../model/ids.ts';
import type { ListenId, SpeechEvent } from '../../model/speech/listening.ts';
import type { Heard } from '../../recognition/ears.ts';

/** Nobody says more in one turn than is kept of it in the journal. */
const CHARACTERS_MAX = 1_000;
const ALTERNATIVES_MAX = 10;

/** What the ears told as an event; undefined for what only shows that somebody still speaks. */
export function speechEvent(
  atMs: AtMs,
  contactId: ContactId,
  listenId: ListenId,
  heard: Heard,
): SpeechEvent | undefined {
  const about = { atMs, contactId, listenId };
  switch (heard.what) {
    case 'started':
      return { kind: 'speech.started', ...about, ...(heard.bargesIn === false ? { bargesIn: false } : {}) };
    case 'partial':
      return undefined;
    case 'noise':
      return { kind: 'speech.missed', ...about };
    case 'failed':
      return { kind: 'speech.failed', ...about, code: heard.code };
    case 'final': {
      const { confidence, engine, endedBy, tookMs } = heard;
      const alternatives = heard.alternatives
        .slice(0, ALTERNATIVES_MAX)
        .map((one) => ({ text: one.text.slice(0, CHARACTERS_MAX), confidence: one.confidence }));
      return {
        kind: 'speech.heard',
        ...about,
        text: heard.text.slice(0, CHARACTERS_MAX),
        confidence,
        ...(alternatives.length > 0 ? { alternatives } : {}),
        engine,
        endedBy,
        tookMs: Math.round(tookMs),
      };
    }
  }
}
