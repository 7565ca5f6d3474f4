import type { LegId } from '../../model/ids.ts';
import type { Inventory } from '../channel.ts';
import type { Hand } from './act/hand.ts';
import { beginAgain } from './act/record.ts';
import type { Found } from './inventory.ts';
import type { Leg } from './legs.ts';
import { recordingOfSide } from './names.ts';
import { newSide, type Recording } from './recordings.ts';

/** What Asterisk has of a life before this one becomes known again, so that its events are understood; what carried its sound is removed. */
export function adopt(hand: Hand, { inventory, legs: found, watches: seen, lines: open, unbegun, sound }: Found): void {
  const { legs, lines, recordings, watches } = hand;
  hand.live.sweep(sound);
  for (const leg of found) if (!legs.named(leg.legId)) adoptLeg(hand, leg);
  for (const line of open) lines.add(line);
  for (const watch of seen) {
    const contactId = legs.get(watch.legId)?.contactId;
    if (contactId !== undefined && !watches.get(watch.legId)) watches.set({ ...watch, contactId });
  }
  for (const { recordingId, contactId, running, files } of inventory.calls?.recordings ?? []) {
    if (!running || recordings.get(recordingId)) continue;
    const recording = adopted(recordingId, contactId, files);
    recordings.add(recording);
    for (const side of recording.sides) if (unbegun.has(side.name)) beginAgain(hand, recording, side);
  }
}

/**
 * What was asked for and is under way shows in no listing yet, and is not to be taken for lost. `unanswered`: the legs of which
 * Asterisk had not said whether there will be one when the listing was asked for.
 */
export function withAsked(inventory: Inventory, { legs, recordings }: Hand, unanswered: readonly LegId[]): Inventory {
  const { calls, offers } = inventory;
  if (!calls) return inventory;
  const listed = new Set([
    ...calls.recordings.map(({ recordingId }) => recordingId),
    ...calls.legs.map(({ legId }) => legId),
    ...offers.map(({ offerId }) => offerId),
  ]);
  const begun = recordings.asked().filter(({ recordingId }) => !listed.has(recordingId));
  const more = begun.map(({ recordingId, contactId }) => ({ recordingId, contactId, running: true, files: [] }));
  // One that was refused meanwhile is not known any more.
  const asked = unanswered.flatMap((legId) => (listed.has(legId) ? [] : (legs.get(legId) ?? [])));
  return {
    ...inventory,
    offers: [
      ...offers,
      ...asked.flatMap((leg) =>
        leg.role === 'agent' ? [{ offerId: leg.legId, agentId: leg.agentId, up: leg.up }] : [],
      ),
    ],
    calls: {
      ...calls,
      legs: [
        ...calls.legs.map((leg) => (isJudged(legs.get(leg.legId)) ? { ...leg, up: false } : leg)),
        ...asked.flatMap((leg) =>
          leg.role === 'asked'
            ? [{ legId: leg.legId, contactId: leg.contactId, purpose: leg.purpose, up: leg.up }]
            : [],
        ),
      ],
      recordings: [...calls.recordings, ...more],
    },
  };
}

/** One of which it is found out who answered does not count as answered yet. */
function isJudged(leg: Leg | undefined): boolean {
  return leg?.role === 'asked' && leg.judged === true;
}

function adoptLeg({ legs, prompts }: Hand, leg: Leg): void {
  legs.add(leg);
  if (leg.up) prompts.inherit(leg.contactId, leg.channelId);
}

/** How it was asked for is not to be seen any more: its length comes from Asterisk alone. */
function adopted(recordingId: string, contactId: string, files: readonly string[]): Recording {
  const sides = files.flatMap((name) => {
    const side = recordingOfSide(name)?.side;
    return side === undefined ? [] : [{ ...newSide(recordingId, side, ''), stage: 'running' as const }];
  });
  return { recordingId, contactId, message: undefined, sides, paused: false, stopped: false, discard: false };
}
