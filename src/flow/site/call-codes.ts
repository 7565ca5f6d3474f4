import { DEFAULT_CALL_CODES } from '../../model/call/defaults.ts';
import type { CallCodes } from '../../model/site.ts';
import { defaulted, object } from '../shape/object.ts';
import { text } from '../shape/scalars.ts';
import { checked, type Shape } from '../shape/shape.ts';

const CODE = text({
  pattern: /^\*[*0-9]{1,9}$/,
  asked: 'a code during a call begins with * and has 1 to 9 more of 0-9 and *',
});

const FIELDS = {
  hold: defaulted(CODE, DEFAULT_CALL_CODES.hold, 'Hold, and back.'),
  consult: defaulted(
    CODE,
    DEFAULT_CALL_CODES.consult,
    'Followed by a number and #: ask somebody while the customer waits.',
  ),
  back: defaulted(CODE, DEFAULT_CALL_CODES.back, 'End the question and go back to the customer.'),
  conference: defaulted(CODE, DEFAULT_CALL_CODES.conference, 'All three talk together.'),
  transfer: defaulted(
    CODE,
    DEFAULT_CALL_CODES.transfer,
    'Hand the customer to whom was asked; followed by a number and #, to that one at once.',
  ),
  record: defaulted(CODE, DEFAULT_CALL_CODES.record, 'Begin recording; pause and go on after that.'),
};

/** What agents press during a call. None may be the beginning of another: which one is meant would never show. */
export const CALL_CODES: Shape<CallCodes> = checked(object(FIELDS), (codes, tell) => {
  const entries = Object.entries(codes);
  for (const [name, code] of entries) {
    const other = entries.find(([one, begun]) => one !== name && code.startsWith(begun));
    if (!other) continue;
    tell(
      'value.choice',
      [name],
      `"${code}" begins with "${other[1]}", the code of ${other[0]}. Give each one of its own.`,
    );
    return;
  }
});
