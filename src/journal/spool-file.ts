import { closeSync, openSync, readdirSync, readSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { JournalError } from './errors.ts';
import { seqOfLine } from './line.ts';

/** One file of the spool: the lines of the places from `firstSeq` to `lastSeq`, without gaps. */
export type Segment = { readonly path: string; readonly firstSeq: number; lastSeq: number; bytes: number };

/** A line of a file with the byte where it starts; `whole` is false for a last line without line end. */
export type FileLine = { readonly text: string; readonly offset: number; readonly whole: boolean };

const READ_BYTES = 1024 * 1024;
const NAME = /^(\d{16})\.jsonl$/;

export function segmentPath(dir: string, firstSeq: number): string {
  return join(dir, `${String(firstSeq).padStart(16, '0')}.jsonl`);
}

/** The lines of a file from a byte on, read in pieces so that a large file is never in memory as a whole. */
export function* linesOf(path: string, fromOffset = 0): Generator<FileLine> {
  const fd = openSync(path, 'r');
  try {
    let rest = Buffer.alloc(0);
    let offset = fromOffset;
    for (;;) {
      const piece = Buffer.allocUnsafe(READ_BYTES);
      const size = readSync(fd, piece, 0, READ_BYTES, offset + rest.length);
      if (size === 0) break;
      rest = rest.length === 0 ? piece.subarray(0, size) : Buffer.concat([rest, piece.subarray(0, size)]);
      let start = 0;
      for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10, start)) {
        yield { text: rest.toString('utf8', start, end), offset: offset + start, whole: true };
        start = end + 1;
      }
      offset += start;
      rest = rest.subarray(start);
    }
    if (rest.length > 0) yield { text: rest.toString('utf8'), offset, whole: false };
  } finally {
    closeSync(fd);
  }
}

/**
 * The segments that an earlier run left behind, checked line by line. A last line without its end was being written
 * when that run was killed; its `append` never returned, so it is cut off.
 * Throws `journal.spool_broken` with file and line for any other damage: going on would lose what stands behind it.
 */
export function leftOverSegments(dir: string): Segment[] {
  const names = readdirSync(dir)
    .filter((name) => NAME.test(name))
    .sort();
  const segments: Segment[] = [];
  let expectedSeq: number | undefined;
  for (const [index, name] of names.entries()) {
    const segment = checkedSegment(join(dir, name), Number(NAME.exec(name)?.[1]), index === names.length - 1);
    if (expectedSeq !== undefined && segment.firstSeq !== expectedSeq) {
      throw broken(segment.path, 1, `place ${expectedSeq} should follow the file before`);
    }
    expectedSeq = segment.lastSeq + 1;
    segments.push(segment);
  }
  return segments;
}

function checkedSegment(path: string, firstSeq: number, newest: boolean): Segment {
  const segment: Segment = { path, firstSeq, lastSeq: firstSeq - 1, bytes: 0 };
  let number = 0;
  for (const line of linesOf(path)) {
    number += 1;
    if (!line.whole && newest) {
      truncateSync(path, line.offset);
      break;
    }
    if (!line.whole || seqOfLine(line.text) !== segment.lastSeq + 1 || !isJson(line.text)) {
      throw broken(path, number, `no whole entry for place ${segment.lastSeq + 1}`);
    }
    segment.lastSeq += 1;
    segment.bytes = line.offset + Buffer.byteLength(line.text) + 1;
  }
  return segment;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function broken(path: string, line: number, what: string): JournalError {
  return new JournalError(
    'journal.spool_broken',
    `${path}, line ${line}: ${what}. Keep a copy of the folder, then mend the line or move the file away.`,
  );
}
