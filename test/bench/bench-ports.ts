/** The ports of a bench, all on 127.0.0.1, apart from those of a server and of the tests. */
export const BENCH_PORTS = {
  sip: 5200,
  callers: 5205,
  /** Phones of our agents and members of app_queue: each group is one SIPp process. */
  phones: {
    ours: { wide: 5210, narrow: 5211, spoken: 5214, passing: 5216 },
    appQueue: { wide: 5212, narrow: 5213, spoken: 5215, passing: 5217 },
  },
  /** Callers who only wait: each group of them has a port of its own from here, apart from those that are captured. */
  waiters: 5220,
  waitersMedia: 15_900,
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
/**
 * Groups of phones: `wide` has more agents than there are calls at one time, `narrow` has four; `spoken` talks for two
 * seconds with sound, and `passing` passes each call on.
 */
export type QueueName = 'wide' | 'narrow' | 'spoken' | 'passing';
/** `recorded` rings the phones of `spoken`; `silent` and `told` have no agents, and `told` tells its callers something every 5 s. */
export type NumberName = QueueName | 'recorded' | 'silent' | 'told';

export const AGENTS: Record<QueueName, number> = { wide: 40, narrow: 4, spoken: 20, passing: 10 };
export const GROUPS: readonly QueueName[] = ['wide', 'narrow', 'spoken', 'passing'];

/** What a caller dials. */
export const NUMBERS: Record<System, Record<NumberName, string>> = {
  ours: numbersFrom(8001),
  appQueue: numbersFrom(9001),
};

function numbersFrom(first: number): Record<NumberName, string> {
  const names: NumberName[] = [...GROUPS, 'recorded', 'silent', 'told'];
  return Object.fromEntries(names.map((name, place) => [name, String(first + place)])) as Record<NumberName, string>;
}

/** The users of a group's phones. */
export function phonesOf(system: System, queue: QueueName): string[] {
  return Array.from(
    { length: AGENTS[queue] },
    (_, index) => `${system === 'ours' ? 'agent' : 'member'}-${queue}-${index + 1}`,
  );
}
