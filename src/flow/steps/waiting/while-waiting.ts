import type { FlowId } from '../../../model/ids.ts';
import type { Values } from '../../../model/value.ts';
import { byKind } from '../../shape/by-kind.ts';
import { defaulted, object, optional, required } from '../../shape/object.ts';
import { reference } from '../../shape/reference.ts';
import { duration } from '../../shape/scalars.ts';
import { mapped, type Shape } from '../../shape/shape.ts';
import { GIVEN_TO_FLOW } from '../logic/call-flow.ts';

/** A flow that runs while the contact waits. */
export type WhileWaiting = {
  readonly flow: FlowId;
  /** Values of its parameters; with expressions. */
  readonly with: Values;
  readonly afterMs: number;
  /** From its end to its next beginning; undefined: it runs once. */
  readonly repeatMs: number | undefined;
};

const AFTER = { minMs: 0, maxMs: 3_600_000 };
/** A flow that is over at once must not run without a pause. */
const REPEAT = { minMs: 5_000, maxMs: 3_600_000 };
const FLOW = reference('flow');

/** The id of a flow, or a map that says more. */
export const WHILE_WAITING: Shape<WhileWaiting> = byKind({
  scalar: mapped(FLOW, (flow): WhileWaiting => ({ flow, with: {}, afterMs: 0, repeatMs: undefined })),
  map: mapped(
    object({
      flow: required(FLOW, 'Id of the flow.', ''),
      with: defaulted(GIVEN_TO_FLOW, {}, "Values of that flow's `params`, with expressions of this one."),
      after: defaulted(duration(AFTER), 0, 'After how much waiting it begins.'),
      repeat: optional(duration(REPEAT), 'So long after its end it begins again; it runs once when left out.'),
    }),
    (written): WhileWaiting => ({
      flow: written.flow,
      with: written.with,
      afterMs: written.after,
      repeatMs: written.repeat,
    }),
  ),
});
