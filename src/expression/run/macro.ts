import { type Macro, stepsOf } from '../macro.ts';
import { KIND_WORDS, kindOf } from '../values/kind.ts';
import { type Compile, type Locals, type Run, yesNo } from './run.ts';
import { keysOf, spend, stop, type Work } from './work.ts';

/** Goes through a list, or the keys of a map, with each entry in turn as the macro's variable. */
export function compileMacro(macro: Macro, locals: Locals, compile: Compile): Run {
  const list = compile(macro.list, locals);
  const place = locals.depth;
  const name = macro.variable.op === 'id' ? macro.variable.args : '';
  const inside: Locals = { places: new Map(locals.places).set(name, place), depth: place + 1 };
  const condition = macro.condition && compile(macro.condition, inside);
  const transform = macro.transform && compile(macro.transform, inside);
  const steps = [macro.condition, macro.transform].reduce((sum, part) => sum + (part ? stepsOf(part) : 0), 1);
  const fits = (entry: unknown, work: Work): boolean => {
    spend(work, steps);
    work.locals[place] = entry;
    return condition === null || yesNo(condition(work));
  };
  switch (macro.name) {
    case 'all':
      return (work) => entriesOf(list(work), work).every((entry) => fits(entry, work));
    case 'exists':
      return (work) => entriesOf(list(work), work).some((entry) => fits(entry, work));
    case 'exists_one':
      return (work) => entriesOf(list(work), work).filter((entry) => fits(entry, work)).length === 1;
    case 'filter':
      return (work) => entriesOf(list(work), work).filter((entry) => fits(entry, work));
    case 'map':
      return (work) => entriesOf(list(work), work).flatMap((entry) => (fits(entry, work) ? [transform?.(work)] : []));
  }
}

function entriesOf(value: unknown, work: Work): readonly unknown[] {
  const kind = kindOf(value);
  if (kind === 'list') return value as readonly unknown[];
  if (kind === 'map') return keysOf(value as object, work);
  return kind === 'nothing' ? [] : stop(`Only a list or a map has entries, not ${KIND_WORDS[kind]}.`);
}
