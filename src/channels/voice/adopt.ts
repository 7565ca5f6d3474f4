import type { Hand } from './act/hand.ts';
import type { Found } from './inventory.ts';
import { recordingOfSide } from './names.ts';
import { newSide, type Recording } from './recordings.ts';

/** What Asterisk has of a life before this one becomes known again, so that its events are understood. */
export function adopt(
  { legs, lines, recordings, watches }: Hand,
  { inventory, legs: found, watches: seen, lines: open }: Found,
): void {
  for (const leg of found) legs.add(leg);
  for (const line of open) lines.add(line);
  for (const { legId, targetLegId, snoopId } of seen) {
    const contactId = legs.get(legId)?.contactId;
    if (contactId === undefined || watches.get(legId)) continue;
    watches.set({ legId, contactId, targetLegId, mode: 'listen', snoopId });
  }
  for (const { recordingId, contactId, running, files } of inventory.calls?.recordings ?? []) {
    if (!running || recordings.get(recordingId)) continue;
    recordings.add(adopted(recordingId, contactId, files));
  }
}

/** How it was asked for is not to be seen any more: its length comes from Asterisk alone. */
function adopted(recordingId: string, contactId: string, files: readonly string[]): Recording {
  const sides = files.flatMap((name) => {
    const side = recordingOfSide(name)?.side;
    return side === undefined ? [] : [{ ...newSide(recordingId, side, ''), stage: 'running' as const }];
  });
  return { recordingId, contactId, message: undefined, sides, paused: false, stopped: false, discard: false };
}
