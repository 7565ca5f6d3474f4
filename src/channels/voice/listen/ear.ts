import type { Hand } from '../act/hand.ts';
import type { Phones } from '../equipment/phones.ts';

/** What is needed to understand Asterisk's events. Some of them make the hand move at once: a snoop channel that is there is put to use. */
export type Ear = Hand & {
  readonly phones: Phones;
  /** Hangs up a leg that nobody waits for any more. */
  readonly drop: (channelId: string) => void;
};
