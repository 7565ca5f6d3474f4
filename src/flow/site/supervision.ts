import { DEFAULT_SUPERVISION } from '../../model/call/defaults.ts';
import type { SupervisionRule } from '../../model/site.ts';
import { defaulted, object } from '../shape/object.ts';
import type { Shape } from '../shape/shape.ts';
import { YES_NO } from '../shape/yes-no.ts';

/** How supervisors listen to talks; who may, the agents say (`supervises`). */
export const SUPERVISION: Shape<SupervisionRule> = object({
  announced: defaulted(
    YES_NO,
    DEFAULT_SUPERVISION.announced,
    'Whether agent and customer hear a tone when somebody begins to listen to them.',
    false,
  ),
});
