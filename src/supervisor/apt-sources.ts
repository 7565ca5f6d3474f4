import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type AptSource = { readonly uri: string; readonly suites: readonly string[] };

/** The names that Debian gives to its releases' main suites, in the order in which they came. */
const DEBIAN_SUITE = /^(stable|testing|unstable|sid|oldstable|bullseye|bookworm|trixie|forky|duke)(-updates)?\/?$/;

/** One-line form: `deb [options] URI SUITE COMPONENT ...` (sources.list(5)). */
export function parseOneLineSources(text: string): AptSource[] {
  return text.split('\n').flatMap((line) => {
    const found = /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)/.exec(line);
    return found?.[1] && found[2] ? [{ uri: found[1], suites: [found[2]] }] : [];
  });
}

/** deb822 form: stanzas of `Field: value` with continuation lines (sources.list(5)). */
export function parseDeb822Sources(text: string): AptSource[] {
  const withoutComments = text.replace(/^#.*\n?/gm, '');
  return withoutComments.split(/\n\s*\n/).flatMap((stanza) => {
    const fields = new Map<string, string>();
    for (const found of stanza.matchAll(/^([A-Za-z0-9-]+):((?:.*)(?:\n[ \t].*)*)/gm)) {
      fields.set((found[1] ?? '').toLowerCase(), (found[2] ?? '').trim());
    }
    const words = (field: string): string[] => fields.get(field)?.split(/\s+/).filter(Boolean) ?? [];
    if (!words('types').includes('deb') || /^(no|false|0)$/i.test(fields.get('enabled') ?? '')) return [];
    return words('uris').map((uri) => ({ uri, suites: words('suites') }));
  });
}

/**
 * The address of a Debian archive among the sources: one that serves Debian's own release suites over HTTP. The archive
 * of security updates and other makers' archives are none. `undefined`: there is none.
 */
export function debianArchive(sources: readonly AptSource[]): string | undefined {
  const found = sources.find(
    ({ uri, suites }) =>
      /^https?:\/\//.test(uri) &&
      !/security/.test(uri) &&
      /\/debian\/*$/.test(uri) &&
      suites.some((suite) => DEBIAN_SUITE.test(suite)),
  );
  return found?.uri.replace(/\/+$/, '');
}

/** What this machine's apt reads: sources.list and every file of sources.list.d. */
export function readAptSources(aptDir = '/etc/apt'): AptSource[] {
  const main = join(aptDir, 'sources.list');
  const more = join(aptDir, 'sources.list.d');
  const sources = existsSync(main) ? parseOneLineSources(readFileSync(main, 'utf8')) : [];
  for (const name of existsSync(more) ? readdirSync(more).sort() : []) {
    const path = join(more, name);
    if (name.endsWith('.list')) sources.push(...parseOneLineSources(readFileSync(path, 'utf8')));
    if (name.endsWith('.sources')) sources.push(...parseDeb822Sources(readFileSync(path, 'utf8')));
  }
  return sources;
}
