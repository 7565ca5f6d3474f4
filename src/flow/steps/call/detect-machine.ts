import { defaulted } from '../../shape/object.ts';
import { duration, wholeNumber } from '../../shape/scalars.ts';
import { YES_NO } from '../../shape/yes-no.ts';
import { stepKind } from '../../step-kind.ts';
import { refused } from '../refused.ts';

const LISTENING = { minMs: 1000, maxMs: 60_000 };
/** The detector ends by itself; one that says nothing for so long after that has broken. */
const GRACE_MS = 2_000;

/** Tells by the first words whether a human or a machine has answered. */
export const detectMachine = stepKind({
  type: 'detect_machine',
  summary: 'Tells whether a human or a machine has answered.',
  fields: {
    timeout: defaulted(duration(LISTENING), 5_000, 'How long is listened at most.'),
    max_words: defaulted(wholeNumber({ min: 1, max: 20 }), 3, 'Who says more words in a row is a machine.'),
    wait_for_beep: defaulted(
      YES_NO,
      false,
      "Whether the end of a machine's greeting is waited for. Not available yet.",
    ),
  },
  answers: true,
  needsCustomer: true,
  channels: ['voice'],
  outcomes: () => ['human', 'machine', 'fax', 'unknown'],
  enter: ({ timeout: listenMs, max_words: words, wait_for_beep: untilBeep }) => {
    if (untilBeep) return refused('step.not_available', "The end of a machine's greeting cannot be waited for yet.");
    return { tell: [{ kind: 'detection.asked', listenMs, words }], wakeInMs: listenMs + GRACE_MS };
  },
  receive: (_given, happening) => {
    if (happening.what === 'detected') return { outcome: happening.verdict, wakeInMs: null };
    return happening.what === 'time_out' ? { outcome: 'unknown' } : {};
  },
});
