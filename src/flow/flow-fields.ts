import type { Flow, FlowLimits } from '../model/flow-set.ts';
import type { Values } from '../model/value.ts';
import { byKey } from './shape/keys.ts';
import { mapOf } from './shape/map-of.ts';
import { defaulted, object, optional, required } from './shape/object.ts';
import { LANGUAGE } from './shape/prompt.ts';
import { STEP } from './shape/reference.ts';
import { duration, text, wholeNumber } from './shape/scalars.ts';
import { mapped, type Shape } from './shape/shape.ts';
import { VALUE } from './shape/value.ts';

/** Far below the most decisions that one event may bring about (controller/decide.ts). */
const STEPS_TAKEN_MAX = 10_000;
const DAY_MS = 86_400_000;
export const DEFAULT_LIMITS: FlowLimits = { maxSteps: 1000, maxDurationMs: DAY_MS, maxDepth: 10 };

const LIMITS: Shape<FlowLimits> = mapped(
  object({
    max_steps: defaulted(
      wholeNumber({ min: 1, max: STEPS_TAKEN_MAX }),
      DEFAULT_LIMITS.maxSteps,
      'Most steps that one contact may take, against endless loops.',
    ),
    max_duration: defaulted(
      duration({ minMs: 1000, maxMs: 30 * DAY_MS }),
      DEFAULT_LIMITS.maxDurationMs,
      'How long one contact may be in its flows, the time in queues not counted.',
    ),
    max_depth: defaulted(
      wholeNumber({ min: 1, max: 50 }),
      DEFAULT_LIMITS.maxDepth,
      'How deep flows may call each other.',
    ),
  }),
  (limits) => ({ maxSteps: limits.max_steps, maxDurationMs: limits.max_duration, maxDepth: limits.max_depth }),
);

const NAMES = (entry: string, max: number) => ({
  pattern: /^[A-Za-z_][A-Za-z0-9_]{0,63}$/,
  asked: 'a name has letters, digits and _, no digit first, and at most 64 of them',
  entry: (key: string) => `${entry} ${key}`,
  max,
});

const PARAMS: Shape<Flow['params']> = mapOf(
  NAMES('Parameter', 100),
  mapped(
    object({ default: optional(VALUE, 'What it is when the caller gives nothing; without one it must be given.') }),
    (one) => (one.default === undefined ? {} : { default: one.default }),
  ),
);
const CONSTANTS: Shape<Values> = mapOf(NAMES('Constant', 500), VALUE);

/** Everything that may stand in a flow file. */
export const FLOW_FIELDS = {
  flow: optional(text(), 'Id of the flow; the name of the file without its ending when left out.'),
  description: optional(text(), 'For people.'),
  language: optional(LANGUAGE, "Language of this flow's prompts; that of the contact or the site when left out."),
  start: optional(STEP, 'The first step; the one that stands first when left out.'),
  limits: defaulted(LIMITS, DEFAULT_LIMITS, 'Guards against flows that never end.', {}),
  params: defaulted(PARAMS, {}, 'What a flow that calls this one may give; they are variables here.'),
  constants: defaulted(CONSTANTS, {}, 'Values that never change, as `constants.NAME`.'),
  on_no_input: optional(STEP, 'Where steps lead when nothing was entered and they do not say where.'),
  on_no_match: optional(STEP, 'Where steps lead when nothing that fits was entered and they do not say where.'),
  on_error: optional(STEP, 'Where errors lead of which a step says nothing; `error.code` says what it was.'),
  on_hangup: optional(STEP, 'Where the flow goes on when the customer has left; nothing is spoken there.'),
  keys: defaulted(byKey(STEP), [], 'Keys that lead somewhere from every menu and gather that does not use them.', {}),
  steps: required(mapOf(NAMES('Step', 5000), text()) as Shape<unknown>, 'The steps by name, as people read them.', []),
};
