/** The ports of a bench, all on 127.0.0.1, apart from those of a server and of the tests. */
export const BENCH_PORTS = {
  sip: 5200,
  callers: 5205,
  /** Phones of our agents and members of app_queue: each group is one SIPp process. */
  phones: { ours: { wide: 5210, narrow: 5211 }, appQueue: { wide: 5212, narrow: 5213 } },
  /** Everything that the capture has to see. */
  capture: { first: 5200, last: 5219 },
  http: 8220,
  ari: 8221,
  database: 54_420,
  rtp: { first: 16_000, last: 19_899 },
  /** SIPp's own RTP ports begin here; each process takes a few. */
  sippMedia: 19_900,
} as const;

/** Who is measured. */
export type System = 'ours' | 'appQueue';
/** `wide` has more agents than there are calls at one time, `narrow` has four. */
export type QueueName = 'wide' | 'narrow';

export const AGENTS: Record<QueueName, number> = { wide: 40, narrow: 4 };

/** What a caller dials. */
export const NUMBERS: Record<System, Record<QueueName, string>> = {
  ours: { wide: '8001', narrow: '8002' },
  appQueue: { wide: '9001', narrow: '9002' },
};

/** The users of a group's phones. */
export function phonesOf(system: System, queue: QueueName): string[] {
  return Array.from(
    { length: AGENTS[queue] },
    (_, index) => `${system === 'ours' ? 'agent' : 'member'}-${queue}-${index + 1}`,
  );
}
