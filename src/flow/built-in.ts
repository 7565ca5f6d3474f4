import type { Flow } from '../model/flow-set.ts';
import type { FeatureCodes, Site } from '../model/site.ts';
import { DEFAULT_LIMITS } from './flow-fields.ts';
import type { DialParameters } from './steps/call/dial.ts';
import { NOTHING_SPECIAL, type QueueParameters } from './steps/waiting/queue-parameters.ts';

/** What an agent asked for by dialling a feature code. */
export type DialledWish =
  | { readonly wish: 'log_in' | 'log_out' | 'ready' }
  | { readonly wish: 'pause'; readonly reason: string }
  | { readonly wish: 'unknown_reason' };

/** Reads a dialled number as a feature code; undefined when it is none. */
export function dialledWish(site: Site, number: string): DialledWish | undefined {
  const codes: FeatureCodes = site.featureCodes;
  if (number === codes.login) return { wish: 'log_in' };
  if (number === codes.logout) return { wish: 'log_out' };
  if (number === codes.ready) return { wish: 'ready' };
  if (!number.startsWith(codes.pause)) return undefined;
  const digit = number.slice(codes.pause.length);
  if (digit === '') return { wish: 'pause', reason: 'pause' };
  const reason = Object.hasOwn(site.pauseReasons, digit) ? site.pauseReasons[digit] : undefined;
  return reason === undefined ? { wish: 'unknown_reason' } : { wish: 'pause', reason: reason.name };
}

const AT = 'built in';
const BUILT_IN = {
  limits: { ...DEFAULT_LIMITS, maxSteps: 10 },
  on: {},
  keys: {},
  params: {},
  constants: {},
  sensitive: [],
};
/** How long a call to an agent's own extension waits for the agent, the ringing included. */
const DIRECT_WAIT_MS = 60_000;
/** The flow of calls to agents' extensions; its variable `agent` says whose. One for all, for there may be thousands. */
export const DIRECT_FLOW = 'strowger.direct';

/** The flow of an agent's call to a queue, by its variable `queue`, and of one to a number outside, by `number`. */
export const QUEUE_FLOW = 'strowger.queue';
export const OUTSIDE_FLOW = 'strowger.outside';
/** How long a number outside rings that an agent has dialled. */
const OUTSIDE_RING_MS = 60_000;

/** Flows that every site has: those that tell an agent on the phone what a feature code did, calls to one agent, and what agents dial. */
export const BUILT_IN_FLOWS: Readonly<Record<string, Flow>> = Object.fromEntries(
  [
    sayAndHangUp('strowger.log_in', 'You are logged in.'),
    sayAndHangUp('strowger.log_out', 'You are logged out.'),
    sayAndHangUp('strowger.ready', 'You are ready.'),
    sayAndHangUp('strowger.pause', 'You are paused.'),
    sayAndHangUp('strowger.not_logged_in', 'You are not logged in.'),
    sayAndHangUp('strowger.unknown_reason', 'There is no such pause reason.'),
    sayAndHangUp('strowger.watch', 'Your phone rings in a moment.'),
    sayAndHangUp('strowger.watch_no_talk', 'This agent is not talking.'),
    sayAndHangUp('strowger.watch_not_allowed', 'You may not listen to this agent.'),
    waitFlow(DIRECT_FLOW, { queue: `@\${{ vars.agent }}`, maxWaitMs: DIRECT_WAIT_MS }),
    waitFlow(QUEUE_FLOW, { queue: `\${{ vars.queue }}` }),
    dialFlow(),
  ].map((flow) => [flow.id, flow]),
);

/** The code's confirmation flow. */
export function confirmationFlow(wish: string): string {
  return `strowger.${wish}`;
}

function sayAndHangUp(id: string, text: string): Flow {
  const prompt = [{ say: text, language: 'en' }];
  return {
    ...BUILT_IN,
    id,
    start: 'say',
    steps: {
      say: {
        id: 'say',
        type: 'play',
        with: { prompt, loop: 1, interruptKeys: [], offsetMs: 0 },
        on: {},
        next: 'end',
        at: AT,
      },
      end: { id: 'end', type: 'hangup', with: { cause: 'normal', prompt: [] }, on: {}, at: AT },
    },
  };
}

/** Waits, and is let go afterwards. */
function waitFlow(id: string, asked: Pick<QueueParameters, 'queue'> & Partial<QueueParameters>): Flow {
  const wait: QueueParameters = { ...NOTHING_SPECIAL, ...asked };
  return {
    ...BUILT_IN,
    id,
    start: 'ring',
    steps: {
      ring: { id: 'ring', type: 'queue', with: wait, on: { handled: 'end' }, next: 'busy', at: AT },
      busy: { id: 'busy', type: 'hangup', with: { cause: 'busy', prompt: [] }, on: {}, at: AT },
      end: { id: 'end', type: 'hangup', with: { cause: 'normal', prompt: [] }, on: {}, at: AT },
    },
  };
}

/** Dials, and tells by the tone of the telephone what came of it. */
function dialFlow(): Flow {
  const dial: DialParameters = {
    targets: [{ to: 'number', name: `\${{ vars.number }}` }],
    order: 'serial',
    callerId: undefined,
    ringMs: OUTSIDE_RING_MS,
    talkMs: undefined,
    music: undefined,
    whisper: [],
    confirmKey: undefined,
    record: false,
    headers: {},
    notYet: [],
  };
  const end = (id: string, cause: string) => ({ id, type: 'hangup', with: { cause, prompt: [] }, on: {}, at: AT });
  const on = { completed: 'end', failed: 'failed', unavailable: 'failed', error: 'failed' };
  return {
    ...BUILT_IN,
    id: OUTSIDE_FLOW,
    start: 'dial',
    steps: {
      dial: { id: 'dial', type: 'dial', with: dial, on, next: 'busy', at: AT },
      busy: end('busy', 'busy'),
      failed: end('failed', 'congestion'),
      end: end('end', 'normal'),
    },
  };
}
