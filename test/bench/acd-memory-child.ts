import type { Event } from '../../src/model/event.ts';
import { startEngine } from './acd-engine.ts';
import { FIFTY_CLASSES, makeLoad } from './acd-load.ts';

/** Memory that one waiting item takes with all that the engine keeps about it. */
export type MemoryFigures = { readonly item: string; readonly bytesEach: number };

const ITEMS = 100_000;
const START_MS = 1_763_690_000_000;
const EVERY_MS = 5;
const GIVE_UP_AFTER_MS = 7_200_000;

/** Some agents, so that a wait is estimated for each item; the few offers to them do not count. */
const load = makeLoad({ ...FIFTY_CLASSES, agents: 500 });

type Kind = { readonly item: string; readonly more: (at: number) => Partial<Event>; readonly parsed: boolean };
const KINDS: readonly Kind[] = [
  { item: 'voice, as a flow queues it', more: () => ({}), parsed: false },
  { item: 'voice, as replayed from the journal', more: () => ({}), parsed: true },
  {
    item: 'chat with customer, label and 3 attributes, as replayed',
    more: (at) => ({
      channel: 'chat',
      label: 'web',
      customer: `visitor-${at}@example.com`,
      attributes: { language: 'en', plan: 'gold', order: at },
    }),
    parsed: true,
  },
];

/** A replayed event shares nothing with the others: every string and object of it was made by the parser. */
function queuedEvent(at: number, { more, parsed }: Kind): Event {
  const { queueId, needs } = load.classes[at % load.classes.length]!;
  const atMs = START_MS + at * EVERY_MS;
  const event = {
    kind: 'contact.queued',
    atMs,
    contactId: `exchange-1763690000.${at}`,
    queueId,
    priority: at % 4,
    skills: [],
    needs,
    virtualStartMs: atMs,
    giveUpAtMs: atMs + GIVE_UP_AFTER_MS,
    ...more(at),
  } as Event;
  return parsed ? JSON.parse(JSON.stringify(event)) : event;
}

/** Heap and the buffers outside of it, after everything that can be collected is. */
function usedBytes(): number {
  globalThis.gc!();
  globalThis.gc!();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function measure(kind: Kind): MemoryFigures {
  const engine = startEngine(load.site, START_MS);
  for (const agentId of Object.keys(load.site.agents)) {
    engine.take({ kind: 'phone.changed', atMs: START_MS, agentId, phone: 'idle' });
    engine.take({ kind: 'agent.logged_in', atMs: START_MS, agentId, by: 'api' });
  }
  const before = usedBytes();
  for (let at = 0; at < ITEMS; at++) engine.take(queuedEvent(at, kind));
  const after = usedBytes();
  if (engine.state.items.size !== ITEMS) throw new Error(`${engine.state.items.size} items wait instead of ${ITEMS}`);
  return { item: kind.item, bytesEach: (after - before) / ITEMS };
}

const kind = KINDS[Number(process.argv[2])];
if (kind) process.send!(measure(kind), () => process.disconnect());
else process.disconnect();
