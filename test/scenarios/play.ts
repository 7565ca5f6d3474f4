import type { Event } from '../../src/model/event.ts';
import { Dispatcher } from '../acd/dispatcher.ts';
import { clock, inWords, standing } from './in-words.ts';
import { readAction } from './read-action.ts';
import { type Row, type Story, StoryError } from './read-story.ts';

/** Plays a story on the engine; throws a StoryError at the first row that does not come true. */
export function play({ file, sites, rows }: Story): void {
  const first = rows[0]!;
  const acd = new Dispatcher(sites.get('')!);
  acd.nowMs = first.atMs;
  const offers = new Map<string, readonly [string, string]>();
  const tell = (events: readonly Event[]): string[] => {
    for (const event of events)
      if (event.kind === 'offer.made') offers.set(event.offerId, [event.contactId, event.agentId]);
    return events.flatMap((event) => inWords(event, offers) ?? []);
  };
  for (const row of rows) {
    // What is due at the moment of the row belongs to it; what is due before it should have had a row of its own.
    const early = tell(acd.pass(Math.max(0, row.atMs - 1 - acd.nowMs)));
    if (early.length > 0) fail(file, row, acd, `before ${clock(row.atMs)} this happened: ${early.join('; ')}`);
    const followed = acd.pass(row.atMs - acd.nowMs);
    const events = readAction(acd.state, sites, row.who, row.does, row.atMs);
    if (typeof events === 'string') throw new StoryError(file, row.line, events);
    const got = tell([...followed, ...events.flatMap((event) => acd.take(event))]);
    if (got.join('; ') === row.expected.join('; ')) continue;
    fail(file, row, acd, `expected: ${row.expected.join('; ') || 'nothing'}\n  got: ${got.join('; ') || 'nothing'}`);
  }
}

function fail(file: string, row: Row, acd: Dispatcher, message: string): never {
  throw new StoryError(file, row.line, `${message}\n${standing(acd.state)}`);
}
