import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Forced } from '../../src/model/calendar.ts';
import { Receptionist, SITE, said } from './receptionist.ts';

const CALENDARS = `
calendars:
  office:
    time_zone: Europe/Berlin
    hours: { mon-fri: "09:00-17:00" }
    holidays: { 12-25: Christmas }
    exceptions: { 2026-12-24: "09:00-12:00" }
`;
const STEPS = `
  hours: { type: schedule, calendar: office, on: { open: welcome, closed: sorry, holiday: merry } }
  welcome: { type: play, prompt: Welcome., next: end }
  sorry: { type: play, prompt: Closed., next: end }
  merry: { type: play, prompt: Merry Christmas., next: end }
  end: { type: hangup }
`;

function officeAt(iso: string, steps = STEPS): Receptionist {
  const caller = new Receptionist({ 'site.yaml': SITE + CALENDARS, 'main.yaml': `steps:${steps}` });
  caller.nowMs = Date.parse(iso);
  return caller;
}

function force(caller: Receptionist, forced: Forced | null): void {
  caller.take({ kind: 'calendar.forced', atMs: caller.nowMs, calendarId: 'office', forced, by: 'api' });
}

const IN_HOURS = '2026-11-20T08:00:00Z';
const AT_NIGHT = '2026-11-20T20:00:00Z';
const ON_CHRISTMAS = '2026-12-25T08:00:00Z';

test('a schedule leads by the hours, exceptions and holidays of its calendar', () => {
  for (const [moment, words] of [
    [IN_HOURS, 'Welcome.'],
    [AT_NIGHT, 'Closed.'],
    [ON_CHRISTMAS, 'Merry Christmas.'],
    ['2026-12-24T10:30:00Z', 'Welcome.'],
    ['2026-12-24T13:00:00Z', 'Closed.'],
  ] as const) {
    assert.deepEqual(said(officeAt(moment).call('100')), [words], moment);
  }
});

test('on a holiday a schedule that says nothing of holidays is closed, and the story still says that it was one', () => {
  const steps = STEPS.replace(', holiday: merry', '').replace(/ {2}merry: .*\n/, '');
  const events = officeAt(ON_CHRISTMAS, steps).call('100');
  assert.deepEqual(said(events), ['Closed.']);
  assert.ok(events.some((event) => event.kind === 'step.left' && event.outcome === 'holiday'));
});

test('what a supervisor forced counts, on a holiday too, until it is taken back', () => {
  const closed = officeAt(IN_HOURS);
  force(closed, 'closed');
  assert.deepEqual(said(closed.call('100')), ['Closed.']);
  const opened = officeAt(ON_CHRISTMAS);
  force(opened, 'open');
  assert.deepEqual(said(opened.call('100')), ['Welcome.']);
  const shut = officeAt(ON_CHRISTMAS);
  force(shut, 'closed');
  assert.deepEqual(said(shut.call('100')), ['Closed.'], 'it is closed by hand and not for the holiday');
  const back = officeAt(IN_HOURS);
  force(back, 'closed');
  force(back, null);
  assert.deepEqual(said(back.call('100')), ['Welcome.']);
  assert.equal(back.state.forced.size, 0);
});

test('a calendar changes at once for a contact that came before; one that is gone stays as it was for that contact', () => {
  const steps = `
  hello: { type: play, prompt: Hello. }${STEPS}`;
  const caller = officeAt(IN_HOURS, steps);
  caller.call('100');
  const set = caller.state.sets.get('v1')!;
  const office = set.site.calendars['office']!;
  const never = { ...office, weekly: [[], [], [], [], [], [], []] };
  const load = (version: string, calendars: typeof set.site.calendars) =>
    caller.take({
      kind: 'flows.loaded',
      atMs: caller.nowMs,
      flows: { ...set, version, site: { ...set.site, calendars } },
    });
  load('v2', { office: never });
  assert.deepEqual(said(caller.heardOut()), ['Closed.']);

  const other = officeAt(IN_HOURS, steps);
  other.call('100');
  other.take({
    kind: 'flows.loaded',
    atMs: other.nowMs,
    flows: { ...set, version: 'v2', site: { ...set.site, calendars: {} } },
  });
  assert.deepEqual(said(other.heardOut()), ['Welcome.']);
});
