import { DEFAULT_FORMULA, SERVICE_LEVEL_FORMULAS } from '../reports/service-level.ts';
import type { MetricId } from './day-report.ts';
import type { Estimate } from './estimate.ts';
import type { FoundStaff, StaffGoal } from './find-staff.ts';
import type { Summary, SummaryLine } from './replications.ts';
import type { Scenario } from './scenario.ts';
import type { Theory } from './theory-check.ts';

type Column = { readonly metric: MetricId; readonly title: string; readonly scale: number; readonly digits: number };

const COLUMNS: readonly Column[] = [
  { metric: 'offered', title: 'offered', scale: 1, digits: 1 },
  { metric: 'answered', title: 'answered', scale: 1, digits: 1 },
  { metric: 'abandoned', title: 'abandoned', scale: 1, digits: 1 },
  { metric: 'otherwise', title: 'otherwise', scale: 1, digits: 1 },
  { metric: 'serviceLevel', title: 'SL %', scale: 0.01, digits: 1 },
  { metric: 'averageSpeedOfAnswerMs', title: 'ASA s', scale: 1000, digits: 1 },
  { metric: 'p90WaitMs', title: 'P90 s', scale: 1000, digits: 1 },
  { metric: 'longestWaitMs', title: 'max s', scale: 1000, digits: 1 },
  { metric: 'averageHandleMs', title: 'AHT s', scale: 1000, digits: 1 },
];
const OCCUPANCY: Column = { metric: 'occupancy', title: 'occupancy %', scale: 0.01, digits: 1 };

/** The figures as tables for people: one for each queue, with a line for each interval and one for the day. */
export function summaryText(scenario: Scenario, summary: Summary, theory: Theory | null): string {
  const { runs, seed } = scenario;
  const formula = SERVICE_LEVEL_FORMULAS[DEFAULT_FORMULA];
  return [
    `${scenario.name}: ${runs} ${runs === 1 ? 'run' : 'runs'}, seed ${seed}, ${summary.contacts} contacts, ${summary.events} events`,
    `Means over the runs${runs > 1 ? ' with their 95 % confidence intervals' : ''}. Service level ${formula.id}: ${formula.formula}.`,
    ...tables(scenario, summary, null),
    ...(theory ? theoryLines(theory, scenario) : []),
    '',
  ].join('\n');
}

/** The differences of a comparison, with a plus or minus; a star stands where the interval does not hold 0. */
export function comparisonText(scenario: Scenario, other: Scenario, differences: Summary): string {
  return [
    `"${other.name}" less "${scenario.name}": mean differences of ${scenario.runs} pairs of runs with the same random numbers,`,
    'with their 95 % confidence intervals; * where the interval does not hold 0.',
    ...tables(scenario, differences, other),
    '',
  ].join('\n');
}

export function foundStaffText(goal: StaffGoal, found: FoundStaff): string {
  const asked = `${goal.queueId}: ${Math.round(goal.share * 1000) / 10} % answered within ${goal.withinMs / 1000} s`;
  const level: Column = { metric: 'serviceLevel', title: 'SL %', scale: 0.01, digits: 1 };
  const rows = found.tried.map(({ count, serviceLevel }) => [String(count), figure(serviceLevel, level, false)]);
  return [`${asked} needs ${found.count} agents in ${found.group}.`, ...table([['agents', 'SL %'], ...rows]), ''].join(
    '\n',
  );
}

/** With another scenario the figures are differences. */
function tables(scenario: Scenario, summary: Summary, other: Scenario | null): string[] {
  const signed = other !== null;
  const queueIds = [...new Set(summary.lines.filter(({ about }) => about !== 'staff').map(({ id }) => id))];
  const text: string[] = [];
  for (const id of queueIds) {
    const lines = summary.lines.filter((line) => line.about !== 'staff' && line.id === id);
    const name = scenario.site.queues[id]?.name ?? id;
    text.push('', name === id ? id : `${name} (${id})`);
    const rows = lines.map((line) => [spanOf(line, scenario), ...COLUMNS.map((column) => cell(line, column, signed))]);
    text.push(...table([['', ...COLUMNS.map(({ title }) => title)], ...rows]));
  }
  const rows = summary.lines
    .filter(({ about }) => about === 'staff')
    .map((line) => [line.id, agentsIn(line.id, scenario, other), cell(line, OCCUPANCY, signed)]);
  if (rows.length > 0) text.push('', ...table([['staff', 'agents', OCCUPANCY.title], ...rows]));
  return text;
}

function agentsIn(group: string, scenario: Scenario, other: Scenario | null): string {
  const count = ({ staff }: Scenario) => staff.find(({ name }) => name === group)?.agentIds.length ?? 0;
  const [before, after] = [count(scenario), count(other ?? scenario)];
  return before === after ? String(before) : `${before} -> ${after}`;
}

function cell(line: SummaryLine, column: Column, signed: boolean): string {
  const found = line.figures[column.metric];
  return found ? figure(found, column, signed) : '';
}

function figure({ mean, halfWidth }: Estimate, { scale, digits }: Column, signed: boolean): string {
  if (mean === null) return '-';
  // What is rounded to nothing has no sign.
  const value = (mean / scale).toFixed(digits).replace(/^-(0\.?0*)$/, '$1');
  const sign = signed && Number(value) > 0 ? '+' : '';
  if (halfWidth === null) return `${sign}${value}`;
  const star = signed && Math.abs(mean) > halfWidth ? ' *' : '';
  return `${sign}${value} ±${(halfWidth / scale).toFixed(digits)}${star}`;
}

function spanOf({ about, fromMs, toMs }: SummaryLine, { zone }: Scenario): string {
  if (about === 'day') return 'day';
  return `${clock(fromMs + zone.offsetMsAt(fromMs))}-${clock(toMs + zone.offsetMsAt(toMs))}`;
}

function clock(localMs: number): string {
  const minutes = Math.floor(localMs / 60_000) % 1440;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** The first column to the left, all others to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, place) => Math.max(...rows.map((row) => row[place]!.length)));
  return rows.map((row) =>
    row
      .map((text, place) => (place === 0 ? text.padEnd(widths[0]!) : text.padStart(widths[place]!)))
      .join('  ')
      .trimEnd(),
  );
}

function theoryLines({ model, load, prediction }: Theory, scenario: Scenario): string[] {
  const withinMs = scenario.site.queues[scenario.traffic[0]!.queueId]!.serviceLevelMs;
  const percent = (part: number): string => `${(part * 100).toFixed(1)} %`;
  const asa = prediction.averageSpeedOfAnswerMs;
  return [
    '',
    `${model} (in balance, ${load.agents} agents): ${percent(prediction.waits)} wait, ` +
      `ASA ${Number.isFinite(asa) ? `${(asa / 1000).toFixed(1)} s` : 'without end'}, ` +
      `SL ${percent(prediction.answeredWithin(withinMs))}, abandoned ${percent(prediction.abandons)}`,
  ];
}
