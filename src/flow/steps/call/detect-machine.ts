import { defaulted } from '../../shape/object.ts';
import { duration, wholeNumber } from '../../shape/scalars.ts';
import { YES_NO } from '../../shape/yes-no.ts';
import { stepKind } from '../../step-kind.ts';
import { notBuilt } from '../not-built.ts';

const LISTENING = { minMs: 1000, maxMs: 60_000 };

/** Tells by the first words whether a human or a machine has answered. */
export const detectMachine = stepKind({
  ...notBuilt('Nobody can tell humans from machines yet'),
  type: 'detect_machine',
  summary: 'Tells whether a human or a machine has answered.',
  fields: {
    timeout: defaulted(duration(LISTENING), 5_000, 'How long is listened at most.'),
    max_words: defaulted(wholeNumber({ min: 1, max: 20 }), 3, 'Who says more words in a row is a machine.'),
    wait_for_beep: defaulted(YES_NO, false, "Whether the end of a machine's greeting is waited for."),
  },
  answers: true,
  needsCustomer: true,
  channels: ['voice'],
  outcomes: () => ['human', 'machine', 'fax', 'unknown'],
});
