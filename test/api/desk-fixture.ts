import { createCallControl } from '../../src/controller/call-control/control-calls.ts';
import { createTelephony } from '../../src/controller/call-control/telephony.ts';
import { createConversations } from '../../src/controller/chat/create-conversations.ts';
import { createDecisionsDesk } from '../../src/controller/decisions/decisions-desk.ts';
import type {
  AgentState,
  AgentView,
  AgentWish,
  CalendarView,
  Desk,
  EntryRange,
  Health,
} from '../../src/controller/desk.ts';
import { createEmergencyStop } from '../../src/controller/emergency/stop.ts';
import { createLists } from '../../src/controller/outbound/ask-lists.ts';
import { createOrders } from '../../src/controller/outbound/ask-orders.ts';
import { createRecordings } from '../../src/controller/recordings/create-recordings.ts';
import { createTranscriptions } from '../../src/controller/transcription/create-transcriptions.ts';
import { createSupervision } from '../../src/controller/watch/supervise.ts';
import { JournalError } from '../../src/journal/errors.ts';
import type { Event, EventOf, JournalEntry } from '../../src/model/event.ts';
import { failed, ok } from '../../src/model/failure.ts';
import type { Site } from '../../src/model/site.ts';
import { PLAIN_QUEUE, site as siteOf } from '../acd/site.ts';
import { Rooms } from '../controller/hall-state.ts';
import { HallOfRooms } from '../controller/talking-hall.ts';
import { ListsInMemory } from '../outbound/lists-in-memory.ts';
import { VaultInMemory } from '../recordings/vault-in-memory.ts';

/** 2026-11-20T09:00:00.000Z */
export const NINE = 1_795_165_200_000;

const sales = {
  ...PLAIN_QUEUE,
  id: 'sales',
  name: 'Sales',
  wrapUp: { mode: 'timed', ms: 10_000, extendMs: 0, extensionsMax: 0, results: [] },
} as const;

export const site: Site = {
  ...siteOf(
    {
      anna: { name: 'Anna', extension: '201', skills: ['english'], queues: ['sales'] },
      ben: { name: 'Ben', extension: '202', queues: ['sales', 'support'] },
    },
    { sales, support: { ...sales, id: 'support', name: 'Support' } },
  ),
  name: 'Test centre',
  numbers: [{ number: '100', flow: 'welcome' }],
  featureCodes: { login: '*21', logout: '*22', pause: '*23', ready: '*24', watch: '*25' },
};

/** One call that was answered by Ben after Anna's phone rang in vain. */
export const answeredCall: readonly Event[] = [
  { kind: 'contact.arrived', atMs: NINE, contactId: 'c1', channel: 'voice', legId: 'l1', from: '5550100', to: '100' },
  { kind: 'flow.started', atMs: NINE + 1, contactId: 'c1', flowId: 'welcome', version: 'v1' },
  { kind: 'contact.answered', atMs: NINE + 400, contactId: 'c1' },
  { kind: 'digit.received', atMs: NINE + 2_000, contactId: 'c1', digit: '7' },
  queued('c1', NINE + 3_000),
  {
    kind: 'offer.made',
    atMs: NINE + 3_001,
    offerId: 'o1',
    contactId: 'c1',
    agentId: 'anna',
    queueId: 'sales',
    deadlineMs: NINE + 9_300,
  },
  { kind: 'offer.rang', atMs: NINE + 3_100, offerId: 'o1' },
  { kind: 'offer.expired', atMs: NINE + 9_300, offerId: 'o1' },
  {
    kind: 'offer.made',
    atMs: NINE + 9_301,
    offerId: 'o2',
    contactId: 'c1',
    agentId: 'ben',
    queueId: 'sales',
    deadlineMs: NINE + 24_000,
  },
  { kind: 'offer.rang', atMs: NINE + 9_400, offerId: 'o2' },
  { kind: 'offer.answered', atMs: NINE + 13_000, offerId: 'o2' },
  { kind: 'contact.connected', atMs: NINE + 13_000, contactId: 'c1', offerId: 'o2', agentId: 'ben', queueId: 'sales' },
  dequeued('c1', NINE + 13_000, 10_000, 'answered'),
  { kind: 'contact.ended', atMs: NINE + 73_000, contactId: 'c1', cause: 'hung_up', endedBy: 'customer' },
  {
    kind: 'contact.handled',
    atMs: NINE + 73_000,
    contactId: 'c1',
    offerId: 'o2',
    agentId: 'ben',
    queueId: 'sales',
    talkMs: 60_000,
    endedBy: 'customer',
  },
  { kind: 'agent.wrap_up_started', atMs: NINE + 73_000, agentId: 'ben', contactId: 'c1', untilMs: NINE + 83_000 },
  { kind: 'contact.finished', atMs: NINE + 73_100, contactId: 'c1' },
  { kind: 'agent.wrap_up_ended', atMs: NINE + 81_000, agentId: 'ben' },
];

