import { seconds } from './narrator.ts';
import type { Stay, Story } from './window.ts';

const UNKNOWN = '-';
/** Shorter times are told in ms. */
const SHORT_MS = 100;

/** One contact as the HTTP API reports it, as lines of text: what came of it, and then how. */
export function renderContact({ summary, timeline }: Story): string[] {
  const { durations } = summary;
  const facts = [
    ['contact', summary.id],
    ['from', summary.from ?? UNKNOWN],
    ['dialled', `${summary.to ?? UNKNOWN}, flow ${summary.flow ?? UNKNOWN}`],
    ['arrived', summary.arrivedAt ?? UNKNOWN],
    ['answered', `after ${span(durations.beforeAnswerMs)}`],
    ...summary.queues.map((stay) => ['queue', queueLine(stay)]),
    [
      'ended',
      `after ${span(durations.totalMs)}, by the ${summary.endedBy ?? UNKNOWN} (${(summary.cause ?? UNKNOWN).replace('_', ' ')})`,
    ],
  ];
  const rows = timeline.map(({ sinceStartMs, what, text }) => [(sinceStartMs / 1_000).toFixed(3), what, text]);
  return [...table(facts, 'left'), '', ...table([['seconds', 'event', 'in words'], ...rows], 'right')];
}

function queueLine({ queue, waitedMs, outcome, agent, talkMs }: Stay): string {
  return `${queue}: waited ${span(waitedMs)}, ${outcome ?? UNKNOWN} (${agent ?? UNKNOWN}), talked ${span(talkMs)}`;
}

function span(ms: number | null): string {
  if (ms === null) return UNKNOWN;
  return ms < SHORT_MS ? `${ms} ms` : seconds(ms);
}

/** Columns as wide as their widest cell; `align` is that of the first. */
function table(rows: readonly (readonly string[])[], align: 'left' | 'right'): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 0 && align === 'right' ? cell.padStart(width) : cell.padEnd(width);
    });
    return `  ${cells.join('  ')}`.trimEnd();
  });
}
