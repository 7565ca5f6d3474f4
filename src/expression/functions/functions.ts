import type { ExpressionFunction } from './function.ts';
import { TEXT_FUNCTIONS } from './text-functions.ts';
import { TIME_FUNCTIONS } from './time-functions.ts';
import { VALUE_FUNCTIONS } from './value-functions.ts';

/** Every function of expressions; guides and editors list them from here. */
export const FUNCTIONS: readonly ExpressionFunction[] = [...TEXT_FUNCTIONS, ...VALUE_FUNCTIONS, ...TIME_FUNCTIONS];

/** What looks like a function but works on an expression and not on its value. */
export const MACROS: readonly { readonly name: string; readonly signature: string; readonly description: string }[] = [
  { name: 'has', signature: 'has(vars.name) -> true/false', description: 'Whether a name has a value.' },
  {
    name: 'all',
    signature: 'list.all(x, condition) -> true/false',
    description: 'Whether a condition holds for every entry.',
  },
  {
    name: 'exists',
    signature: 'list.exists(x, condition) -> true/false',
    description: 'Whether a condition holds for an entry.',
  },
  {
    name: 'exists_one',
    signature: 'list.exists_one(x, condition) -> true/false',
    description: 'Whether a condition holds for exactly one entry.',
  },
  {
    name: 'filter',
    signature: 'list.filter(x, condition) -> list',
    description: 'The entries for which a condition holds.',
  },
  {
    name: 'map',
    signature: 'list.map(x, expression) or list.map(x, condition, expression) -> list',
    description: 'What an expression gives for each entry, or for each for which a condition holds.',
  },
];

const BY_NAME: ReadonlyMap<string, ExpressionFunction> = new Map(FUNCTIONS.map((one) => [one.name, one]));

export function functionNamed(name: string): ExpressionFunction | undefined {
  return BY_NAME.get(name);
}

/** The names of all functions and macros, for "did you mean". */
export const FUNCTION_NAMES: readonly string[] = [...FUNCTIONS, ...MACROS].map((one) => one.name);
