import type { NumberRule } from '../../model/site.ts';
import { type KeyRule, mapOf } from '../shape/map-of.ts';
import type { Shape } from '../shape/shape.ts';
import { ID_TEXT } from './names.ts';

const NUMBER: KeyRule = {
  pattern: /^(?:[+#*]?[0-9A-Za-z*#]+\*?|\*)$/,
  asked: 'a number has digits, perhaps + in front and * at the end',
  entry: (number) => `The flow of number ${number}`,
  max: 100_000,
};
const FLOWS = mapOf(NUMBER, ID_TEXT);

/** Which number leads to which flow, in the order of the file. */
export const NUMBERS: Shape<readonly NumberRule[]> = {
  read: (source, node, what) => {
    const written = source.isMap(node) ? source.entries(node, what).map(({ key }) => key) : [];
    const flows = FLOWS.read(source, node, what);
    if (!flows) return undefined;
    const inOrder = written.filter((number) => Object.hasOwn(flows, number));
    return inOrder.map((number) => ({ number, flow: flows[number]! }));
  },
  schema: (definitions) => FLOWS.schema(definitions),
};
