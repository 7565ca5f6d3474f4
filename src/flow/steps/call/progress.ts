import type { StepKind } from '../../step-kind.ts';
import { ring } from './ring.ts';

/** The same by the name that signalling has for it (RFC 3261: 180 Ringing is a provisional response of progress). */
export const progress: StepKind = {
  ...ring,
  type: 'progress',
  summary: 'Tells the caller that the call is on its way, by ringing: another word for ring.',
};
