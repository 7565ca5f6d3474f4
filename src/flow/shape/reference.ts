import type { NamedThing } from '../note.ts';
import { text } from './scalars.ts';
import type { Shape } from './shape.ts';

/** The name of something that must be there. Whether it is shows only when the whole folder is read. */
export function reference(what: NamedThing): Shape<string> {
  const plain = text();
  return {
    ...plain,
    read: (source, node, where) => {
      const name = plain.read(source, node, where);
      if (name !== undefined) source.note({ what, name, node: node ?? null });
      return name;
    },
  };
}

/** A step of the same flow. */
export const STEP = reference('step');
