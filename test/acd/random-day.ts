import fc from 'fast-check';
import type { AcdState } from '../../src/acd/state.ts';
import type { Channel } from '../../src/model/channel.ts';
import type { EndCause, Event, PhoneState } from '../../src/model/event.ts';
import type { Needs } from '../../src/model/needs.ts';
import type { Site } from '../../src/model/site.ts';
import { AGENT_IDS, LABELS, QUEUE_IDS, randomNeeds, randomSite, record, seldom } from './random-site.ts';

/**
 * A day as data: what happens outside of the engine, in the order in which it happens. Numbers point at whatever is there at
 * the time (the third offer that rings, modulo how many ring), so a day stays a day when fast-check leaves parts of it out.
 */
export type Happening =
  | { readonly what: 'contact'; readonly about: Arrival }
  | { readonly what: 'pass'; readonly ms: number }
  /** The clock was not looked at for so long: everything that became due meanwhile is found at once. */
  | { readonly what: 'jump'; readonly ms: number }
  | { readonly what: 'answer'; readonly which: number }
  | { readonly what: 'agent hangs up' | 'customer hangs up' | 'cannot be joined'; readonly which: number }
  | { readonly what: 'leg fails'; readonly which: number; readonly cause: EndCause }
  | { readonly what: 'logs in' | 'logs out' | 'ready'; readonly agent: number }
  | { readonly what: 'pauses'; readonly agent: number; readonly reason: string }
  | { readonly what: 'phone'; readonly agent: number; readonly phone: PhoneState }
  | { readonly what: 'ends wrap-up' | 'extends wrap-up'; readonly which: number }
  | { readonly what: 'door'; readonly open: boolean }
  | { readonly what: 'site'; readonly which: number }
  | { readonly what: 'calendar'; readonly forced: 'open' | 'closed' | null }
  /** Something that happened before is told once more. */
  | { readonly what: 'again'; readonly which: number }
  | { readonly what: 'unknown'; readonly which: number };

export type Arrival = {
  readonly queue: string;
  readonly channel: Channel;
  readonly label: string | null;
  readonly priority: number;
  readonly skills: readonly string[];
  readonly needs: Needs;
  readonly customer: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly preferred: { readonly agentIds: readonly string[]; readonly forMs: number } | null;
  /** A callback or a contact that comes back: it waits since then. */
  readonly earlierMs: number;
  readonly dueInMs: number | null;
  readonly giveUpInMs: number | null;
};

const arrival: fc.Arbitrary<Arrival> = record({
  queue: fc.oneof(
    { weight: 15, arbitrary: fc.constantFrom<string>(...QUEUE_IDS) },
    { weight: 1, arbitrary: fc.constantFrom<string>('@a1', '@a2', 'nowhere', '@nobody') },
  ),
  channel: fc.constantFrom<Channel>('voice', 'voice', 'voice', 'chat', 'email', 'callback', 'task'),
  label: seldom(fc.constantFrom<string>(...LABELS)),
  priority: fc.constantFrom(0, 0, 0, 1, 5, -2),
  skills: fc.constantFrom<readonly string[]>([], [], [], ['german']),
  needs: randomNeeds,
  customer: seldom(fc.constantFrom('x', 'y')),
  attributes: fc.constantFrom<Readonly<Record<string, string>>>({}, { product: 'phone' }, { product: 'book' }),
  preferred: seldom(
    record({ agentIds: fc.subarray<string>([...AGENT_IDS, 'gone']), forMs: fc.constantFrom(5000, 60_000) }),
  ),
  earlierMs: fc.constantFrom(0, 0, 0, 1, 45_000, 7_200_000),
  dueInMs: seldom(fc.constantFrom(1000, 600_000)),
  giveUpInMs: seldom(fc.constantFrom(1, 20_000, 900_000)),
});

const which = fc.nat({ max: 7 });
const agent = fc.nat({ max: AGENT_IDS.length - 1 });
const some = <T>(weight: number, arbitrary: fc.Arbitrary<T>): fc.WeightedArbitrary<T> => ({ weight, arbitrary });

