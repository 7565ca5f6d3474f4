import type { TrunkId } from '../ids.ts';

/** A way to the public network: another SIP exchange that we register with, or that we know by its address. */
export type Trunk = {
  readonly id: TrunkId;
  readonly host: string;
  readonly port: number;
  readonly transport: 'udp' | 'tcp' | 'tls';
  /** Name to register and to authenticate with; null: known by address alone. The password is the secret `trunk_<id>` (secrets.ts). */
  readonly username: string | null;
  readonly register: boolean;
  /** Addresses or networks from which its calls come; empty: those of `host`. */
  readonly from: readonly string[];
  readonly srtp: 'no' | 'offered' | 'required';
  readonly codecs: readonly string[];
  readonly video: boolean;
  /** Most calls to it at once. */
  readonly callsMax: number;
};

/**
 * How a trunk is. `waiting`: it has not answered yet; `unreachable`: it does not answer (SIP OPTIONS, or the registration);
 * `rejected`: it refuses our registration; `unusable`: something is missing here, which `reason` tells.
 */
export type TrunkState = 'up' | 'waiting' | 'unreachable' | 'rejected' | 'unusable';
export type TrunkStatus = {
  readonly id: TrunkId;
  readonly state: TrunkState;
  /** Set with `unusable`: `password_missing`, `tls_off`, or `refused` (Asterisk cannot take what site.yaml says of it). */
  readonly reason?: 'password_missing' | 'tls_off' | 'refused';
};

/** The name of the secret that is the trunk's password. */
export function secretOfTrunk(id: TrunkId): string {
  return `trunk_${id}`;
}

/** What may be dialled to the outside, and by whom it is carried. Everything else is refused. */
export type Outgoing = {
  readonly rules: readonly OutgoingRule[];
  /** The number that is shown where the rule has none. */
  readonly callerId: string;
  /** Numbers that an agent, flow or order may show instead. */
  readonly callerIds: readonly string[];
  /** Prefix of the country, such as +49: numbers that begin with one 0 are of it. */
  readonly country: string;
  /** Limits against toll fraud, of the whole site: calls at once, and cost a day (midnight in the site's zone) in the site's own unit. */
  readonly callsMax: number;
  readonly costPerDayMax: number;
};

export type OutgoingRule = {
  /**
   * Beginning of the number in its international form, such as +49, or + for all; the longest that fits is taken. Without a
   * plus it is a short number such as 112, which is meant as a whole and to which no limit applies.
   */
  readonly prefix: string;
  /** In the order in which they are tried. Empty: such numbers are not dialled. */
  readonly trunks: readonly TrunkId[];
  readonly callerId: string | null;
  readonly costPerMinute: number;
  /** Taken from the front, then put in front, before the trunk sees it. */
  readonly strip: number;
  readonly add: string;
};

/** Who may not be dialled for nothing said: nobody. */
export const NO_OUTGOING: Outgoing = {
  rules: [],
  callerId: '',
  callerIds: [],
  country: '',
  callsMax: 10,
  costPerDayMax: 50,
};

/** What those who wait hear: files that are played in order or at random, or a stream of the network. */
export type MusicClass = {
  readonly id: string;
  /** Under the flows folder; empty where it is a stream. */
  readonly files: readonly string[];
  readonly shuffled: boolean;
  readonly stream: string | null;
};
