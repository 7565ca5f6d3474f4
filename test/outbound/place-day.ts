import type { EndCause, Event } from '../../src/model/event.ts';
import { flowSet, Rooms } from '../controller/hall-state.ts';
import { ofKind, siteWith } from './centre.ts';

// A centre in which callers wait, leave the queue for a callback by a key, and are called back, once or more often.

const FLOW = `
steps:
  wait: { type: queue, queue: sales, exit_keys: { "1": back }, next: end }
  back:
    type: callback
    queue: sales
    offer: false
    confirm_number: false
    retry_delay: 1m
    attempts: 3
    on: { accepted: end, error: end }
    next: wait
  end: { type: hangup }
`;

export const TRUNK = {
  id: 'out',
  host: 'sip.example.com',
  port: 5060,
  transport: 'udp',
  username: null,
  register: false,
  from: [],
  srtp: 'no',
  codecs: ['ulaw'],
  video: false,
  callsMax: 1000,
} as const;

export type Happening = { readonly what: What; readonly which: number; readonly ms: number };
export const WHAT = [
  ...(['arrive', 'arrive', 'arrive', 'leave for a callback', 'leave for a callback', 'hang up'] as const),
  ...(['agent answers', 'agent answers', 'agent answers', 'agent hangs up', 'customer hangs up'] as const),
  ...(['customer answers', 'customer answers', 'customer is busy', 'customer is away', 'pass', 'pass'] as const),
] as const;
type What = (typeof WHAT)[number];

const AGENTS = ['a1', 'a2', 'a3'];

/** The real rooms together, and a plain oracle beside them that notes who waits since when. */
export class PlaceDay {
  readonly rooms: Rooms;
  /** Live calls and callbacks that were overtaken by one that came to wait later. */
  readonly inversions: string[] = [];
  /** Who is in the queue, or with an agent, since when; who of these waits; and whom an offer was for. */
  readonly #inQueue = new Map<string, number>();
  readonly #waiting = new Set<string>();
  readonly #offered = new Map<string, string>();
  #calls = 0;

  constructor() {
    const base = siteWith(Object.fromEntries(AGENTS.map((id) => [id, {}])), {
      sales: { notAnswered: RESTS, answerWithinMs: 10_000 },
    });
    const outgoing = { ...base.outgoing, callsMax: 10_000 };
    const site = { ...base, outgoing, trunks: { out: TRUNK } };
    this.rooms = new Rooms(flowSet(site, 'v1', FLOW));
    for (const agentId of AGENTS) this.rooms.readyAgent(agentId);
  }

  do({ what, which, ms }: Happening): void {
    const { rooms } = this;
    const { acd, calls, contacts } = rooms.state;
    const atMs = rooms.nowMs;
    const pick = <T>(all: readonly T[]): T | undefined => all[which % Math.max(1, all.length)];
    const offers = [...acd.offers.values()];
    const legs = [...calls.calls].flatMap(([contactId, call]) =>
      [...call.legs.values()].flatMap(({ legId, purpose, answeredAtMs }) =>
        purpose === 'contact' && answeredAtMs === null ? [{ contactId, legId }] : [],
      ),
    );
    switch (what) {
      case 'arrive': {
        const contactId = `c${++this.#calls}`;
        const about = {
          contactId,
          legId: contactId,
          channel: 'voice',
          from: `0301${this.#calls}00`,
          to: '100',
        } as const;
        this.#take({ kind: 'contact.arrived', atMs, ...about });
        return this.#take({ kind: 'contact.answered', atMs, contactId });
      }
      case 'leave for a callback': {
        const caller = pick(
          [...acd.items.values()].filter((one) => one.channel === 'voice' && one.stage !== 'talking'),
        );
        if (caller) this.#take({ kind: 'digit.received', atMs, contactId: caller.contactId, digit: '1' });
        return;
      }
      case 'hang up':
      case 'customer hangs up': {
        const here = [...contacts.values()].filter(({ orderId, endedAtMs }) => orderId === null && endedAtMs === null);
        const caller = pick(here);
        if (caller) this.#end(caller.id, 'hung_up');
        return;
      }
      case 'agent answers': {
        const offer = pick(offers.filter(({ answeredAtMs }) => answeredAtMs === null));
        if (offer) this.#take({ kind: 'offer.answered', atMs, offerId: offer.id });
        return;
      }
      case 'agent hangs up': {
        const offer = pick(offers.filter(({ answeredAtMs }) => answeredAtMs !== null));
        if (offer) this.#take({ kind: 'offer.ended', atMs, offerId: offer.id, cause: 'hung_up' });
        return;
      }
      case 'pass':
        return this.#pass(ms);
      default: {
        const leg = pick(legs);
        if (!leg) return;
        const { contactId, legId } = leg;
        if (what === 'customer answers') return this.#take({ kind: 'leg.answered', atMs, contactId, legId });
        const cause = what === 'customer is busy' ? 'busy' : 'no_answer';
        return this.#take({ kind: 'leg.ended', atMs, contactId, legId, cause });
      }
    }
  }

