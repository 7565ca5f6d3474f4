import { isoOf } from '../reports/moment.ts';
import { DEFAULT_FORMULA } from '../reports/service-level.ts';
import type { MetricId } from './day-report.ts';
import type { Estimate } from './estimate.ts';
import type { FoundStaff, StaffGoal } from './find-staff.ts';
import type { Summary, SummaryLine } from './replications.ts';
import type { Scenario } from './scenario.ts';
import type { Theory } from './theory-check.ts';

/** All figures in full: times in ms, shares from 0 to 1, `ci95` half of the 95 % confidence interval. */
export function summaryJson(scenario: Scenario, summary: Summary, theory: Theory | null): string {
  return written({ ...head(scenario, summary), ...parts(summary), theory: theory && theoryPart(theory, scenario) });
}

export function comparisonJson(scenario: Scenario, other: Scenario, differences: Summary): string {
  return written({ ...head(scenario, differences), other: other.name, ...parts(differences) });
}

export function foundStaffJson(goal: StaffGoal, found: FoundStaff): string {
  const tried = found.tried.map(({ count, serviceLevel }) => ({ count, serviceLevel: figure(serviceLevel) }));
  return written({ ...goal, group: found.group, count: found.count, tried });
}

function head({ name, runs, seed, interval, zone }: Scenario, { contacts, events }: Summary) {
  return { scenario: name, runs, seed, interval, timeZone: zone.name, formula: DEFAULT_FORMULA, contacts, events };
}

function parts({ lines }: Summary) {
  const queueLines = (about: SummaryLine['about']) =>
    lines
      .filter((line) => line.about === about)
      .map(({ id, fromMs, toMs, figures }) => ({
        queue: id,
        from: isoOf(fromMs),
        to: isoOf(toMs),
        ...figuresOf(figures),
      }));
  const staff = lines.filter(({ about }) => about === 'staff');
  return {
    intervals: queueLines('interval'),
    day: queueLines('day'),
    staff: staff.map(({ id, figures }) => ({ group: id, ...figuresOf(figures) })),
  };
}

function figuresOf(figures: SummaryLine['figures']) {
  const entries = Object.entries(figures) as [MetricId, Estimate][];
  return Object.fromEntries(entries.map(([metric, found]) => [metric, figure(found)]));
}

function figure({ mean, halfWidth, runs }: Estimate) {
  return { mean, ci95: halfWidth, runs };
}

function theoryPart({ model, load, prediction }: Theory, scenario: Scenario) {
  const withinMs = scenario.site.queues[scenario.traffic[0]!.queueId]!.serviceLevelMs;
  const { waits, abandons, averageSpeedOfAnswerMs, averageWaitMs } = prediction;
  return {
    model,
    ...load,
    waits,
    abandons,
    // JSON has no infinity: without an end the average is null.
    averageSpeedOfAnswerMs: Number.isFinite(averageSpeedOfAnswerMs) ? averageSpeedOfAnswerMs : null,
    averageWaitMs: Number.isFinite(averageWaitMs) ? averageWaitMs : null,
    serviceLevel: prediction.answeredWithin(withinMs),
  };
}

function written(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
