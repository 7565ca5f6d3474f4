import type { AtMs, ContactId, QueueId } from '../model/ids.ts';
import { arrivalMoments } from './arrivals.ts';
import { type Sampler, sampler } from './distribution.ts';
import { type RandomStream, randomStream } from './random.ts';
import type { Traffic } from './scenario.ts';

/** A contact of the virtual day. What will become of it was drawn when it came, whoever serves it. */
export type VirtualContact = {
  readonly id: ContactId;
  readonly source: ContactSource;
  readonly arrivedAtMs: AtMs;
  readonly handleMs: number;
  /** How long the agent needs afterwards; infinity: until the limit of the queue. */
  readonly wrapUpMs: number;
  /** When it gives up; infinity: never. */
  readonly givesUpAtMs: AtMs;
  /** How long the first agent who is offered it lets it ring; infinity: without an answer; null: that was before. */
  firstRingMs: number | null;
  queueId: QueueId;
  stage: 'waiting' | 'talking' | 'gone';
};

/** One kind of traffic while its day is lived. */
export type ContactSource = {
  readonly traffic: Traffic;
  /** The next arrival; infinity: no more. */
  nextMs(): AtMs;
  contact(id: ContactId, atMs: AtMs): VirtualContact;
  /** How long any further agent lets it ring. */
  ringAgainMs(): number;
};

/** Every purpose has its own stream of random numbers, and draws from it once for each contact, in the order of arrival. */
export function contactSource(traffic: Traffic, seed: number, run: number): ContactSource {
  const stream = (purpose: string) => randomStream(seed, run, `${traffic.name} ${purpose}`);
  const handleMs = sampler(traffic.handle, stream('handle'));
  const patienceMs: Sampler = traffic.patience ? sampler(traffic.patience, stream('patience')) : never;
  const wrapUpMs: Sampler = traffic.wrapUp ? sampler(traffic.wrapUp, stream('wrap-up')) : never;
  const firstRingMs = ringing(traffic, stream('ring'), stream('answer'));

  const source: ContactSource = {
    traffic,
    nextMs: arrivalMoments(traffic.arrivals, stream('arrivals')),
    contact: (id, atMs) => ({
      id,
      source,
      arrivedAtMs: atMs,
      handleMs: handleMs(),
      wrapUpMs: wrapUpMs(),
      givesUpAtMs: atMs + patienceMs(),
      firstRingMs: firstRingMs(),
      queueId: traffic.queueId,
      stage: 'waiting',
    }),
    ringAgainMs: ringing(traffic, stream('ring again'), stream('answer again')),
  };
  return source;
}

function ringing(traffic: Traffic, ring: RandomStream, answer: RandomStream): Sampler {
  const lengthMs = sampler(traffic.ring, ring);
  if (traffic.notAnswered === 0) return lengthMs;
  return () => {
    const ms = lengthMs();
    return answer() < traffic.notAnswered ? Number.POSITIVE_INFINITY : ms;
  };
}

function never(): number {
  return Number.POSITIVE_INFINITY;
}
