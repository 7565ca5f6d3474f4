import type { Journal } from '../journal/journal.ts';
import type { Hall, HallLog } from './hall.ts';
import { toSnapshot } from './snapshot.ts';

/** A snapshot is taken when so much time went by and so many events came since the last one. */
const EVERY_MS = 30_000;
const EVENTS_MIN = 500;

/** Saves the live state now and then, so that a restart replays little; and once more at the end. */
export function keepSnapshots(hall: Hall, journal: Journal, log: HallLog): { close(): Promise<void> } {
  let savedSeq = hall.state.seq;
  let saving: Promise<void> = Promise.resolve();

  function save(): Promise<void> {
    const snapshot = toSnapshot(hall.state, hall.now());
    saving = saving
      .then(() => journal.saveSnapshot(snapshot))
      .then(
        () => {
          savedSeq = snapshot.seq;
        },
        (error: Error) => log.warn({ error: error.message }, 'A snapshot could not be saved; the journal has it all.'),
      );
    return saving;
  }

  const timer = setInterval(() => {
    if (hall.state.seq - savedSeq >= EVENTS_MIN) void save();
  }, EVERY_MS);
  return {
    close: async () => {
      clearInterval(timer);
      if (hall.state.seq > savedSeq) await save();
    },
  };
}
