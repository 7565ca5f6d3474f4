import type { CallCodes, Site } from '../site.ts';
import type { RecordingRule } from './recording.ts';
import { NO_OUTGOING } from './trunk.ts';

const DAY_MS = 24 * 3_600_000;

export const DEFAULT_CALL_CODES: CallCodes = {
  hold: '*1',
  consult: '*2',
  back: '*3',
  conference: '*4',
  transfer: '*5',
  record: '*6',
};

export const DEFAULT_RECORDING: RecordingRule = { record: 'demand', keepMs: 90 * DAY_MS };

/** What a site is about calls beyond queues when its file says nothing of it. */
export const PLAIN_CALLS: Pick<Site, 'trunks' | 'outgoing' | 'music' | 'recording' | 'callCodes'> = {
  trunks: {},
  outgoing: NO_OUTGOING,
  music: {},
  recording: DEFAULT_RECORDING,
  callCodes: DEFAULT_CALL_CODES,
};