/** One call that gave up after 25 s, in the second quarter of an hour. */
export const abandonedCall: readonly Event[] = [
  queued('c2', NINE + 1_000_000),
  dequeued('c2', NINE + 1_025_000, 25_000, 'abandoned'),
];

export function queued(contactId: string, atMs: number, queueId = 'sales'): Event {
  return { kind: 'contact.queued', atMs, contactId, queueId, priority: 0, skills: [], virtualStartMs: atMs };
}

export function dequeued(
  contactId: string,
  atMs: number,
  waitedMs: number,
  reason: EventOf<'contact.dequeued'>['reason'],
  queueId = 'sales',
): Event {
  return { kind: 'contact.dequeued', atMs, contactId, queueId, queuedAtMs: atMs - waitedMs, waitedMs, reason };
}

export function entriesOf(events: readonly Event[]): JournalEntry[] {
  return events.map((event, place) => ({ seq: place + 1, event }));
}

export type DeskFixture = Desk & {
  health: () => Health;
  /** Asked for by the API, in order. */
  readonly asked: { agentId: string; wish: string; by: string }[];
  readonly ranges: EntryRange[];
  journalUp: boolean;
  up: boolean;
  /** When set, reading entries waits for it. */
  gate: Promise<void> | undefined;
  /** The real rooms behind `conversations`, with one agent, anna. */
  readonly rooms: Rooms;
  readonly hall: HallOfRooms;
  readonly vault: VaultInMemory;
};

const office: CalendarView = {
  id: 'office',
  timeZone: 'Europe/Berlin',
  open: true,
  because: 'hours',
  untilMs: NINE + 3_600_000,
};

const WRAP_UP: AgentView['work'][number] = {
  contactId: 'c1',
  offerId: 'o2',
  queueId: 'sales',
  channel: 'voice',
  stage: 'wrap_up',
  sinceMs: NINE,
  untilMs: NINE + 10_000,
  resultRequired: ['sold', 'not sold'],
};

const VERSION = { flows: 2, firstLoadedAtMs: NINE, loadedAtMs: NINE, pinned: false, contacts: 0 };
const versions = [
  { ...VERSION, version: 'v2', inService: true },
  { ...VERSION, version: 'v1', inService: false },
];

/** What the fixture's agents do after a wish. */
const STATES: Readonly<Record<AgentWish['wish'], AgentState>> = {
  log_in: 'ready',
  log_out: 'logged_out',
  pause: 'paused',
  ready: 'ready',
  extend_wrap_up: 'wrap_up',
  end_wrap_up: 'ready',
};

