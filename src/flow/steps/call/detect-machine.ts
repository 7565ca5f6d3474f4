import { DETECTION_GRACE_MS, GREETING } from '../../running/greeting.ts';
import { defaulted } from '../../shape/object.ts';
import { duration, wholeNumber } from '../../shape/scalars.ts';
import { YES_NO } from '../../shape/yes-no.ts';
import { stepKind } from '../../step-kind.ts';

const LISTENING = { minMs: 1000, maxMs: 60_000 };

/** Tells by the first words whether a human or a machine has answered. */
export const detectMachine = stepKind({
  type: 'detect_machine',
  summary: 'Tells whether a human or a machine has answered.',
  fields: {
    timeout: defaulted(duration(LISTENING), 5_000, 'How long is listened at most.'),
    max_words: defaulted(wholeNumber({ min: 1, max: 20 }), 8, 'Who says more words in a row is a machine.'),
    wait_for_beep: defaulted(
      YES_NO,
      false,
      "Whether the end of a machine's greeting is waited for: its beep, or a long silence.",
    ),
  },
  answers: true,
  needsCustomer: true,
  channels: ['voice'],
  outcomes: () => ['human', 'machine', 'fax', 'unknown'],
  enter: ({ timeout: listenMs, max_words: words }) => ({
    tell: [{ kind: 'detection.asked', listenMs, words }],
    wakeInMs: listenMs + DETECTION_GRACE_MS,
  }),
  receive: ({ wait_for_beep: untilBeep }, happening, { notes }) => {
    if (happening.what === 'time_out') return { outcome: notes.greeting === true ? 'machine' : 'unknown' };
    if (happening.what !== 'detected') return {};
    const { verdict } = happening;
    if (notes.greeting === true) return { outcome: 'machine', wakeInMs: null };
    if (!untilBeep || verdict !== 'machine') return { outcome: verdict, wakeInMs: null };
    notes.greeting = true;
    return { tell: [GREETING], wakeInMs: GREETING.listenMs + DETECTION_GRACE_MS };
  },
});
