// The TypeScript of src/ as plain JavaScript, made once for each state of the source: a process that loads eight hundred
// files through a loader needs a second and more for it, and a controller that comes back after a crash has two seconds
// until it decides again. Plain JavaScript, because it runs before anything can read TypeScript.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const project = realpathSync(resolve(dirname(fileURLToPath(import.meta.url)), '..'));
const source = join(project, 'src');
const made = join(project, 'node_modules', '.strowger');
/** What can be begun: the command, and the thread that reads flows. */
const ENTRIES = ['cli', 'controller/flow-reading/thread'];
/** A folder that is older than this and of another state of the source is taken away. */
const KEPT_MS = 24 * 3_600_000;

/**
 * The address of an entry as JavaScript; undefined where it cannot be made, for instance in a folder that cannot be
 * written: then the source is read as it is, which only takes longer.
 */
export async function bundled(entry) {
  try {
    const folder = join(made, stateOfSource());
    if (!existsSync(folder)) await make(folder);
    return pathToFileURL(join(folder, `${entry}.js`)).href;
  } catch {
    return undefined;
  }
}

/** Changes with every file of the source, and with the place of the project. */
function stateOfSource() {
  const hash = createHash('sha256')
    .update(project)
    .update(readFileSync(fileURLToPath(import.meta.url)));
  for (const name of readdirSync(source, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!name.endsWith('.ts')) continue;
    const { size, mtimeMs } = statSync(join(source, name));
    hash.update(`${name} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** Several processes may do so at the same time: the folder has its name only when it is whole. */
async function make(folder) {
  const { build } = await import('esbuild');
  const draft = `${folder}.${randomBytes(6).toString('hex')}`;
  try {
    await build({
      entryPoints: ENTRIES.map((entry) => ({ in: join(source, `${entry}.ts`), out: entry })),
      outdir: draft,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      packages: 'external',
      sourcemap: true,
      logLevel: 'silent',
      plugins: [{ name: 'places', setup: keepPlaces }],
    });
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  removeOld(folder);
}

/** A file that looks for others beside it finds them where its source lies. */
function keepPlaces(build) {
  build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
    const contents = readFileSync(path, 'utf8');
    if (!contents.includes('import.meta.')) return undefined;
    const places = { url: pathToFileURL(path).href, filename: path, dirname: dirname(path) };
    const placed = contents.replace(/import\.meta\.(url|filename|dirname)\b/g, (_, name) =>
      JSON.stringify(places[name]),
    );
    return { contents: placed, loader: 'ts' };
  });
}

function removeOld(folder) {
  for (const name of readdirSync(made)) {
    const path = join(made, name);
    if (relative(path, folder) === '' || Date.now() - statSync(path).mtimeMs < KEPT_MS) continue;
    rmSync(path, { recursive: true, force: true });
  }
}
