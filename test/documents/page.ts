import { readFileSync } from 'node:fs';

/** The text of a document in docs/. */
export function page(name: string): string {
  return readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
}

/** The text below a heading, up to the next heading of the same level or a higher one; throws when there is no such heading. */
export function section(text: string, heading: string): string {
  const lines = text.split('\n');
  const level = /^#+/.exec(heading)?.[0].length ?? 0;
  const start = lines.indexOf(heading);
  if (start === -1) throw new Error(`There is no heading "${heading}".`);
  let inCode = false;
  const end = lines.findIndex((line, at) => {
    if (line.startsWith('```')) inCode = !inCode;
    const found = /^(#+) /.exec(line)?.[1]?.length;
    return at > start && !inCode && found !== undefined && found <= level;
  });
  return lines.slice(start + 1, end === -1 ? undefined : end).join('\n');
}

/** The rows of all tables in a text whose first cell is one name in back quotes; cells without their back quotes' blanks. */
export function rows(text: string): string[][] {
  const found = text.split('\n').filter((line) => /^\| `[^`|]+` \|/.test(line));
  return found.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** The names in the first cells. */
export function names(text: string): string[] {
  return rows(text).map(([first]) => unquoted(first!));
}

/** `a` without its back quotes. */
export function unquoted(cell: string): string {
  return cell.replace(/^`(.*)`$/, '$1');
}
