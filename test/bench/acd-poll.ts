import { arrivalMoments } from '../../src/simulation/arrivals.ts';
import { sampler } from '../../src/simulation/distribution.ts';
import { randomStream } from '../../src/simulation/random.ts';
import type { Scenario } from '../../src/simulation/scenario.ts';
import { Schedule } from '../../src/simulation/schedule.ts';

/** When a dispatcher without events looks at its line. */
export type PollRule =
  /** Each caller looks by itself when it comes and then every `everyMs`; after an agent did not answer it sleeps (app_queue's `retry`). */
  | { readonly by: 'caller'; readonly everyMs: number; readonly retryMs: number }
  /** One thread looks at the whole line every `everyMs`. */
  | { readonly by: 'tick'; readonly everyMs: number };

/** The calls of a scenario with one kind of traffic, from the same random numbers as the simulated day draws them from. */
export type Calls = {
  readonly agents: number;
  readonly arrivalsMs: readonly number[];
  readonly handlesMs: readonly number[];
  /** Whether the first agent lets this call ring in vain; any further one. */
  readonly firstUnanswered: readonly boolean[];
  readonly laterUnanswered: () => boolean;
  readonly answerWithinMs: number;
  readonly restMs: number;
};

type Caller = { readonly call: number; lookAtMs: number; tried: boolean; stage: 'waiting' | 'ringing' | 'answered' };

const FREED = 0;
const RANG_OUT = 1;

export function callsOf({ traffic: [traffic], seed, staff, site }: Scenario, run: number): Calls {
  const { name, arrivals, handle, notAnswered, queueId } = traffic!;
  const stream = (purpose: string) => randomStream(seed, run, `${name} ${purpose}`);
  const next = arrivalMoments(arrivals, stream('arrivals'));
  const handleMs = sampler(handle, stream('handle'));
  const [first, later] = [stream('answer'), stream('answer again')];
  const arrivalsMs: number[] = [];
  for (let atMs = next(); Number.isFinite(atMs); atMs = next()) arrivalsMs.push(atMs);
  const queue = site.queues[queueId]!;
  return {
    agents: staff.reduce((sum, { agentIds }) => sum + agentIds.length, 0),
    arrivalsMs,
    handlesMs: arrivalsMs.map(handleMs),
    firstUnanswered: arrivalsMs.map(() => first() < notAnswered),
    laterUnanswered: () => later() < notAnswered,
    answerWithinMs: queue.answerWithinMs,
    restMs: queue.restMs,
  };
}

/** How long each call waits until it is answered, in ms, when the line is polled. */
export function pollWaits(calls: Calls, rule: PollRule): Float64Array {
  const { arrivalsMs, handlesMs, answerWithinMs, restMs } = calls;
  const waitsMs = new Float64Array(arrivalsMs.length);
  const changes = new Schedule<Caller | undefined>();
  let line: Caller[] = [];
  let free = calls.agents;
  let arrived = 0;
  let nowMs = 0;

  /** One caller gets one agent, who answers at once or not at all. */
  function attempt(caller: Caller): void {
    free -= 1;
    const unanswered = caller.tried ? calls.laterUnanswered() : calls.firstUnanswered[caller.call]!;
    caller.tried = true;
    caller.stage = unanswered ? 'ringing' : 'answered';
    if (unanswered) {
      changes.add(nowMs + answerWithinMs, RANG_OUT, caller);
      changes.add(nowMs + answerWithinMs + restMs, FREED, undefined);
      return;
    }
    waitsMs[caller.call] = nowMs - arrivalsMs[caller.call]!;
    changes.add(nowMs + handlesMs[caller.call]!, FREED, undefined);
  }

  /** A caller may go when fewer stand before it, not counting those for whom it rings, than agents are free (`autofill`). */
  function look(): void {
    let before = 0;
    for (const caller of line) {
      if (caller.stage === 'ringing') continue;
      const looks = caller.lookAtMs <= nowMs;
      if (looks && rule.by === 'caller') caller.lookAtMs = nowMs + rule.everyMs;
      if (looks && before < free) attempt(caller);
      else before += 1;
    }
    line = line.filter((caller) => caller.stage !== 'answered');
  }

  function nextLookMs(): number {
    const waiting = line.filter((caller) => caller.stage === 'waiting');
    if (waiting.length === 0) return Number.POSITIVE_INFINITY;
    if (rule.by === 'caller') return Math.min(...waiting.map((caller) => caller.lookAtMs));
    return free > 0 ? Math.ceil(nowMs / rule.everyMs) * rule.everyMs : Number.POSITIVE_INFINITY;
  }

  function change(): void {
    const caller = changes.nextSubject();
    if (changes.nextKind() === FREED) free += 1;
    else if (caller) {
      caller.stage = 'waiting';
      caller.lookAtMs = nowMs + (rule.by === 'caller' ? rule.retryMs : 0);
    }
    changes.removeNext();
  }

  for (;;) {
    const arrivalMs = arrivalsMs[arrived] ?? Number.POSITIVE_INFINITY;
    nowMs = Math.min(arrivalMs, nextLookMs(), changes.nextMs());
    if (nowMs === Number.POSITIVE_INFINITY) return waitsMs;
    if (changes.nextMs() === nowMs) change();
    else if (arrivalMs === nowMs) line.push({ call: arrived++, lookAtMs: nowMs, tried: false, stage: 'waiting' });
    else look();
  }
}
