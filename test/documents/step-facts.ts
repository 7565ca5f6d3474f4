import { ATTEMPT_FIELDS } from '../../src/flow/input/attempts.ts';
import { COLLECT_FIELDS, INPUT } from '../../src/flow/input/collect.ts';
import { SPEECH } from '../../src/flow/input/listening.ts';
import { ANSWER_FIELDS } from '../../src/flow/input/yes-no.ts';
import type { Fields } from '../../src/flow/shape/object.ts';
import type { StepKind } from '../../src/flow/step-kind.ts';
import { RECORDED } from '../../src/flow/steps/call/recording-fields.ts';
import type { Step } from '../../src/model/flow-set.ts';
import { fieldRows, type Row } from './field-rows.ts';

/** Parameters that several steps share and the guide describes once, by the heading under which it does. */
export const SHARED: Readonly<Record<string, Fields>> = {
  Asking: ATTEMPT_FIELDS,
  Digits: { input: INPUT, ...COLLECT_FIELDS },
  Speech: { speech: SPEECH },
  'Yes and no': ANSWER_FIELDS,
  Recording: RECORDED,
};

/** What the guide says of a step type, word for word, as the program knows it; `step` is an example that shows all outcomes. */
export type StepFacts = {
  readonly summary: string;
  readonly outcomes: string;
  /** Where it works only, and whether its engine is there; empty: everywhere, and it is. */
  readonly limits: string;
  /** Which shared parameters it has. */
  readonly shared: string;
  readonly result: string;
  readonly rows: readonly Row[];
};

export function factsOf(kind: StepKind, step: Step, written: Readonly<Record<string, unknown>>): StepFacts {
  const own: Record<string, Fields[string]> = {};
  const shared = new Set<string>();
  for (const [key, field] of Object.entries(kind.fields)) {
    const place = Object.entries(SHARED).find(([, fields]) => fields[key] === field)?.[0];
    if (place === undefined) own[key] = field;
    else shared.add(place);
  }
  return {
    summary: kind.summary,
    outcomes: outcomesLine(kind, step, written),
    limits: limitsLine(kind),
    shared: shared.size === 0 ? '' : `Also the parameters of ${[...shared].map(link).join(', ')}.`,
    result: resultLine(kind, step),
    rows: fieldRows(own),
  };
}

function link(heading: string): string {
  return `[${heading}](#${heading.toLowerCase().replaceAll(' ', '-')})`;
}

/** Parameters whose entries are outcomes, and how the guide says so. */
const NAMED_BY_FLOW: Readonly<Record<string, string>> = {
  options: 'the keys of `options`',
  cases: 'the cases',
  weights: 'the names of `weights`',
  exit_keys: 'the keys of `exit_keys`',
};

function outcomesLine(kind: StepKind, step: Step, written: Readonly<Record<string, unknown>>): string {
  const all = kind.outcomes(step.with);
  const ofFlow = Object.keys(NAMED_BY_FLOW).map((key) => [key, entriesOf(written[key])] as const);
  const named = ofFlow.filter(([, entries]) => entries.some((entry) => all.includes(entry)));
  const fixed = all.filter((outcome) => !named.some(([, entries]) => entries.includes(outcome)));
  const must = kind.mustRoute?.(step.with) ?? [];
  const said = fixed.map((outcome) => {
    const standIn = kind.fallbacks?.get(outcome);
    const notes = [...(must.includes(outcome) ? ['must be said'] : []), ...(standIn ? [`else as \`${standIn}\``] : [])];
    return notes.length === 0 ? `\`${outcome}\`` : `\`${outcome}\` (${notes.join(', ')})`;
  });
  const elsewhere = kind.outcomesElsewhere ? ['and whatever the other flow gives back'] : [];
  const whole = [...named.map(([key]) => NAMED_BY_FLOW[key]!), ...said, ...elsewhere];
  return `Outcomes: ${whole.length === 0 ? 'none; nothing follows' : whole.join(', ')}.`;
}

/** The outcomes that a parameter names: its keys, or the ids of its list, which are places where there are none. */
function entriesOf(value: unknown): string[] {
  if (!Array.isArray(value)) return Object.keys((value ?? {}) as object).map((key) => KEYS.get(key) ?? key);
  return value.map((entry: { id?: string }, at) => entry.id ?? String(at + 1));
}
const KEYS: ReadonlyMap<string, string> = new Map([
  ['star', '*'],
  ['hash', '#'],
  ['pound', '#'],
]);

function limitsLine({ channels, notAvailable }: StepKind): string {
  const where = channels ? [`For ${channels.join(' and ')} only.`] : [];
  return [...where, ...(notAvailable === undefined ? [] : ['**Not available yet.**'])].join(' ');
}

function resultLine(kind: StepKind, step: Step): string {
  const result = kind.gives?.(step.with).result;
  const names = Object.keys(result?.fields ?? {}).map((name) => `\`${name}\``);
  if (names.length === 0) return '';
  return `\`result\` has ${names.join(', ')}.`;
}
