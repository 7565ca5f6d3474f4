/** One row of a CSV file by the names of its columns; `line` is where it begins, from 1. */
export type CsvRow = { readonly line: number; readonly fields: Readonly<Record<string, string>> };

/** Most columns of a file. */
const COLUMNS_MAX = 100;

/**
 * The rows of a CSV (RFC 4180): a comma or, where the first line has none of these, a semicolon between fields; quotes around
 * those that hold one; LF or CRLF. Empty lines are left out, missing fields are empty, and fields beyond the header are passed
 * over. The names of columns are small letters, with `_` for blanks. One row is made at a time.
 */
export function* csvRows(text: string): Generator<CsvRow> {
  const lines = records(text.replace(/^\uFEFF/, ''));
  const header = lines.next().value?.fields.slice(0, COLUMNS_MAX).map(columnName) ?? [];
  for (const { line, fields } of lines) {
    if (fields.length === 1 && fields[0] === '') continue;
    yield { line, fields: Object.fromEntries(header.map((name, at) => [name, (fields[at] ?? '').trim()])) };
  }
}

/** The names in the first line, as `csvRows` gives them. */
export function csvColumns(text: string): string[] {
  return (
    records(text.replace(/^\uFEFF/, ''))
      .next()
      .value?.fields.map(columnName) ?? []
  );
}

function columnName(written: string): string {
  return written.trim().toLowerCase().replace(/\s+/g, '_');
}

function* records(text: string): Generator<{ readonly line: number; readonly fields: string[] }, undefined> {
  const firstLine = text.slice(0, text.search(/\r?\n|$/));
  const comma = firstLine.includes(',') || !firstLine.includes(';') ? ',' : ';';
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const begun = line;
    const fields: string[] = [];
    for (;;) {
      const field = text[at] === '"' ? quoted(text, at) : plain(text, at, comma);
      fields.push(field.value);
      line += field.lines;
      at = field.end;
      if (text[at] !== comma) break;
      at += 1;
    }
    // What stands between a closing quote and the end of the line is nobody's.
    while (at < text.length && text[at] !== '\n') at += 1;
    at += 1;
    line += 1;
    yield { line: begun, fields };
  }
}

type Field = { readonly value: string; readonly end: number; readonly lines: number };

function plain(text: string, from: number, comma: string): Field {
  let end = from;
  while (end < text.length && text[end] !== comma && text[end] !== '\n') end += 1;
  return { value: text.slice(from, end).replace(/\r$/, ''), end, lines: 0 };
}

/** Two quotes stand for one. */
function quoted(text: string, from: number): Field {
  let end = from + 1;
  while (end < text.length && (text[end] !== '"' || text[end + 1] === '"')) end += text[end] === '"' ? 2 : 1;
  const value = text.slice(from + 1, end).replaceAll('""', '"');
  return { value, end: end + 1, lines: value.split('\n').length - 1 };
}
