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
/** What can be begun: the command, the thread that reads flows, and the processes that hear. */
export const ENTRIES = [
  'cli',
  'controller/flow-reading/thread',
  'recognition/pocketsphinx/child',
  'recognition/sherpa/child',
  'speech/sherpa/child',
];
/** A folder that is older than this and of another state of the source is taken away. */
const KEPT_MS = 24 * 3_600_000;
/**
 * Packages that every start needs and that are made of hundreds of small files: they are put into the bundle. All others
 * stay where they are, because some bring files that are no JavaScript, and most are loaded only by who uses them.
 */
const INSIDE = /^(?:@fastify\/|fastify$|pg$|pino$|ws$|yaml$|@marcbachmann\/cel-js$)/;

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
  for (const path of sourceFiles(source)) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** By hand: the recursive listing of Node 20 takes three times as long, at every start. */
function sourceFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sourceFiles(path);
    return path.endsWith('.ts') ? [path] : [];
  });
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
      sourcemap: true,
      // The places of the lines are enough; with the texts a start would read megabytes.
      sourcesContent: false,
      logLevel: 'silent',
      // What was written for `require` finds it here.
      banner: {
        js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
      },
      plugins: [
        { name: 'places', setup: keepPlaces },
        { name: 'packages', setup: choosePackages },
      ],
    });
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  removeOld(folder);
}

function choosePackages(build) {
  build.onResolve({ filter: /^[^./]/ }, ({ path, importer }) => {
    // What a package inside needs comes along, but for the driver in C that pg can do without.
    const inside = importer.includes('/node_modules/') ? path !== 'pg-native' : INSIDE.test(path);
    return inside ? undefined : { path, external: true };
  });
}

/** A file that looks for others beside it finds them where its source lies. */
export function keepPlaces(build) {
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
