import { rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { keepPlaces } from '../bin/bundle.mjs';

/**
 * Test files as plain JavaScript, made anew for each run: 270 processes that each load hundreds of TypeScript files
 * through a loader spend half of the run on it. Gives the paths of what was made, in the same order.
 */
export async function bundleTests(projectDir: string, files: readonly string[]): Promise<string[]> {
  const outdir = join(projectDir, 'node_modules', '.strowger-tests');
  rmSync(outdir, { recursive: true, force: true });
  const from = resolve(projectDir, 'test');
  await build({
    entryPoints: [...files],
    outbase: from,
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
    plugins: [{ name: 'places', setup: keepPlaces }],
  });
  return files.map((file) => join(outdir, relative(from, file).replace(/ts$/, 'js')));
}
