import type { Event, EventKind, JournalEntry } from '../model/event.ts';
import type { AtMs, ContactId } from '../model/ids.ts';

/** The memory: every event, in order, for ever. One writer. */
export type Journal = {
  /**
   * Appends events in order and returns the place of the last one. When it returns, the events survive a `kill -9`
   * of this process; they reach PostgreSQL within about 100 ms (at once where somebody waits to read), or as soon as it is back.
   * Throws JournalFull when the bound on events that wait for PostgreSQL is reached.
   */
  append(events: readonly Event[]): number;
  /** True when new contacts should be refused because the memory is nearly full. */
  crowded(): boolean;
  /** Visits all entries after the place given, up to and with `lastSeq` where it is given, in order. */
  replay(afterSeq: number, visit: (entry: JournalEntry) => void, lastSeq?: number): Promise<void>;
  ofContact(contactId: ContactId): Promise<JournalEntry[]>;
  between(fromMs: AtMs, toMs: AtMs, kinds: readonly EventKind[], visit: (entry: JournalEntry) => void): Promise<void>;
  saveSnapshot(snapshot: Snapshot): Promise<void>;
  latestSnapshot(): Promise<Snapshot | undefined>;
  /** The newest snapshot of a format whose place is before the one given. */
  snapshotBefore(seq: number, format: number): Promise<Snapshot | undefined>;
  /** Resolves when all that was appended is in PostgreSQL. */
  flush(): Promise<void>;
  health(): { readonly up: boolean; readonly detail: string; readonly sinceMs: AtMs };
  /** Flushes within a bound, then lets go. May be called twice. */
  close(): Promise<void>;
};

/** Live state as it stood after the entry `seq`; `state` is plain JSON. `format` changes when its shape does. */
export type Snapshot = { readonly seq: number; readonly atMs: AtMs; readonly format: number; readonly state: unknown };
