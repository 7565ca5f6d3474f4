import type { CallCodes, Site, SupervisionRule } from '../site.ts';
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

/** Said to nobody, as is usual: where the law asks for it the site says so. */
export const DEFAULT_SUPERVISION: SupervisionRule = { announced: false };

/** What a site is about calls beyond queues when its file says nothing of it. */
export const PLAIN_CALLS: Pick<Site, 'trunks' | 'outgoing' | 'music' | 'recording' | 'callCodes' | 'supervision'> = {
  trunks: {},
  outgoing: NO_OUTGOING,
  music: {},
  recording: DEFAULT_RECORDING,
  callCodes: DEFAULT_CALL_CODES,
  supervision: DEFAULT_SUPERVISION,
};
