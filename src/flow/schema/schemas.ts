import type { JsonSchema } from '../shape/shape.ts';
import { SITE } from '../site/site.ts';
import { draft07 } from './draft-07.ts';
import { flowSchema } from './flow-schema.ts';

/** A kind of file of the flows folder, and the schema by which editors complete, explain and check it. */
export type FileSchema = {
  readonly name: string;
  /** Under docs/, and in a folder of the ops engineer's own. */
  readonly file: string;
  schema(): JsonSchema;
};

export const SCHEMAS: readonly FileSchema[] = [
  { name: 'flow', file: 'flow.schema.json', schema: flowSchema },
  {
    name: 'site',
    file: 'site.schema.json',
    schema: () => draft07('site.yaml of Strowger', (definitions) => SITE.schema(definitions)),
  },
];

/** A schema as it stands in a file. */
export function schemaText({ schema }: FileSchema): string {
  return `${JSON.stringify(schema(), null, 2)}\n`;
}
