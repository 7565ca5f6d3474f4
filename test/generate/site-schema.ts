import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '../../src/config.ts';
import type { Definitions, JsonSchema } from '../../src/flow/shape/shape.ts';
import { SITE } from '../../src/flow/site/site.ts';

/**
 * Writes docs/site.schema.json, by which editors complete and check site.yaml, from the shapes by which the program reads it.
 * Run as `npm run generate:site-schema`.
 */

/** JSON Schema, draft-07: the newest one that all editors know. */
export function siteSchema(): JsonSchema {
  const definitions: Definitions = new Map();
  const root = SITE.schema(definitions);
  const sorted = [...definitions].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'site.yaml of Strowger',
    ...root,
    definitions: Object.fromEntries(sorted),
  };
}

/** The text of the file. */
export function generateSiteSchema(): string {
  return `${JSON.stringify(siteSchema(), null, 2)}\n`;
}

if (import.meta.filename === process.argv[1]) {
  writeFileSync(join(projectDir, 'docs/site.schema.json'), generateSiteSchema());
}
