import { DEFAULT_RECORDING } from '../../model/call/defaults.ts';
import type { RecordingRule } from '../../model/call/recording.ts';
import { byKind } from '../shape/by-kind.ts';
import { defaulted, object } from '../shape/object.ts';
import { choice, duration } from '../shape/scalars.ts';
import { mapped, named, type Shape } from '../shape/shape.ts';

const DAY_MS = 24 * 3_600_000;
const YEARS_MAX = 30;
const WHEN = choice(['always', 'demand', 'never'] as const);

const MAP = object({
  record: defaulted(WHEN, DEFAULT_RECORDING.record, 'demand: only when the agent, the flow or the API asks for it.'),
  keep: defaulted(
    duration({ minMs: DAY_MS, maxMs: YEARS_MAX * 366 * DAY_MS }),
    DEFAULT_RECORDING.keepMs,
    'How long a recording is kept.',
  ),
});

/** Which calls are recorded, and how long that is kept: a word, or a map. */
export const RECORDING: Shape<RecordingRule> = named(
  'recording',
  byKind({
    scalar: mapped(WHEN, (record): RecordingRule => ({ record, keepMs: DEFAULT_RECORDING.keepMs })),
    map: mapped(MAP, ({ record, keep }): RecordingRule => ({ record, keepMs: keep })),
  }),
);
