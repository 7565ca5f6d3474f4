import { defaulted } from '../../shape/object.ts';
import { duration } from '../../shape/scalars.ts';
import { stepKind } from '../../step-kind.ts';

const RINGING = { minMs: 0, maxMs: 120_000 };

/** Lets the caller hear that it rings, without answering. */
export const ring = stepKind({
  type: 'ring',
  summary: 'Lets the caller hear that it rings, without answering.',
  fields: { duration: defaulted(duration(RINGING), 0, 'How long it rings before the flow goes on.') },
  answers: false,
  needsCustomer: true,
  outcomes: () => ['ok'],
  enter: ({ duration: ringMs }, { inText }) => {
    const tell = inText ? [] : [{ kind: 'ringing.requested' as const }];
    return ringMs === 0 ? { tell, outcome: 'ok' } : { tell, wakeInMs: ringMs };
  },
  receive: (_given, { what }) => (what === 'time_out' ? { outcome: 'ok' } : {}),
});
