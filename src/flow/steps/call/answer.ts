import { defaulted } from '../../shape/object.ts';
import { duration } from '../../shape/scalars.ts';
import { YES_NO } from '../../shape/yes-no.ts';
import { stepKind } from '../../step-kind.ts';
import { refused } from '../refused.ts';

const DELAY = { minMs: 0, maxMs: 60_000 };

type Given = { readonly delayMs: number; readonly earlyMedia: boolean };

/** Answers the call. Steps that speak do so by themselves; this one is for answering earlier. */
export const answer = stepKind({
  type: 'answer',
  summary: 'Answers the call, if it is not answered yet.',
  fields: {
    delay: defaulted(
      duration(DELAY),
      0,
      'How long the flow waits after it, so that the first word of what follows is not cut off.',
    ),
    early_media: defaulted(YES_NO, false, 'Lets prompts be heard without answering. Not available yet.'),
  },
  given: ({ delay, early_media }): Given => ({ delayMs: delay, earlyMedia: early_media }),
  answers: true,
  answersFor: ({ earlyMedia }) => !earlyMedia,
  needsCustomer: true,
  outcomes: () => ['ok'],
  enter: ({ delayMs, earlyMedia }) => {
    if (earlyMedia) return refused('step.not_available', 'Prompts cannot be played before the answer yet.');
    return delayMs === 0 ? { outcome: 'ok' } : { wakeInMs: delayMs };
  },
  receive: (_given, { what }) => (what === 'time_out' ? { outcome: 'ok' } : {}),
});
