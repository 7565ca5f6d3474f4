import { askTranscription } from '../../calls/transcription/ask.ts';
import { heardSides } from '../../calls/transcription/state.ts';
import { failed, ok } from '../../model/failure.ts';
import type { ContactId } from '../../model/ids.ts';
import type { Ears } from '../../recognition/ears.ts';
import type { Follower, LiveHall } from '../hall.ts';
import { LAST_WORDS_MS } from './side-turn.ts';
import { tellNews } from './transcript-news.ts';
import type { LiveTranscriptionView, Transcriptions } from './transcriptions.ts';

/** What is needed of the hall. */
export type FollowedHall = LiveHall & { follow(follower: Follower): () => void };

/** What was said last may come when the contact is over; after this it has come. */
const LATE_MS = LAST_WORDS_MS + 500;

/** What the desk asks about the words of calls. Without ears there is nobody to write anything down. */
export function createTranscriptions(
  hall: FollowedHall,
  ears: Pick<Ears, 'hears'> | undefined,
  lateMs = LATE_MS,
): Transcriptions {
  const follow = tellNews(hall, lateMs);
  return {
    ask(wish) {
      const { transcription, recordings, site } = hall.state.calls;
      const answer = askTranscription(transcription, recordings, site, { ...wish, atMs: hall.now() });
      if (!answer.ok) return answer;
      const event = answer.value;
      if (event?.kind === 'transcription.started' && !hearsFreely(ears, event.language)) {
        const message = 'The site has no engine that writes down what is said in this language.';
        return failed('transcription.no_engine', message, { language: event.language });
      }
      if (event) hall.enter(event);
      return ok(liveView(hall, wish.contactId));
    },
    follow,
    read: (contactId, by) => void hall.enter({ kind: 'transcript.read', atMs: hall.now(), contactId, by }),
  };
}

function hearsFreely(ears: Pick<Ears, 'hears'> | undefined, language: string): boolean {
  return ears?.hears({ language, expected: { kind: 'free' }, sensitive: false }) ?? false;
}

function liveView({ state }: FollowedHall, contactId: ContactId): LiveTranscriptionView {
  const { transcription, recordings } = state.calls;
  const running = transcription.get(contactId)?.running ?? null;
  const hearing = heardSides(transcription, recordings, contactId).map(({ speaker }) => speaker);
  return { contactId, transcribing: running !== null, language: running?.language ?? null, hearing };
}
