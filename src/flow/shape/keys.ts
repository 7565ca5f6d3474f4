import { phoneKey } from '../values.ts';
import { text } from './scalars.ts';
import type { Shape } from './shape.ts';

/** A key of the telephone: 0 to 9, star (or `"*"`), hash or pound (or `"#"`); read as the character. */
export const PHONE_KEY: Shape<string> = {
  read: (source, node, what) => {
    const written = source.text(node, what);
    if (written === undefined) return undefined;
    const key = phoneKey(written);
    if (key === undefined) {
      source.problem('value.choice', node, `"${written}" is not a key of a telephone. Use 0 to 9, star or hash.`);
    }
    return key;
  },
  schema: () => ({ type: ['string', 'number'], pattern: '^([0-9*#]|star|hash|pound)$' }),
  written: (key) => (key === '*' ? 'star' : key === '#' ? 'hash' : key),
};

/** A map by key of the telephone, in the order of the file. */
export function byKey<T>(entry: Shape<T>): Shape<readonly { readonly key: string; readonly value: T }[]> {
  return {
    read: (source, node, what) =>
      source.entries(node, what).flatMap(({ key: written, keyNode, value }) => {
        const key = phoneKey(written);
        if (key === undefined) {
          const message = `"${written}" is not a key of a telephone. Use 0 to 9, star or hash.`;
          source.problem('value.choice', keyNode, message);
          return [];
        }
        const read = entry.read(source, value, `Key ${key}`);
        return read === undefined ? [] : [{ key, value: read }];
      }),
    schema: (definitions) => ({
      type: 'object',
      propertyNames: { pattern: '^([0-9*#]|star|hash|pound)$' },
      additionalProperties: entry.schema(definitions),
    }),
  };
}

/** Name of a variable of the flow. */
export const VARIABLE: Shape<string> = text({
  pattern: /^[A-Za-z_][A-Za-z0-9_]{0,63}$/,
  asked: 'a variable has letters, digits and _, no digit first, and at most 64 of them',
});
