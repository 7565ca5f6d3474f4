import type { FastifyInstance } from 'fastify';
import type { CalendarView } from '../../controller/desk.ts';
import type { ApiContext } from '../context.ts';
import { ApiError, BODY_ERRORS } from '../errors.ts';
import { moment } from '../moments.ts';
import { idOf, keyedAnswers, listOf, shape } from '../schemas.ts';

const calendars = shape({ calendars: listOf({ $ref: 'Calendar#' }) });
const forceBody = shape({
  state: {
    type: 'string',
    enum: ['open', 'closed', 'hours'],
    description: '`hours`: by the hours, holidays and exceptions of the site again.',
  },
});

export const calendarExample = {
  id: 'office',
  timeZone: 'Europe/Berlin',
  open: true,
  because: 'hours',
  ...moment('until', 1_795_190_400_000),
};

export function calendarRoutes(app: FastifyInstance, { desk }: ApiContext): void {
  app.get(
    '/v1/calendars',
    {
      schema: {
        summary: 'All calendars, live',
        description: 'Which calendars of the site are open at this moment, why, and until when.',
        tags: ['calendars'],
        operationId: 'listCalendars',
        ...keyedAnswers('The calendars.', calendars, { calendars: [calendarExample] }, []),
      },
    },
    async () => ({ calendars: desk.calendars().map(calendarAnswer) }),
  );
  app.post<{ Params: { id: string }; Body: { state: 'open' | 'closed' | 'hours' } }>(
    '/v1/calendars/:id/force',
    {
      schema: {
        summary: 'Open or close a calendar by hand',
        description: 'It holds until it is taken back with `hours`, over restarts too. Harmless when repeated.',
        tags: ['calendars'],
        operationId: 'forceCalendar',
        params: idOf('calendar'),
        body: forceBody,
        ...keyedAnswers('The calendar as it is now.', { $ref: 'Calendar#' }, calendarExample, [
          'request.invalid',
          'calendar.unknown',
          ...BODY_ERRORS,
        ]),
      },
    },
    async ({ params, body }) => {
      const forced = desk.forceCalendar(params.id, body.state === 'hours' ? null : body.state, 'api');
      if (!forced.ok) throw new ApiError(forced.failure);
      return calendarAnswer(forced.value);
    },
  );
}

export function calendarAnswer(calendar: CalendarView): object {
  return { ...calendar, ...(calendar.untilMs !== undefined && moment('until', calendar.untilMs)) };
}
