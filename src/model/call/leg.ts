import type { AgentId, AtMs, ContactId, LegId, TrunkId } from '../ids.ts';

/**
 * A leg that we ask for besides those of callers who come by themselves and of offers to agents. Its id begins with its
 * contact's and a dot, then `l`, a count and a time: `<contactId>.l<count>-<time in base 36>`.
 */
export type LegPurpose =
  /** The customer of a placed contact. */
  | 'contact'
  /** Somebody whom a flow dials for the customer. */
  | 'dial'
  /** A number to which an agent hands the customer on. */
  | 'transfer'
  /** A number that an agent talks to while the customer waits. */
  | 'consult'
  /** A supervisor who watches over a talk. */
  | 'watch';

export type LegTarget =
  | { readonly to: 'agent'; readonly agentId: AgentId }
  /** A number of the public network or of the site, digits and perhaps a plus in front. */
  | { readonly to: 'number'; readonly number: string };

/** How a number is reached: by which trunk, in which form, and which number is shown there. */
export type Way = {
  readonly trunkId: TrunkId;
  /** As the trunk wants it. */
  readonly number: string;
  readonly callerId: string;
  /** Place among the trunks that may be tried for this number, from 0: after a failure the next one is tried. */
  readonly attempt: number;
};

/** What a machine detector said of who answered. */
export const VERDICTS = ['human', 'machine', 'fax', 'unknown'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What is due to happen with one leg of ours. */
export type AskedLeg = {
  readonly contactId: ContactId;
  readonly legId: LegId;
  readonly purpose: LegPurpose;
  readonly target: LegTarget;
  /** Null for agents, whose phones register here. */
  readonly way: Way | null;
  /** When it is given up if nobody answered. */
  readonly deadlineMs: AtMs;
  /** True: it counts as answered when the detector has told a human from a machine. */
  readonly detectMachine: boolean;
  /** SIP headers that go with it, each beginning with `X-`. */
  readonly headers: Readonly<Record<string, string>>;
};
