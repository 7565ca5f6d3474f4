import { required } from '../../shape/object.ts';
import { reference } from '../../shape/reference.ts';
import { stepKind } from '../../step-kind.ts';

/** Branches on a calendar of the site: its hours, holidays and exceptions, or what a supervisor forced. */
export const schedule = stepKind({
  type: 'schedule',
  summary: 'Branches on whether a calendar is open.',
  fields: { calendar: required(reference('calendar'), 'Id of a calendar in site.yaml.', '') },
  answers: false,
  needsCustomer: false,
  outcomes: () => ['open', 'closed', 'holiday', 'forced_open', 'forced_closed'],
  fallbacks: new Map([
    ['holiday', 'closed'],
    ['forced_open', 'open'],
    ['forced_closed', 'closed'],
  ]),
  gives: () => ({
    result: { fields: { open: 'yes_no', because: 'text', holiday: 'text', until_ms: 'number' } },
  }),
  enter: ({ calendar }, context) => {
    const { open, because, holiday, untilMs } = context.openingOf(calendar);
    const result = { open, because, holiday: holiday ?? '', until_ms: untilMs };
    if (because === 'forced') return { outcome: open ? 'forced_open' : 'forced_closed', result };
    return { outcome: open ? 'open' : because === 'holiday' ? 'holiday' : 'closed', result };
  },
});
