import { PHONE_KEY } from '../../shape/keys.ts';
import { defaulted, type Fields, type ObjectOf } from '../../shape/object.ts';
import { duration } from '../../shape/scalars.ts';
import { YES_NO } from '../../shape/yes-no.ts';
import type { Taking } from './message-taking.ts';

const LENGTH = { minMs: 1000, maxMs: 3_600_000 };
const SILENCE = { minMs: 500, maxMs: 60_000 };

/** What steps share that record what the customer says. */
export const RECORDED = {
  beep: defaulted(YES_NO, true, 'Whether a tone says that it begins.'),
  max_duration: defaulted(duration(LENGTH), 180_000, 'How long it may be.'),
  min_duration: defaulted(duration({ ...LENGTH, minMs: 0 }), 1_000, 'What is shorter counts as nothing.'),
  end_silence: defaulted(duration(SILENCE), 5_000, 'So much silence ends it.'),
  terminator: defaulted(PHONE_KEY, '#', 'The key that ends it.'),
} satisfies Fields;

export function takingOf(written: ObjectOf<typeof RECORDED>): Taking {
  return {
    beep: written.beep,
    maxMs: written.max_duration,
    minMs: written.min_duration,
    silenceMs: written.end_silence,
    terminator: written.terminator,
  };
}
