import type { Heard } from '../../src/recognition/ears.ts';
import { type Kind, meaning, type Utterance } from './recognition-corpus.ts';
import type { Table } from './table.ts';
import type { Line } from './telephone-line.ts';

/** What became of one utterance; null: nothing was heard. */
export type Told = {
  readonly line: Line;
  readonly utterance: Utterance;
  readonly heard: Heard | null;
  readonly soundMs: number;
};

/** From this on a flow takes it without asking back. */
const SURE = 0.7;
const REFUSED = '(refused)';

export function accuracyTables(told: readonly Told[]): { tables: Table[]; notes: string[] } {
  const quiet = told.filter(({ line }) => line === 'quiet');
  return {
    tables: [kindTable(told), voiceTable(told), confusionTable(quiet), digitTable(quiet)],
    notes: ['"Right" counts what a flow asks back about too ("Did you say ...?"); "sure" is what it takes at once.'],
  };
}

function kindTable(told: readonly Told[]): Table {
  const rows = [...groups(told, ({ line, utterance }) => `${utterance.kind}, ${line}`)].map(([name, of]) => {
    const right = of.filter(isRight).length;
    const sure = of.filter((one) => isRight(one) && confidenceOf(one) >= SURE).length;
    const wrong = of.filter((one) => !isRight(one) && textOf(one) !== REFUSED);
    const surelyWrong = wrong.filter((one) => confidenceOf(one) >= SURE).length;
    return [
      name,
      String(of.length),
      share(right, of.length),
      share(sure, of.length),
      share(wrong.length, of.length),
      share(surelyWrong, of.length),
    ];
  });
  const head = [
    'what is said',
    'utterances',
    'right (refused, where none fits)',
    'of it at once',
    'taken wrongly',
    'of it at once',
  ];
  return { title: 'What is understood', head, rows };
}

function voiceTable(told: readonly Told[]): Table {
  const kinds: readonly Kind[] = ['menu', 'yes or no', 'digits'];
  const rows = [...groups(told, ({ utterance }) => utterance.voice.name)].map(([name, of]) => [
    name,
    ...(['quiet', '20 dB'] as const).flatMap((line) =>
      kinds.map((kind) => {
        const mine = of.filter((one) => one.line === line && one.utterance.kind === kind);
        return mine.length === 0 ? '-' : `${mine.filter(isRight).length}/${mine.length}`;
      }),
    ),
  ]);
  return {
    title: 'By voice',
    head: ['voice', ...kinds.map((kind) => `${kind}, quiet`), ...kinds.map((kind) => `${kind}, 20 dB`)],
    rows,
  };
}

/** What was taken for what, most often first; what was right is left out. */
function confusionTable(told: readonly Told[]): Table {
  const wrong = told.filter((one) => one.utterance.kind !== 'digits' && !isRight(one));
  const pairs = [...groups(wrong, (one) => `${one.utterance.right ?? `"${one.utterance.said}"`} -> ${textOf(one)}`)];
  const rows = pairs
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([name, of]) => [name, String(of.length), String(of.filter((one) => confidenceOf(one) >= SURE).length)]);
  return { title: 'Taken for something else (quiet line)', head: ['said -> heard', 'times', 'at once'], rows };
}

/** Ten rows of what was said, ten columns of what was heard, over strings of the same length. */
function digitTable(told: readonly Told[]): Table {
  const counts = Array.from({ length: 10 }, () => Array<number>(10).fill(0));
  for (const one of told) {
    const [said, heard] = [one.utterance.right, textOf(one)];
    if (one.utterance.kind !== 'digits' || said === null || said.length !== heard.length) continue;
    [...said].forEach((digit, at) => {
      const row = counts[Number(digit)]!;
      const column = Number(heard[at]);
      row[column] = (row[column] ?? 0) + 1;
    });
  }
  const head = ['said', ...counts.map((_, digit) => String(digit))];
  return {
    title: 'Digits: said (rows), heard (columns), quiet line',
    head,
    rows: counts.map((row, digit) => [String(digit), ...row.map((count) => (count === 0 ? '' : String(count)))]),
  };
}

function textOf({ heard, utterance }: Told): string {
  if (heard === null) return REFUSED;
  if (heard.what !== 'final') return `(${heard.what})`;
  return heard.text === '' ? REFUSED : meaning(heard.text, utterance.expected);
}

function confidenceOf({ heard }: Told): number {
  return heard?.what === 'final' ? heard.confidence : 0;
}

function isRight(one: Told): boolean {
  return textOf(one) === (one.utterance.right ?? REFUSED);
}

function groups<T>(all: readonly T[], nameOf: (one: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const one of all) {
    const name = nameOf(one);
    const group = found.get(name);
    if (group) group.push(one);
    else found.set(name, [one]);
  }
  return found;
}

function share(part: number, of: number): string {
  return `${((100 * part) / of).toFixed(1)} %`;
}
