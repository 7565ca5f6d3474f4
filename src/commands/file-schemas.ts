import { draft07 } from '../flow/schema/draft-07.ts';
import { flowSchema } from '../flow/schema/flow-schema.ts';
import { tableSchema } from '../flow/schema/table-schema.ts';
import type { JsonSchema } from '../flow/shape/shape.ts';
import { SITE } from '../flow/site/site.ts';
import { TEST_FILE } from '../rehearsal/tests/test-file.ts';

/** A kind of file of the flows folder, and the schema by which editors complete, explain and check it. */
export type FileSchema = {
  readonly name: string;
  /** Under docs/, and in a folder of the ops engineer's own. */
  readonly file: string;
  schema(): JsonSchema;
};

export const FILE_SCHEMAS: readonly FileSchema[] = [
  { name: 'flow', file: 'flow.schema.json', schema: flowSchema },
  {
    name: 'site',
    file: 'site.schema.json',
    schema: () => draft07('site.yaml of Strowger', (definitions) => SITE.schema(definitions)),
  },
  {
    name: 'test',
    file: 'test.schema.json',
    schema: () => draft07('Tests of a flow of Strowger', (definitions) => TEST_FILE.schema(definitions)),
  },
  { name: 'table', file: 'table.schema.json', schema: tableSchema },
];

/** A schema as it stands in a file. */
export function schemaText({ schema }: FileSchema): string {
  return `${JSON.stringify(schema(), null, 2)}\n`;
}
