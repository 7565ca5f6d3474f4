import type { AgentRecord } from '../../src/acd/state.ts';
import type { Event, EventOf } from '../../src/model/event.ts';
import { randomStream } from '../../src/simulation/random.ts';
import { type Engine, startEngine } from './acd-engine.ts';
import { type Load, type RequirementClass, SEED, WAITING } from './acd-load.ts';
import { whole } from './acd-random.ts';

/** A centre at work on a clock of its own. What happens next is drawn by chance from the state as it is. */
export type Floor = {
  readonly engine: Engine;
  readonly nowMs: number;
  advance(ms: number): void;
  arrival(): EventOf<'contact.queued'>;
  /** The agent of some talk hangs up; undefined: nobody talks. */
  talkEnd(): EventOf<'offer.ended'> | undefined;
  /** A customer who waits hangs up; undefined: none was found. */
  abandonment(): EventOf<'contact.ended'> | undefined;
  answer(offerId: string): Event;
  /** The earliest moment that is due by now; undefined: none is. */
  due(): EventOf<'time.passed'> | undefined;
  /** Puts `count` items in line, 5 ms apart; `away`: nobody who is logged in can take one of them. */
  fill(count: number, from?: 'away'): void;
  /** Logs every agent in and answers whatever is offered. */
  open(): void;
};

const START_MS = 1_763_690_000_000;
const FILL_EVERY_MS = 5;
const GIVE_UP_AFTER_MS = 7_200_000;
const PRIORITIES = 4;
/** Tries at finding somebody by chance; the share of those who suit is never small in a bench. */
const TRIES_MAX = 1_000;

export function openFloor(load: Load): Floor {
  const random = randomStream(SEED, 0, 'floor');
  const engine = startEngine(load.site, START_MS);
  const { state } = engine;
  const agents: readonly AgentRecord[] = [...state.agents.values()];
  /** Ids of the latest items, as many as wait in a bench, for drawing one who gives up. */
  const recent: string[] = [];
  let nowMs = START_MS;
  let arrived = 0;

  function queued(classes: readonly RequirementClass[]): EventOf<'contact.queued'> {
    const { queueId, needs } = classes[whole(random, classes.length)]!;
    const contactId = `exchange-1763690000.${arrived}`;
    recent[arrived++ % WAITING] = contactId;
    return {
      kind: 'contact.queued',
      atMs: nowMs,
      contactId,
      queueId,
      priority: whole(random, PRIORITIES),
      skills: [],
      needs,
      virtualStartMs: nowMs,
      giveUpAtMs: nowMs + GIVE_UP_AFTER_MS,
    };
  }
  function due(): EventOf<'time.passed'> | undefined {
    const next = state.deadlines.next();
    return next !== undefined && next <= nowMs ? { kind: 'time.passed', atMs: next } : undefined;
  }
  const answer = (offerId: string): Event => ({ kind: 'offer.answered', atMs: nowMs, offerId });

  return {
    engine,
    get nowMs() {
      return nowMs;
    },
    advance(ms) {
      nowMs += ms;
    },
    arrival: () => queued(load.classes),
    talkEnd() {
      for (let tries = 0; tries < TRIES_MAX; tries++) {
        const work = agents[whole(random, agents.length)]!.work[0];
        if (work?.stage === 'talking')
          return { kind: 'offer.ended', atMs: nowMs, offerId: work.offerId, cause: 'hung_up' };
      }
      return undefined;
    },
    abandonment() {
      for (let tries = 0; tries < TRIES_MAX; tries++) {
        const contactId = recent[whole(random, recent.length)]!;
        if (state.items.get(contactId)?.stage !== 'waiting') continue;
        return { kind: 'contact.ended', atMs: nowMs, contactId, cause: 'hung_up', endedBy: 'customer' };
      }
      return undefined;
    },
    answer,
    due,
    fill(count, from) {
      for (let item = 0; item < count; item++) {
        nowMs += FILL_EVERY_MS;
        for (let next = due(); next; next = due()) engine.take(next);
        engine.take(queued(from === 'away' ? load.awayClasses : load.classes));
      }
    },
    open() {
      for (const { id } of agents) {
        engine.take({ kind: 'phone.changed', atMs: nowMs, agentId: id, phone: 'idle' });
        const made = engine.take({ kind: 'agent.logged_in', atMs: nowMs, agentId: id, by: 'api' });
        for (const offer of offersIn(made)) engine.take(answer(offer.offerId));
      }
    },
  };
}

export function offersIn(events: readonly Event[]): EventOf<'offer.made'>[] {
  return events.filter((event) => event.kind === 'offer.made');
}
