import type { Shape } from './shape.ts';

/** A number that may have a part after its point. */
export function decimal(limits: { readonly min: number; readonly max: number }): Shape<number> {
  return {
    read: (source, node, what) => {
      const text = source.text(node, what);
      if (text === undefined) return undefined;
      if (!/^[+-]?\d+(\.\d+)?$/.test(text)) {
        source.problem('value.type', node, `${what} must be a number, not "${text}".`);
        return undefined;
      }
      const number = Number(text);
      if (number >= limits.min && number <= limits.max) return number;
      source.problem('value.range', node, `${what} must lie between ${limits.min} and ${limits.max}, not ${text}.`);
      return undefined;
    },
    schema: () => ({
      type: ['number', 'string'],
      minimum: limits.min,
      maximum: limits.max,
      pattern: '^[+-]?[0-9]+(\\.[0-9]+)?$',
    }),
  };
}
