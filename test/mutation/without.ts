import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMON_FIELDS } from '../../src/flow/common-fields.ts';
import type { Happening, Move, StepContext, StepKind, StepParameters } from '../../src/flow/step-kind.ts';
import { STEPS } from '../../src/flow/steps.ts';
import { classOf, exitOf, outcomeName } from './exit-of.ts';
import { MUTANT_VARIABLE, type Mutant, SEEN_VARIABLE, type Seen } from './mutant.ts';

// Loaded before a test file: takes one piece out of the step types that the file then tests, or writes down what it sees.

type Changeable<T> = { -readonly [K in keyof T]: T[K] };
type Left = (kind: StepKind, given: StepParameters, move: Move) => Move;

/** Every move of every step type goes through `left`. */
function watch(left: Left): void {
  for (const kind of STEPS.values() as Iterable<Changeable<StepKind>>) {
    const { enter, receive } = kind;
    kind.enter = (given: StepParameters, context: StepContext) => left(kind, given, enter(given, context));
    if (!receive) continue;
    kind.receive = (given: StepParameters, happening: Happening, context: StepContext) =>
      left(kind, given, receive(given, happening, context));
  }
}

function takeOut({ kind: type, exit, without }: Mutant): void {
  if (type === 'every step') return takeOutOfEvery(exit);
  const kind = STEPS.get(type) as Changeable<StepKind>;
  if (without === 'leads') {
    const { target } = kind;
    kind.target = (given: StepParameters, outcome: string) =>
      outcomeName({ ...kind, target: target! }, given, outcome) === exit ? undefined : target?.(given, outcome);
  } else if (without === 'stands in') {
    kind.fallbacks = new Map([...(kind.fallbacks ?? [])].filter(([outcome]) => classOf(outcome) !== exit));
  } else watch((of, given, move) => (of === kind && exitOf(of, given, move) === exit ? {} : move));
}

/** What stands in common-fields.ts, or is the same for all types: the key is read as if it were not there. */
function takeOutOfEvery(exit: string): void {
  if (exit === 'error') {
    for (const kind of STEPS.values()) delete (kind as Changeable<StepKind>).channels;
    return;
  }
  const field = COMMON_FIELDS[exit === 'skipped' ? 'if' : 'max_visits'];
  Object.assign(field.shape, { read: () => undefined });
}

function writeDown(folder: string): void {
  const exits = new Map([...STEPS.keys()].map((type) => [type, new Set<string>()]));
  watch((kind, given, move) => {
    const exit = exitOf(kind, given, move);
    const seen = exits.get(kind.type)!;
    seen.add('');
    if (exit !== undefined) seen.add(exit);
    return move;
  });
  process.on('exit', () => {
    const met = [...exits].filter(([, found]) => found.size > 0);
    const seen: Seen = {
      file: process.argv[1] ?? '',
      tookMs: Math.round(performance.now()),
      exits: Object.fromEntries(met.map(([type, found]) => [type, [...found]])),
    };
    writeFileSync(join(folder, `${process.pid}.json`), JSON.stringify(seen));
  });
}

const mutant = process.env[MUTANT_VARIABLE];
const folder = process.env[SEEN_VARIABLE];
if (mutant !== undefined) takeOut(JSON.parse(mutant) as Mutant);
if (folder !== undefined) writeDown(folder);
