import { type Levels, type Needs, NO_NEEDS } from '../../model/needs.ts';
import { byKind } from '../shape/by-kind.ts';
import { list, listOrOne } from '../shape/list.ts';
import { mapOf } from '../shape/map-of.ts';
import { defaulted, object } from '../shape/object.ts';
import { wholeNumber } from '../shape/scalars.ts';
import { mapped, named, type Shape } from '../shape/shape.ts';
import { WORD_TEXT, words } from './names.ts';

const LEVEL_MAX = 10;
/** Asked for by name alone: any level will do. */
const LEVEL_ASKED = 1;
/** Had by name alone: in the middle, so that there is room for better and worse. */
const LEVEL_HAD = 5;

const LEVELS = mapOf(words('The level of'), wholeNumber({ min: 0, max: LEVEL_MAX }));

/** Skills with levels, or their names alone, which then all have the same level. */
function levels(byName: number): Shape<Levels> {
  const names = mapped(listOrOne(WORD_TEXT), (given) => Object.fromEntries(given.map((name) => [name, byName])));
  return byKind({ scalar: names, list: names, map: LEVELS });
}

/** What an agent can do. */
export const SKILLS_HAD = named('skills-of-an-agent', levels(LEVEL_HAD));
/** Levels that a relaxation step comes down to. */
export const SKILLS_LOWERED = named('lower-levels', LEVELS);

/** What is asked of an agent, by names alone or with levels. */
export const SKILLS_ASKED = named('skills-asked-for', levels(LEVEL_ASKED));

const NEEDS = object({
  required: defaulted(SKILLS_ASKED, {}, 'Every one of these, at this level at least; by name alone at level 1.', []),
  any_of: defaulted(
    list(SKILLS_ASKED),
    [],
    'One of these at least; an entry that holds several asks for all of them.',
    [],
  ),
  preferred: defaulted(
    SKILLS_ASKED,
    {},
    'Who has the larger sum of levels in these, at this level or above, is asked first.',
    [],
  ),
  excluded: defaulted(SKILLS_ASKED, {}, 'Nobody who has one of these at this level or above.', []),
});

const NEEDS_KEYS = ['required', 'any_of', 'preferred', 'excluded'];

/**
 * What is asked of an agent: names, names with levels, or a map of `required`, `any_of`, `preferred` and `excluded`.
 * A map is taken for the last when one of its keys is one of these four words.
 */
export const NEEDS_ASKED: Shape<Needs> = named('needs', {
  read: (source, node, what) => {
    const full = source.isMap(node) && NEEDS_KEYS.some((key) => source.has(node, key));
    if (!full) {
      const required = SKILLS_ASKED.read(source, node, what);
      return required && { ...NO_NEEDS, required };
    }
    const found = NEEDS.read(source, node, what);
    if (!found) return undefined;
    const { required, any_of: anyOf, preferred, excluded } = found;
    return { required, anyOf, preferred, excluded };
  },
  schema: (definitions) => ({ anyOf: [SKILLS_ASKED.schema(definitions), NEEDS.schema(definitions)] }),
});