export const randomHappening: fc.Arbitrary<Happening> = fc.oneof(
  some<Happening>(12, record({ what: fc.constant('contact'), about: arrival })),
  some<Happening>(
    8,
    record({
      what: fc.constant('pass'),
      ms: fc.constantFrom(0, 0, 1, 500, 1000, 1000, 3000, 4000, 5000, 20_000, 60_000, 600_000),
    }),
  ),
  some<Happening>(1, record({ what: fc.constant('jump'), ms: fc.constantFrom(1, 30_000, 7_200_000) })),
  some<Happening>(20, record({ what: fc.constant('answer'), which })),
  some<Happening>(5, record({ what: fc.constantFrom('agent hangs up', 'customer hangs up'), which })),
  some<Happening>(1, record({ what: fc.constant('cannot be joined'), which })),
  some<Happening>(
    3,
    record({
      what: fc.constant('leg fails'),
      which,
      cause: fc.constantFrom<EndCause>('no_answer', 'busy', 'rejected', 'unavailable', 'failed', 'lost', 'hung_up'),
    }),
  ),
  some<Happening>(5, record({ what: fc.constantFrom('logs in', 'ready'), agent })),
  some<Happening>(1, record({ what: fc.constant('logs out'), agent })),
  some<Happening>(
    1,
    record({
      what: fc.constant('pauses'),
      agent,
      reason: fc.constantFrom('lunch', 'coffee', 'smoke', 'talk', 'none'),
    }),
  ),
  some<Happening>(
    3,
    record({
      what: fc.constant('phone'),
      agent,
      phone: fc.constantFrom<PhoneState>('idle', 'idle', 'busy', 'unreachable'),
    }),
  ),
  some<Happening>(2, record({ what: fc.constantFrom('ends wrap-up', 'extends wrap-up'), which })),
  some<Happening>(1, record({ what: fc.constant('door'), open: fc.constantFrom(true, true, false) })),
  some<Happening>(1, record({ what: fc.constant('site'), which: fc.nat({ max: 1 }) })),
  some<Happening>(1, record({ what: fc.constant('calendar'), forced: fc.constantFrom('open', 'closed', null) })),
  some<Happening>(2, record({ what: fc.constant('again'), which })),
  some<Happening>(1, record({ what: fc.constant('unknown'), which })),
);

/** Two sites, of which the first is in service at the start, who is there then, and what happens. */
export type RandomDay = {
  readonly sites: readonly [Site, Site];
  readonly present: readonly number[];
  readonly happenings: readonly Happening[];
};

export const randomDay: fc.Arbitrary<RandomDay> = record({
  sites: fc.tuple(randomSite, randomSite),
  present: fc.oneof(fc.constant([0, 1, 2, 3, 4]), fc.subarray([0, 1, 2, 3, 4])),
  happenings: fc.array(randomHappening, { minLength: 10, maxLength: 80, size: 'max' }),
});

/** The event that a happening is at this moment; undefined when there is nothing that it could be about. */
export function eventOf(
  state: AcdState,
  happening: Happening,
  day: RandomDay,
  count: number,
  atMs: number,
): Event | undefined {
  switch (happening.what) {
    case 'contact':
      return queued(happening.about, count, atMs);
    case 'answer':
    case 'leg fails': {
      const offerId = nth(
        [...state.offers.values()].filter((offer) => offer.answeredAtMs === null),
        happening.which,
      )?.id;
      if (offerId === undefined) return undefined;
      if (happening.what === 'answer') return { kind: 'offer.answered', atMs, offerId };
      return { kind: 'offer.failed', atMs, offerId, cause: happening.cause };
    }
    case 'agent hangs up':
    case 'cannot be joined': {
      const offer = nth(
        [...state.offers.values()].filter(({ answeredAtMs }) => answeredAtMs !== null),
        happening.which,
      );
      if (!offer) return undefined;
      if (happening.what === 'agent hangs up')
        return { kind: 'offer.ended', atMs, offerId: offer.id, cause: 'hung_up' };
      return { kind: 'connection.failed', atMs, contactId: offer.contactId, offerId: offer.id };
    }
    case 'customer hangs up': {
      const contactId = nth([...state.items.keys()], happening.which);
      return contactId === undefined
        ? undefined
        : { kind: 'contact.ended', atMs, contactId, cause: 'hung_up', endedBy: 'customer' };
    }
    case 'site': {
      const site = day.sites[happening.which]!;
      return { kind: 'flows.loaded', atMs, flows: { version: `v${happening.which}`, site, flows: {}, tables: {} } };
    }
    case 'door':
      return happening.open
        ? { kind: 'door.agreed', atMs, door: 'voice' }
        : { kind: 'door.lost', atMs, door: 'voice', reason: 'cut' };
    case 'calendar':
      return { kind: 'calendar.forced', atMs, calendarId: 'office', forced: happening.forced, by: 'api' };
    case 'unknown':
      return nth(unknown(atMs), happening.which);
    default:
      return agentEvent(state, happening, atMs);
  }
}

