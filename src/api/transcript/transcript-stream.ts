import type { Readable } from 'node:stream';
import type { Desk } from '../../controller/desk.ts';
import type { TranscriptNews } from '../../controller/transcription/transcriptions.ts';
import { failed, ok, type Result } from '../../model/failure.ts';
import type { ContactId } from '../../model/ids.ts';
import { callTranscript, pieceOf } from '../../reports/transcript.ts';
import { API_ERRORS } from '../errors.ts';
import { moment } from '../moments.ts';
import { type EventStream, openEventStream } from './event-stream.ts';
import { pieceAnswer } from './transcript-schema.ts';

/** Each takes one of the API's connections for as long as it lasts. */
const STREAMS_MAX = 100;
/** What may be told of a call while its past is read. */
const EARLY_MAX = 1_000;

/** The streams of what is said in calls. */
export type TranscriptStreams = {
  /** Tells what came after a place in the journal, and then what comes. Failures: `stream.full` and those of the story. */
  open(contactId: ContactId, afterSeq: number): Promise<Result<Readable>>;
  /** Ends them all. May be called twice. */
  close(): void;
};

export function transcriptStream(desk: Desk): TranscriptStreams {
  const streams = new Set<EventStream>();
  let opening = 0;

  async function open(contactId: ContactId, afterSeq: number): Promise<Result<Readable>> {
    // What is told while the past is read comes after it, and once.
    const early: TranscriptNews[] = [];
    let take = (news: TranscriptNews): void => {
      if (early.length < EARLY_MAX) early.push(news);
    };
    const unfollow = desk.transcriptions.follow(contactId, (news) => take(news));
    const story = await desk.story(contactId);
    if (!story.ok) {
      unfollow();
      return story;
    }
    const { pieces, over } = callTranscript(story.value);
    const stream = openEventStream(() => {
      streams.delete(stream);
      unfollow();
    });
    streams.add(stream);
    let lastSeq = afterSeq;
    const missed = pieces.filter(({ seq }) => seq > afterSeq).sort((a, b) => a.seq - b.seq);
    for (const piece of missed) {
      lastSeq = piece.seq;
      stream.send('piece', pieceAnswer(piece), piece.seq);
    }
    take = (news) => {
      if (news.what === 'piece' && news.seq <= lastSeq) return;
      tell(stream, news);
    };
    for (const news of early) take(news);
    // Of one that is over nothing more is told by anybody.
    if (over && desk.contacts().every(({ id }) => id !== contactId) && early.length === 0)
      tell(stream, { what: 'over' });
    return ok(stream.body);
  }

  return {
    async open(contactId, afterSeq) {
      if (streams.size + opening >= STREAMS_MAX) return failed('stream.full', API_ERRORS['stream.full'].meaning);
      opening += 1;
      try {
        return await open(contactId, afterSeq);
      } finally {
        opening -= 1;
      }
    },
    close() {
      for (const stream of [...streams]) stream.end();
    },
  };
}

function tell(stream: EventStream, news: TranscriptNews): void {
  switch (news.what) {
    case 'piece':
      return stream.send('piece', pieceAnswer(pieceOf(news.seq, news.event)), news.seq);
    case 'partial': {
      const { speaker, text, atMs } = news;
      return stream.send('partial', { speaker, text, ...moment('at', atMs) });
    }
    case 'change': {
      const { kind, contactId: _, atMs, ...about } = news.event;
      return stream.send('change', { what: kind, ...about, ...moment('at', atMs) }, news.seq);
    }
    case 'over':
      stream.send('over', {});
      return stream.end();
  }
}
