import { apply } from '../../src/flow/apply.ts';
import { decide } from '../../src/flow/decide.ts';
import { type FlowFolder, type Loaded, loadFlows } from '../../src/flow/load.ts';
import { emptyFlowState, type FlowState, type Session } from '../../src/flow/session.ts';
import type { Event, EventOf } from '../../src/model/event.ts';
import type { OverflowTarget } from '../../src/model/queue.ts';

/** A receptionist in a test: a caller who dials, presses and hears, and a clock in the test's hand. */
export class Receptionist {
  readonly state: FlowState = emptyFlowState();
  readonly events: Event[] = [];
  readonly loggedIn = new Set<string>();
  nowMs = 1_000_000;
  /** The number from which the next caller calls. */
  from = '15551234';

  constructor(files: Record<string, string>, recordings: readonly string[] = []) {
    const { set, problems } = load(files, recordings);
    if (!set) throw new Error(problems.map((problem) => problem.message).join('\n'));
    this.take({ kind: 'flows.loaded', atMs: this.nowMs, flows: set });
  }

  take(event: Event): Event[] {
    apply(this.state, event);
    const batch: Event[] = [event];
    const agents = { loggedIn: (agentId: string) => this.loggedIn.has(agentId) };
    for (let at = 0; at < batch.length; at++) {
      decide(this.state, batch[at]!, agents, (decision) => {
        apply(this.state, decision);
        batch.push(decision);
      });
    }
    this.events.push(...batch.slice(1));
    return batch.slice(1);
  }

  call(to: string, fromAgentId?: string): Event[] {
    const about = { contactId: 'c1', channel: 'voice', legId: 'c1', from: this.from, to } as const;
    const then = this.take({
      kind: 'contact.arrived',
      atMs: this.nowMs,
      ...about,
      ...(fromAgentId ? { fromAgentId } : {}),
    });
    const asked = then.some((event) => event.kind === 'answer.requested');
    return asked ? [...then, ...this.take({ kind: 'contact.answered', atMs: this.nowMs, contactId: 'c1' })] : then;
  }

  press(digits: string): Event[] {
    return [...digits].flatMap((digit) =>
      this.take({ kind: 'digit.received', atMs: this.nowMs, contactId: 'c1', digit }),
    );
  }

  /** The dispatcher takes the contact out of its queue, because a rule of the queue sends it elsewhere. */
  overflow(target: OverflowTarget): Event[] {
    const left = { queueId: 'sales', queuedAtMs: this.nowMs, waitedMs: 0 };
    const overflow = { rule: 0, target };
    const about = { atMs: this.nowMs, contactId: 'c1', ...left, reason: 'overflow', overflow } as const;
    return this.take({ kind: 'contact.dequeued', ...about });
  }

  /** The prompt that is playing comes to its end. */
  heardOut(): Event[] {
    const promptId = this.session.promptId;
    if (promptId === null) throw new Error('no prompt is playing');
    return this.take({ kind: 'prompt.finished', atMs: this.nowMs, contactId: 'c1', promptId, result: 'done' });
  }

  pass(ms: number): Event[] {
    this.nowMs += ms;
    return this.take({ kind: 'time.passed', atMs: this.nowMs });
  }

  get session(): Session {
    const session = this.state.sessions.get('c1');
    if (!session) throw new Error('the contact is gone');
    return session;
  }
}

/** How the contact was put into a queue, the last time. */
export function queued(events: readonly Event[]): EventOf<'contact.queued'> {
  const found = events.findLast((event) => event.kind === 'contact.queued');
  if (!found) throw new Error('the contact was not queued');
  return found;
}

/** The words of all prompts among events. */
export function said(events: readonly Event[]): string[] {
  return events.flatMap((event) =>
    event.kind === 'prompt.started'
      ? event.parts.map((part) =>
          'say' in part ? part.say : 'digits' in part ? `<${part.digits}>` : JSON.stringify(part),
        )
      : [],
  );
}

export function load(
  files: Record<string, string>,
  recordings: readonly string[] = [],
  unplayable: readonly string[] = [],
): Loaded {
  const folder: FlowFolder = {
    version: 'v1',
    files: Object.entries(files).map(([path, text]) => ({ path, text })),
    recordings: new Set(recordings),
    unplayable: new Set(unplayable),
  };
  return loadFlows(folder);
}

export const SITE = `
numbers:
  "100": main
  "0800*": main
queues:
  sales: {}
agents:
  anna: { extension: "1001", queues: [sales], skills: [english] }
pause_reasons: { "1": lunch }
`;
