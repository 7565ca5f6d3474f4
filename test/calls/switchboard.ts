import type { CallsState } from '../../src/calls/state.ts';
import { askCall, type CallWish } from '../../src/calls/wishes.ts';
import { tasksFor } from '../../src/controller/commands.ts';
import { nextDeadline } from '../../src/controller/decide.ts';
import type { Outgoing, Trunk } from '../../src/model/call/trunk.ts';
import type { EndCause, Event, EventKind, EventOf } from '../../src/model/event.ts';
import type { Queue } from '../../src/model/queue.ts';
import type { Site } from '../../src/model/site.ts';
import { type AgentInTest, site } from '../acd/site.ts';
import { flowSet, Rooms } from '../controller/hall-state.ts';

export const TRUNK: Trunk = {
  id: 'first',
  host: '192.0.2.1',
  port: 5060,
  transport: 'udp',
  username: null,
  register: false,
  from: [],
  srtp: 'no',
  codecs: ['alaw'],
  video: false,
  callsMax: 10,
};

export const OUTGOING: Outgoing = {
  rules: [
    { prefix: '+49', trunks: ['first', 'second'], callerId: null, costPerMinute: 1, strip: 3, add: '0' },
    { prefix: '+49900', trunks: [], callerId: null, costPerMinute: 100, strip: 0, add: '' },
    { prefix: '+1', trunks: ['second'], callerId: '+15550100', costPerMinute: 0, strip: 0, add: '' },
  ],
  callerId: '+4930100',
  callerIds: ['+4930200'],
  country: '+49',
  callsMax: 10,
  costPerDayMax: 50,
};

const AGENTS: Record<string, AgentInTest> = {
  anna: { extension: '200', queues: ['sales'] },
  ben: { extension: '201', queues: ['support'] },
  carla: { extension: '202', queues: ['support'] },
};

const WRAP_UP = { mode: 'timed', ms: 10_000, extendMs: 0, extensionsMax: 0, results: [] } as const;

/** A small centre that can call outside. Anna serves sales; Ben and Carla serve support. */
export function centre(more: Partial<Site> = {}, queues: Record<string, Partial<Queue>> = {}): Site {
  const known = {
    sales: { music: 'jazz', wrapUp: WRAP_UP, ...queues['sales'] },
    support: { extension: '300', ...queues['support'] },
  };
  return site(AGENTS, known, {
    trunks: { first: TRUNK, second: { ...TRUNK, id: 'second' } },
    outgoing: OUTGOING,
    ...more,
  });
}

const FLOW = `
steps:
  choose: { type: menu, prompt: Press., options: { "1": wait }, on: { no_input: end, no_match: end } }
  wait: { type: queue, queue: sales }
  end: { type: hangup }
`;

/** All rooms together, with the words of a telephone. */
export class Switchboard extends Rooms {
  constructor(of: Site = centre(), flow = FLOW) {
    super(flowSet(of, 'v1', flow));
  }

  get calls(): CallsState {
    return this.state.calls;
  }

  /** The latest event of a kind. */
  last<K extends EventKind>(kind: K): EventOf<K> {
    const found = this.journal.findLast((event) => event.kind === kind);
    if (!found) throw new Error(`no ${kind}`);
    return found as EventOf<K>;
  }

  count(kind: EventKind): number {
    return this.journal.filter((event) => event.kind === kind).length;
  }

  /** A caller who talks with Anna; gives the id of her leg. */
  talk(contactId = 'c1'): string {
    if (!this.state.acd.agents.get('anna')?.loggedIn) this.readyAgent('anna');
    this.arrive(contactId);
    this.press(contactId, '1');
    this.answer('anna');
    this.nowMs += 10_000;
    return this.last('contact.connected').offerId;
  }

  /** What an agent asks for within the call; throws the code when it cannot be. */
  ask(wish: CallWish, contactId = 'c1'): Event[] {
    const answer = askCall(this.calls, { contactId, by: 'api', atMs: this.nowMs }, wish);
    if (!answer.ok) throw new Error(answer.failure.code);
    return answer.value ? this.take(answer.value) : [];
  }

  /** Keys at the agent's phone. */
  keys(legId: string, digits: string, contactId = 'c1'): Event[] {
    return [...digits].flatMap((digit) =>
      this.take({ kind: 'leg.pressed', atMs: this.nowMs, contactId, legId, digit }),
    );
  }

  legAnswered(legId = this.last('leg.asked').legId, contactId = 'c1'): Event[] {
    return this.take({ kind: 'leg.answered', atMs: this.nowMs, contactId, legId });
  }

  /** Who does not answer has been rung. */
  legEnded(cause: EndCause = 'hung_up', legId = this.last('leg.asked').legId, contactId = 'c1'): Event[] {
    const about = { atMs: this.nowMs, contactId, legId };
    if (cause === 'no_answer') this.take({ kind: 'leg.rang', ...about });
    return this.take({ kind: 'leg.ended', ...about, cause });
  }

  agentEnded(offerId: string): Event[] {
    return this.take({ kind: 'offer.ended', atMs: this.nowMs, offerId, cause: 'hung_up' });
  }

  customerEnds(contactId = 'c1'): Event[] {
    return this.take({ kind: 'contact.ended', atMs: this.nowMs, contactId, cause: 'hung_up', endedBy: 'customer' });
  }

  /** Lets time pass; every deadline on the way is answered at its own moment. */
  pass(ms: number): Event[] {
    const end = this.nowMs + ms;
    const before = this.journal.length;
    for (let next = nextDeadline(this.state); next !== undefined && next <= end; next = nextDeadline(this.state)) {
      this.nowMs = Math.max(this.nowMs, next);
      this.take({ kind: 'time.passed', atMs: this.nowMs });
    }
    this.nowMs = end;
    return this.journal.slice(before);
  }

  /** What the door is asked to do about these events, in order; verb and place or whom it concerns. */
  tasks(batch: readonly Event[]): string[] {
    return batch
      .flatMap((event) => tasksFor(this.state, event))
      .map((task) => {
        switch (task.do) {
          case 'join':
          case 'part':
            return `${task.do} ${task.place} ${task.legIds.map((id) => this.who(id)).join(' ')}`;
          case 'dissolve':
            return `dissolve ${task.place}`;
          case 'start_leg_music':
            return `music ${this.who(task.legId)} ${task.music}`;
          case 'dial':
          case 'drop_leg':
          case 'play_to':
          case 'speak_to':
          case 'stop_leg_music':
            return `${task.do} ${this.who(task.legId)}`;
          case 'mute':
            return `${task.muted ? 'mute' : 'unmute'} ${this.who(task.legId)}`;
          case 'ring':
            return `ring ${task.agentId}`;
          case 'connect':
          case 'release':
          case 'withdraw':
            return `${task.do} ${this.who(task.offerId)}`;
          default:
            return task.do;
        }
      });
  }

  /** A name for a leg: the agent's, `far` for one that we asked for, else the customer's. */
  who(legId: string): string {
    return this.offeredTo(legId) ?? (/\.l\d/.test(legId) ? 'far' : legId);
  }
}

export function kinds(batch: readonly Event[]): string[] {
  return batch.map(({ kind }) => kind);
}

export function only<K extends EventKind>(batch: readonly Event[], kind: K): EventOf<K> {
  const found = batch.filter((event) => event.kind === kind);
  if (found.length !== 1) throw new Error(`${found.length} times ${kind} in ${kinds(batch)}`);
  return found[0] as EventOf<K>;
}
