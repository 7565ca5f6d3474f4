import { loadFlows } from '../../src/flow/load.ts';
import type { Site } from '../../src/model/site.ts';

/** One line of the table: what somebody does at a moment, and everything that follows from it. */
export type Row = {
  readonly line: number;
  readonly atMs: number;
  readonly who: string;
  readonly does: string;
  readonly expected: readonly string[];
};

export type Story = {
  readonly file: string;
  readonly title: string;
  /** By name; the first one, called by the empty name, is in service at the start. */
  readonly sites: ReadonlyMap<string, Site>;
  readonly rows: readonly Row[];
};

/** A fault of a story, with the line that it stands in. */
export class StoryError extends Error {
  constructor(file: string, line: number, message: string) {
    super(`${file}:${line}: ${message}`);
  }
}

/** Reads a story: a title, one or more sites in the language of site.yaml, and the table. README.md tells the form. */
export function readStory(file: string, text: string): Story {
  const lines = text.split('\n');
  const title = lines[0]?.trim() ?? '';
  if (title === '') throw new StoryError(file, 1, 'the first line is the title of the story');
  const sites = new Map<string, Site>();
  let rows: Row[] | undefined;
  for (let at = 0; at < lines.length; at++) {
    const heading = /^=== (site|story)\b\s*(.*?)\s*$/.exec(lines[at]!);
    if (!heading) continue;
    const end = lines.findIndex((line, place) => place > at && line.startsWith('==='));
    const section = lines.slice(at + 1, end < 0 ? undefined : end);
    if (heading[1] === 'site') sites.set(heading[2]!, readSite(file, section, at + 2));
    else rows = readRows(file, section, at + 2, dayOf(file, heading[2]!, at + 1));
  }
  if (sites.size === 0 || !sites.has('')) throw new StoryError(file, 1, 'there is no "=== site"');
  if (!rows || rows.length === 0) throw new StoryError(file, 1, 'there is no "=== story 2026-11-23" with rows');
  return { file, title, sites, rows };
}

/** Empty lines in front keep the line numbers of the story in what the loader says. */
function readSite(file: string, section: readonly string[], firstLine: number): Site {
  const text = '\n'.repeat(firstLine - 1) + section.join('\n');
  const folder = { version: 'story', files: [{ path: 'site.yaml', text }], recordings: NONE, unplayable: NONE };
  const { set, problems } = loadFlows(folder);
  if (!set) throw new StoryError(file, problems[0]?.line ?? firstLine, problems[0]?.message ?? 'no site');
  return set.site;
}

const NONE: ReadonlySet<string> = new Set();

function dayOf(file: string, text: string, line: number): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) throw new StoryError(file, line, `"${text}" is not a day such as 2026-11-23`);
  return text;
}

function readRows(file: string, section: readonly string[], firstLine: number, firstDay: string): Row[] {
  const rows: Row[] = [];
  let day = firstDay;
  section.forEach((text, place) => {
    const line = firstLine + place;
    if (text.trim() === '' || text.startsWith('#')) return;
    const cells = text.split('|').map((cell) => cell.trim());
    const time = /^(?:(\d{4}-\d\d-\d\d) )?(\d\d:\d\d:\d\d(?:\.\d{3})?)$/.exec(cells[0]!);
    if (cells.length !== 4 || !time) {
      throw new StoryError(file, line, 'a row is: time | who | does what | what follows; the time is 10:00:05');
    }
    day = time[1] ?? day;
    const atMs = Date.parse(`${day}T${time[2]}Z`);
    if (atMs < (rows.at(-1)?.atMs ?? 0)) throw new StoryError(file, line, `${time[2]} is before the row above`);
    const expected = cells[3]!.split(';').flatMap((one) => (one.trim() === '' ? [] : [one.trim()]));
    rows.push({ line, atMs, who: cells[1]!, does: cells[2]!, expected });
  });
  return rows;
}
