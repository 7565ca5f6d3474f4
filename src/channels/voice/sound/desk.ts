import type { AriAddress } from '../ari/address.ts';
import type { AriClient } from '../ari/client.ts';
import type { SoundChannels } from './sound-channels.ts';

/** What is needed to have channels for sound made. */
export type SoundDesk = {
  readonly ari: AriClient;
  readonly app: string;
  /** Where ARI is; media sockets are at the same server. */
  readonly address: AriAddress;
  readonly channels: SoundChannels;
  now(): number;
};
