import { type HeardSide, heardSides } from '../../calls/transcription/state.ts';
import type { CallSound, Signal } from '../../channels/channel.ts';
import type { Event } from '../../model/event.ts';
import type { ContactId } from '../../model/ids.ts';
import type { Speaker } from '../../model/speech/transcription.ts';
import type { Ears } from '../../recognition/ears.ts';
import type { Follower, LiveHall } from '../hall.ts';
import { openSideEar, type SideEar } from './side-ear.ts';

/** What the transcriber needs of the hall. */
export type TranscribedHall = LiveHall & {
  follow(follower: Follower): () => void;
  signal(signal: Signal): void;
};

export type TranscriberLog = { warn(fields: object, message: string): void };

/** What hears and what is heard. */
export type Hearing = { readonly ears: Pick<Ears, 'listen'>; readonly sound: Pick<CallSound, 'tap'> };

/** Calls that are written down at once, two sides each; one more is told as failed. */
export const CALLS_MAX = 100;

/**
 * Writes down what is said in calls: keeps an ear at each side that is to be heard by the state, and at no other. It goes by how
 * things stand after each batch, so a transfer, a hold, a restart and a door that was lost need no words of their own.
 */
export function transcribe(hall: TranscribedHall, hearing: Hearing, log: TranscriberLog): { close(): void } {
  const open = new Map<ContactId, Map<Speaker, SideEar>>();

  function settle(contactId: ContactId, talkOver: boolean): void {
    const { transcription, recordings } = hall.state.calls;
    const wanted = heardSides(transcription, recordings, contactId);
    const ears = open.get(contactId);
    if (!ears && wanted.length === 0) return;
    for (const [speaker, ear] of ears ?? []) {
      const side = wanted.find((one) => one.speaker === speaker);
      if (side && sameSide(ear.side, side)) continue;
      ears?.delete(speaker);
      // What was being said when the talk ended is still told; what a pause or a hold breaks off is not.
      ear.end(talkOver || side !== undefined);
    }
    for (const side of wanted) if (!ears?.has(side.speaker)) listen(contactId, side);
    if (open.get(contactId)?.size === 0) open.delete(contactId);
  }

  function listen(contactId: ContactId, side: HeardSide): void {
    const ears = open.get(contactId) ?? new Map<Speaker, SideEar>();
    if (open.size >= CALLS_MAX && !open.has(contactId)) {
      const { speaker } = side;
      const code = 'transcription.full';
      log.warn({ code }, 'A call is not written down: as many as allowed are.');
      return void hall.enter({ kind: 'transcription.failed', atMs: hall.now(), contactId, speaker, code });
    }
    open.set(contactId, ears);
    ears.set(side.speaker, openSideEar({ hall, hearing, log, contactId, side }));
  }

  function closeAll(): void {
    for (const ears of open.values()) for (const ear of ears.values()) ear.end(false);
    open.clear();
  }

  function settleAll(): void {
    for (const contactId of [...hall.state.calls.transcription.keys()]) settle(contactId, false);
  }

  const unfollow = hall.follow({
    batch: (batch) => {
      for (const event of batch) {
        if (event.kind === 'door.lost' && event.door === 'voice') closeAll();
        // Legs and sound are there again, or for the first time.
        else if (event.kind === 'door.agreed' && event.door === 'voice') settleAll();
      }
      // Without the door there is nothing to listen to, and what is wanted is settled when it agrees again.
      if (!hall.state.calls.doorOpen) return;
      for (const [contactId, talkOver] of touched(batch)) settle(contactId, talkOver);
    },
    signal: () => undefined,
  });
  return {
    close() {
      unfollow();
      closeAll();
    },
  };
}

/** After these somebody has left. */
const TALK_OVER: ReadonlySet<Event['kind']> = new Set<Event['kind']>([
  'contact.ended',
  'contact.handled',
  'contact.requeued',
  'far_talk.ended',
]);
/** What we tell ourselves changes nobody's side. */
const OWN: ReadonlySet<Event['kind']> = new Set<Event['kind']>(['transcript.heard', 'transcription.failed']);

/** The contacts of a batch, and whether a talk of each is over by it. */
function touched(batch: readonly Event[]): ReadonlyMap<ContactId, boolean> {
  const found = new Map<ContactId, boolean>();
  for (const event of batch) {
    if (!('contactId' in event) || event.contactId === undefined || OWN.has(event.kind)) continue;
    found.set(event.contactId, (found.get(event.contactId) ?? false) || TALK_OVER.has(event.kind));
  }
  return found;
}

function sameSide(a: HeardSide, b: HeardSide): boolean {
  return a.legId === b.legId && a.language === b.language && a.agentId === b.agentId;
}
