import type { StepKind } from '../step-kind.ts';

/** Branches on a calendar of the site: its hours, holidays and exceptions, or what a supervisor forced. */
export const schedule: StepKind = {
  type: 'schedule',
  summary: 'Branches on whether a calendar is open.',
  parameters: ['calendar'],
  answers: false,
  read: (reading, fields, node) => {
    const { source } = reading;
    if (!fields.has('calendar')) {
      source.problem('key.missing', node, 'A schedule step needs "calendar", the name of a calendar in site.yaml.');
      return { calendar: '' };
    }
    const calendar = source.text(fields.get('calendar'), 'calendar');
    if (calendar !== undefined) reading.calendars.push({ name: calendar, node: fields.get('calendar') ?? null });
    return { calendar: calendar ?? '' };
  },
  outcomes: () => ['open', 'closed', 'holiday'],
  fallbacks: new Map([['holiday', 'closed']]),
  enter: (given, { openingOf }) => {
    const { open, because } = openingOf(given['calendar'] as string);
    if (open) return { outcome: 'open' };
    return { outcome: because === 'holiday' ? 'holiday' : 'closed' };
  },
};