function agentEvent(state: AcdState, happening: Happening, atMs: number): Event | undefined {
  switch (happening.what) {
    case 'logs in':
      return { kind: 'agent.logged_in', atMs, agentId: AGENT_IDS[happening.agent]!, by: 'api' };
    case 'logs out':
      return { kind: 'agent.logged_out', atMs, agentId: AGENT_IDS[happening.agent]!, by: 'api' };
    case 'ready':
      return { kind: 'agent.readied', atMs, agentId: AGENT_IDS[happening.agent]!, by: 'api' };
    case 'pauses':
      return { kind: 'agent.paused', atMs, agentId: AGENT_IDS[happening.agent]!, reason: happening.reason, by: 'api' };
    case 'phone':
      return { kind: 'phone.changed', atMs, agentId: AGENT_IDS[happening.agent]!, phone: happening.phone };
    case 'ends wrap-up':
    case 'extends wrap-up': {
      const wrapUps = [...state.agents.values()].flatMap(({ id, work }) =>
        work.filter(({ stage }) => stage === 'wrap_up').map((one) => ({ id, one })),
      );
      const found = nth(wrapUps, happening.which);
      if (!found) return undefined;
      const { id: agentId, one } = found;
      if (happening.what === 'ends wrap-up')
        return { kind: 'agent.wrap_up_ended', atMs, agentId, contactId: one.contactId };
      return {
        kind: 'agent.wrap_up_extended',
        atMs,
        agentId,
        contactId: one.contactId,
        untilMs: (one.untilMs ?? atMs) + 10_000,
      };
    }
    default:
      return undefined;
  }
}

function queued(about: Arrival, count: number, atMs: number): Event {
  const { channel, label, customer, preferred, priority, skills, needs, attributes } = about;
  return {
    kind: 'contact.queued',
    atMs,
    contactId: `c${count}`,
    queueId: about.queue,
    channel,
    ...(label === null ? {} : { label }),
    attributes,
    ...(customer === null ? {} : { customer }),
    priority,
    skills,
    needs,
    ...(preferred === null ? {} : { preferred: { agentIds: preferred.agentIds, untilMs: atMs + preferred.forMs } }),
    virtualStartMs: atMs - about.earlierMs,
    ...(about.dueInMs === null ? {} : { deadlineMs: atMs + about.dueInMs }),
    ...(about.giveUpInMs === null ? {} : { giveUpAtMs: atMs + about.giveUpInMs }),
  };
}

function unknown(atMs: number): Event[] {
  const [offerId, contactId, agentId] = ['never.o1', 'never', 'nobody'];
  return [
    { kind: 'offer.answered', atMs, offerId },
    { kind: 'offer.failed', atMs, offerId, cause: 'busy' },
    { kind: 'offer.ended', atMs, offerId, cause: 'hung_up' },
    { kind: 'contact.ended', atMs, contactId, cause: 'hung_up', endedBy: 'customer' },
    { kind: 'connection.failed', atMs, contactId, offerId },
    { kind: 'agent.logged_in', atMs, agentId, by: 'api' },
    { kind: 'phone.changed', atMs, agentId, phone: 'idle' },
    { kind: 'agent.wrap_up_ended', atMs, agentId, contactId },
  ];
}

export function nth<T>(list: readonly T[], which: number): T | undefined {
  return list.length === 0 ? undefined : list[which % list.length];
}
