import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '../../src/config.ts';
import { schemaOf } from '../../src/flow/shape/schema.ts';
import { SITE } from '../../src/flow/site/site.ts';

/** Writes docs/site.schema.json, by which editors complete and check site.yaml. Run by `npm run generate:site-schema`. */

/** The text of the schema, from the shapes by which the site is read. */
export function generateSiteSchema(): string {
  return `${JSON.stringify(schemaOf(SITE, 'site.yaml of Strowger'), null, 2)}\n`;
}

if (import.meta.filename === process.argv[1]) {
  writeFileSync(join(projectDir, 'docs/site.schema.json'), generateSiteSchema());
}
