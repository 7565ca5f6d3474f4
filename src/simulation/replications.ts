import { ok, type Result } from '../model/failure.ts';
import { type DayReport, type Line, METRICS, type MetricId, reportDay } from './day-report.ts';
import { type Estimate, estimate } from './estimate.ts';
import type { Scenario } from './scenario.ts';
import { simulationFailed } from './simulation-failure.ts';

/** One line over all runs. */
export type SummaryLine = Omit<Line, 'figures'> & { readonly figures: Readonly<Partial<Record<MetricId, Estimate>>> };
export type Summary = { readonly lines: readonly SummaryLine[]; readonly contacts: number; readonly events: number };

/** Told after each run, for whoever waits. */
export type Progress = (runsDone: number) => void;

/** Lives the day as often as the scenario says, each time with other random numbers. */
export function replicate(scenario: Scenario, progress: Progress): Result<DayReport[]> {
  const days: DayReport[] = [];
  for (let run = 1; run <= scenario.runs; run++) {
    const day = reportDay(scenario, run);
    if (!day.ok) return day;
    days.push(day.value);
    progress(run);
  }
  return ok(days);
}

/** Mean and 95 % confidence interval of every figure. */
export function summarize(days: readonly DayReport[]): Summary {
  const lines = (days[0]?.lines ?? []).map((line, place) =>
    summaryLine(line, (metric) => days.map((day) => day.lines[place]?.figures[metric] ?? null)),
  );
  return { lines, contacts: sum(days, 'contacts'), events: sum(days, 'events') };
}

/**
 * How much more each figure is in the second scenario, run by run: run for run both use the same random numbers, so what
 * is the same in both cancels out, and far fewer runs tell a difference. Lines that only one of them has are left out.
 * Failure: `simulation.nothing_to_compare`.
 */
export function compare(days: readonly DayReport[], others: readonly DayReport[]): Result<Summary> {
  const places = new Map(others[0]?.lines.map((line, place) => [keyOf(line), place]));
  const lines = (days[0]?.lines ?? []).flatMap((line, place) => {
    const other = places.get(keyOf(line));
    if (other === undefined) return [];
    const difference = (metric: MetricId) =>
      days.map((day, run) => {
        const before = day.lines[place]?.figures[metric] ?? null;
        const after = others[run]?.lines[other]?.figures[metric] ?? null;
        return before === null || after === null ? null : after - before;
      });
    return [summaryLine(line, difference)];
  });
  if (lines.length > 0) return ok({ lines, contacts: sum(others, 'contacts'), events: sum(others, 'events') });
  return simulationFailed('simulation.nothing_to_compare');
}

function summaryLine(line: Line, figuresOf: (metric: MetricId) => (number | null)[]): SummaryLine {
  const figures: Partial<Record<MetricId, Estimate>> = {};
  for (const metric of METRICS) if (metric in line.figures) figures[metric] = estimate(figuresOf(metric));
  const { about, id, fromMs, toMs } = line;
  return { about, id, fromMs, toMs, figures };
}

function keyOf({ about, id, fromMs, toMs }: Line): string {
  return about === 'staff' ? `staff ${id}` : `${about} ${id} ${fromMs} ${toMs}`;
}

function sum(days: readonly DayReport[], what: 'contacts' | 'events'): number {
  return days.reduce((total, day) => total + day[what], 0);
}
