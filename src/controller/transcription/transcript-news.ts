import type { Signal } from '../../channels/channel.ts';
import type { Event } from '../../model/event.ts';
import type { ContactId } from '../../model/ids.ts';
import type { FollowedHall } from './create-transcriptions.ts';
import type { Transcriptions, TranscriptNews } from './transcriptions.ts';

type Listener = (news: TranscriptNews) => void;

/** Tells those who follow a call what is said in it; costs nothing for calls that nobody follows. */
export function tellNews(hall: FollowedHall, lateMs: number): Transcriptions['follow'] {
  const listeners = new Map<ContactId, Set<Listener>>();

  function tell(contactId: ContactId, news: TranscriptNews): void {
    for (const listener of [...(listeners.get(contactId) ?? [])]) listener(news);
  }

  function over(contactId: ContactId): void {
    if (!listeners.has(contactId)) return;
    setTimeout(() => {
      tell(contactId, { what: 'over' });
      listeners.delete(contactId);
    }, lateMs).unref();
  }

  hall.follow({
    batch: (batch) => {
      if (listeners.size === 0) return;
      for (const { event, seq } of placed(batch, hall.state.seq)) {
        if (event.kind === 'contact.finished') over(event.contactId);
        const news = newsOf(event, seq);
        if (news && 'contactId' in event && event.contactId !== undefined) tell(event.contactId, news);
      }
    },
    signal: (signal: Signal) => {
      if (signal.what !== 'partial_transcript') return;
      const { contactId, speaker, text } = signal;
      if (listeners.has(contactId)) tell(contactId, { what: 'partial', speaker, text, atMs: hall.now() });
    },
  });

  return (contactId, listener) => {
    const known = listeners.get(contactId) ?? new Set();
    listeners.set(contactId, known);
    known.add(listener);
    return () => {
      known.delete(listener);
      if (known.size === 0 && listeners.get(contactId) === known) listeners.delete(contactId);
    };
  };
}

/** The places of a batch that was just written down; the passing of time has none. */
function placed(batch: readonly Event[], lastSeq: number): { readonly event: Event; readonly seq: number }[] {
  const lasting = batch.filter(({ kind }) => kind !== 'time.passed');
  return lasting.map((event, at) => ({ event, seq: lastSeq - lasting.length + 1 + at }));
}

function newsOf(event: Event, seq: number): TranscriptNews | undefined {
  switch (event.kind) {
    case 'transcript.heard':
      return { what: 'piece', seq, event };
    case 'transcription.started':
    case 'transcription.stopped':
    case 'transcription.failed':
      return { what: 'change', seq, event };
    default:
      return undefined;
  }
}