/** A desk with two agents, a waiting contact and a journal of literal entries. */
export function deskFixture(events: readonly Event[] = [...answeredCall, ...abandonedCall]): DeskFixture {
  const agents = new Map<string, AgentView>(
    Object.values(site.agents).map((agent) => [
      agent.id,
      {
        id: agent.id,
        name: agent.name,
        extension: agent.extension,
        queues: Object.keys(agent.queues),
        skills: Object.keys(agent.skills),
        skillLevels: agent.skills,
        state: 'logged_out',
        stateSinceMs: NINE,
        phone: 'idle',
        work: agent.id === 'ben' ? [WRAP_UP] : [],
        loadPercent: agent.id === 'ben' ? 100 : 0,
      },
    ]),
  );
  let calendar = office;
  const unavailable = failed('journal.unavailable', 'The journal cannot be read now.');
  const rooms = new Rooms();
  const hall = new HallOfRooms(rooms);
  const vault = new VaultInMemory(NINE);
  const desk: DeskFixture = {
    rooms,
    hall,
    conversations: createConversations(hall),
    callControl: createCallControl(hall),
    supervision: createSupervision(hall),
    emergencyStop: createEmergencyStop(hall),
    orders: createOrders(hall),
    lists: createLists(hall, new ListsInMemory()),
    vault,
    recordings: createRecordings(hall, vault),
    transcriptions: createTranscriptions(hall, { hears: ({ language }) => language.startsWith('en') }, 0),
    telephony: createTelephony(hall, {
      trunks: async () => [{ id: 'carrier', state: 'up' }],
      sendText: async () => undefined,
    }),
    asked: [],
    ranges: [],
    journalUp: true,
    up: true,
    gate: undefined,
    health: () => ({
      status: desk.up ? 'ok' : 'degraded',
      parts: { database: { up: desk.up, detail: 'PostgreSQL at a secret place', sinceMs: NINE } },
    }),
    site: () => site,
    queues: () => [
      {
        id: 'sales',
        name: 'Sales',
        strategy: 'longest_idle',
        calendar: office,
        waiting: 1,
        ringing: 0,
        talking: 0,
        overdue: 0,
        longestWaitMs: 1_500,
        agents: {
          talking: 0,
          ringing: 0,
          wrap_up: 0,
          logged_out: 2,
          paused: 0,
          unreachable: 0,
          busy: 0,
          resting: 0,
          ready: 0,
        },
        estimates: { compared: 0 },
        contacts: [
          { contactId: 'c9', channel: 'voice', position: 1, waitedMs: 1_500, overdue: false, relaxationStep: 0 },
        ],
        contactsOmitted: 0,
      },
    ],
    agents: () => [...agents.values()],
    contacts: () => [
      { id: 'c9', channel: 'voice', from: '5550109', to: '100', arrivedAtMs: NINE, stage: 'waiting', queueId: 'sales' },
    ],
    askAgent(agentId, wish, by) {
      const agent = agents.get(agentId);
      if (!agent) return failed('agent.unknown', `There is no agent ${agentId}.`);
      desk.asked.push({ agentId, wish: wish.wish, by });
      const out = agent.state === 'logged_out';
      if (out && (wish.wish === 'pause' || wish.wish === 'ready')) return failed('agent.logged_out', 'Not logged in.');
      if (wish.wish === 'pause' && wish.reason !== 'lunch') return failed('agent.reason_unknown', 'No such reason.');
      const { pauseReason: _old, ...rest } = agent;
      if (wish.wish === 'extend_wrap_up') return failed('agent.extension_refused', 'Not allowed.');
      if (wish.wish === 'end_wrap_up' && !wish.result) return failed('agent.result_required', 'A result is needed.');
      const next = { ...rest, state: STATES[wish.wish], ...(wish.wish === 'pause' && { pauseReason: wish.reason }) };
      agents.set(agentId, next);
      return ok(next);
    },
    calendars: () => [calendar],
    forceCalendar(calendarId, forced) {
      if (calendarId !== office.id) return failed('calendar.unknown', 'No such calendar.');
      const { id, timeZone } = office;
      calendar = forced === null ? office : { id, timeZone, open: forced === 'open', because: 'forced', forced };
      return ok(calendar);
    },
    flows: () => ({
      version: 'v2',
      folderVersion: 'v2',
      pinned: false,
      loads: 2,
      refusals: 1,
      refusedAtMs: NINE,
      problems: [],
      problemsOmitted: 0,
    }),
    flowVersions: async () => ok(versions),
    flowSet: async (version) =>
      version === 'v1'
        ? ok({ version, site, flows: {}, tables: {} })
        : failed('flows.version_unknown', `No flows of version ${version} were ever in service.`),
    activateFlows: async (version = 'v1') =>
      version === 'v1'
        ? ok({ ...versions[1]!, inService: true, pinned: true })
        : failed('flows.version_unknown', `No flows of version ${version} were ever in service.`),
    async story(contactId) {
      if (!desk.journalUp) return unavailable;
      const own = new Set(['o1', 'o2']);
      const found = entriesOf(events).filter(({ event }) =>
        'contactId' in event
          ? event.contactId === contactId
          : 'offerId' in event && contactId === 'c1' && own.has(event.offerId),
      );
      return found.length > 0 ? ok(found) : failed('contact.unknown', 'The journal has no such contact.');
    },
    async entries(range, visit) {
      desk.ranges.push(range);
      await desk.gate;
      if (!desk.journalUp) return unavailable;
      for (const entry of entriesOf(events)) {
        const { atMs, kind } = entry.event;
        if (atMs >= range.fromMs && atMs < range.toMs && range.kinds.includes(kind)) visit(entry);
      }
      return ok(undefined);
    },
    ...decisionsFixture(events, () => desk.journalUp),
  };
  return desk;
}

/** Decisions out of a journal of literal entries, as the real desk finds them. */
function decisionsFixture(events: readonly Event[], up: () => boolean): Pick<Desk, 'decisions' | 'agentDecisions'> {
  const answer = <T>(value: T): Promise<T> =>
    up() ? Promise.resolve(value) : Promise.reject(new JournalError('journal.unavailable', 'PostgreSQL is away.'));
  const visited = (wanted: (entry: JournalEntry) => boolean, visit: (entry: JournalEntry) => void) =>
    answer(entriesOf(events).filter(wanted).forEach(visit));
  const desk = createDecisionsDesk(
    {
      ofContact: (contactId) =>
        answer(entriesOf(events).filter(({ event }) => 'contactId' in event && event.contactId === contactId)),
      between: (fromMs, toMs, kinds, visit) =>
        visited(({ event: { atMs, kind } }) => atMs >= fromMs && atMs < toMs && kinds.includes(kind), visit),
      replay: (afterSeq, visit, lastSeq = Number.POSITIVE_INFINITY) =>
        visited(({ seq }) => seq > afterSeq && seq <= lastSeq, visit),
      snapshotBefore: () => answer(undefined),
    },
    () => site,
    () => Number.MAX_SAFE_INTEGER - 1,
  );
  return { decisions: desk.ofContact, agentDecisions: desk.ofAgent };
}
