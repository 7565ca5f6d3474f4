import { SNAPSHOT_FORMAT } from '../../src/controller/snapshot.ts';
import type { Journal, Snapshot } from '../../src/journal/journal.ts';
import type { Event, JournalEntry } from '../../src/model/event.ts';
import type { Site } from '../../src/model/site.ts';
import { Dispatcher } from '../acd/dispatcher.ts';

/** A dispatcher whose day is kept as the journal has it, beginning with the site. */
export class JournalingDispatcher extends Dispatcher {
  readonly journal: Event[] = [];

  constructor(site: Site) {
    super(site);
    this.journal.push(
      { kind: 'flows.loaded', atMs: this.nowMs, flows: { version: 'v1', site, flows: {}, tables: {} } },
      { kind: 'door.agreed', atMs: this.nowMs, door: 'voice' },
    );
  }

  override take(event: Event): Event[] {
    const decisions = super.take(event);
    // The first event comes from the constructor above, before there is a list.
    this.journal?.push(...[event, ...decisions].filter(({ kind }) => kind !== 'time.passed'));
    return decisions;
  }
}

/** What is asked of a journal about decisions, over a list. */
export function journalInMemory(events: readonly Event[], snapshots: readonly Snapshot[] = []) {
  const entries = (): JournalEntry[] => events.map((event, place) => ({ seq: place + 1, event }));
  const replayed: number[] = [];
  const journal: Pick<Journal, 'ofContact' | 'between' | 'replay' | 'snapshotBefore'> = {
    ofContact: async (contactId) =>
      entries().filter(({ event }) =>
        'contactId' in event
          ? event.contactId === contactId
          : 'offerId' in event && event.offerId.startsWith(`${contactId}.`),
      ),
    between: async (fromMs, toMs, kinds, visit) => {
      for (const entry of entries()) {
        const { atMs, kind } = entry.event;
        if (atMs >= fromMs && atMs < toMs && kinds.includes(kind)) visit(entry);
      }
    },
    replay: async (afterSeq, visit, lastSeq = Number.POSITIVE_INFINITY) => {
      for (const entry of entries()) {
        if (entry.seq <= afterSeq || entry.seq > lastSeq) continue;
        replayed.push(entry.seq);
        visit(entry);
      }
    },
    snapshotBefore: async (seq, format) =>
      [...snapshots].reverse().find((one) => one.seq < seq && one.format === format && format === SNAPSHOT_FORMAT),
  };
  return { journal, replayed };
}
