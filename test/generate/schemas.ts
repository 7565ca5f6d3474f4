import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FILE_SCHEMAS, schemaText } from '../../src/commands/file-schemas.ts';
import { projectDir } from '../../src/config.ts';

/**
 * Writes docs/*.schema.json, by which editors complete and check the files of the flows folder, from the shapes by which the
 * program reads them. Run as `npm run generate:schemas`.
 */
for (const one of FILE_SCHEMAS) writeFileSync(join(projectDir, 'docs', one.file), schemaText(one));