  /** Who was called back, and how often it was tried. */
  count(kind: 'order.placed' | 'order.attempted' | 'contact.connected'): number {
    return ofKind(this.rooms.journal, kind).length;
  }

  #end(contactId: string, cause: EndCause): void {
    this.#take({ kind: 'contact.ended', atMs: this.rooms.nowMs, contactId, cause, endedBy: 'customer' });
  }

  #pass(ms: number): void {
    const end = this.rooms.nowMs + ms;
    const { acd, flow, calls, outbound } = this.rooms.state;
    for (;;) {
      const next = Math.min(...[acd, flow, calls, outbound].map(({ deadlines }) => deadlines.next() ?? Infinity));
      if (next > end) break;
      this.rooms.nowMs = Math.max(this.rooms.nowMs, next);
      this.#take({ kind: 'time.passed', atMs: this.rooms.nowMs });
    }
    this.rooms.nowMs = end;
  }

  #take(event: Event): void {
    const batch = this.rooms.take(event);
    for (const one of batch) this.#note(one);
    // A phone that was asked to hang up does so at once.
    for (const { contactId } of ofKind(batch, 'hangup.requested')) {
      if (this.rooms.state.contacts.get(contactId)?.endedAtMs === null) this.#hungUp(contactId);
    }
  }

  #hungUp(contactId: string): void {
    const { contacts, calls } = this.rooms.state;
    const atMs = this.rooms.nowMs;
    const legId = contacts.get(contactId)?.orderId === null ? null : calls.calls.get(contactId)?.customerLegId;
    if (legId == null) this.#end(contactId, 'hung_up');
    else this.#take({ kind: 'leg.ended', atMs, contactId, legId, cause: 'hung_up' });
  }

  #note(event: Event): void {
    switch (event.kind) {
      case 'contact.queued':
        this.#inQueue.set(event.contactId, event.virtualStartMs);
        this.#waiting.add(event.contactId);
        return;
      case 'contact.dequeued':
        this.#waiting.delete(event.contactId);
        if (event.reason !== 'answered') this.#inQueue.delete(event.contactId);
        return;
      case 'contact.handled':
        this.#inQueue.delete(event.contactId);
        return;
      case 'offer.made':
        this.#waiting.delete(event.contactId);
        this.#offered.set(event.offerId, event.contactId);
        for (const contactId of this.#waiting) {
          if (this.#sinceOf(contactId) < this.#sinceOf(event.contactId)) {
            this.inversions.push(`${contactId} was overtaken by ${event.contactId}`);
          }
        }
        return;
      case 'offer.expired':
      case 'offer.withdrawn':
      case 'contact.requeued': {
        const contactId = this.#offered.get(event.offerId)!;
        if (this.#inQueue.has(contactId)) this.#waiting.add(contactId);
      }
    }
  }

  #sinceOf(contactId: string): number {
    return this.#inQueue.get(contactId)!;
  }
}

const REST = { action: 'rest', restMs: 2000 } as const;
const RESTS = { no_answer: REST, busy: REST, rejected: REST, unavailable: REST, failed: REST };
