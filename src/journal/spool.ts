import { chmodSync, closeSync, ftruncateSync, mkdirSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { JournalError } from './errors.ts';
import { type Line, seqOfLine } from './line.ts';
import { leftOverSegments, linesOf, type Segment, segmentPath } from './spool-file.ts';

/** A segment is full at this size. */
export const SEGMENT_BYTES_MAX = 8 * 1024 * 1024;
/** A segment that is wholly committed goes on being used below this size: fewer files made, little read at a start. */
export const SEGMENT_BYTES_KEPT = 256 * 1024;

/**
 * Lines on disk until PostgreSQL has them. A write goes to the kernel's page cache: it survives a `kill -9` of this
 * process, and costs no wait for the disk.
 */
export class Spool {
  readonly #dir: string;
  readonly #segmentBytesMax: number;
  readonly #segments: Segment[];
  /** The newest segment's file while it takes lines. */
  #fd: number | undefined;
  #bytes: number;
  /** Where the next read most likely starts, so that draining a segment does not read it from its start each time. */
  #cursor = { path: '', seq: 0, offset: 0 };

  /** @param segmentBytesMax smaller for small bounds. Throws `journal.spool_broken` when a left-over file is damaged. */
  constructor(dir: string, segmentBytesMax = SEGMENT_BYTES_MAX) {
    try {
      mkdirSync(dir, { recursive: true, mode: 0o700 });
      // The folder may have been there with other rights, and the files hold callers' numbers.
      chmodSync(dir, 0o700);
    } catch (error) {
      throw refusedBy(dir, error);
    }
    this.#dir = dir;
    this.#segmentBytesMax = segmentBytesMax;
    this.#segments = leftOverSegments(dir);
    this.#bytes = this.#segments.reduce((sum, segment) => sum + segment.bytes, 0);
  }

  /** What all segments take on the disk. */
  get bytes(): number {
    return this.#bytes;
  }

  /** First and last place that the spool still holds; undefined when it is empty. */
  span(): { readonly firstSeq: number; readonly lastSeq: number } | undefined {
    const held = this.#segments.filter((segment) => segment.lastSeq >= segment.firstSeq);
    return held.length === 0 ? undefined : { firstSeq: held[0]!.firstSeq, lastSeq: held.at(-1)!.lastSeq };
  }

  /** Writes lines of consecutive places. Throws `journal.spool_failed`; then none of them is in the spool. */
  write(lines: readonly Line[]): void {
    const first = lines[0];
    if (!first) return;
    let text = '';
    for (const line of lines) text += `${line.text}\n`;
    const bytes = Buffer.from(text);
    try {
      const { fd, segment } = this.#segmentFor(first.seq, bytes.length);
      writeWhole(fd, bytes, segment.bytes);
      segment.bytes += bytes.length;
      segment.lastSeq += lines.length;
      this.#bytes += bytes.length;
    } catch (error) {
      throw refusedBy(this.#dir, error);
    }
  }

  #segmentFor(seq: number, bytes: number): { fd: number; segment: Segment } {
    const last = this.#segments.at(-1);
    if (this.#fd !== undefined && last && last.bytes + bytes <= this.#segmentBytesMax) {
      return { fd: this.#fd, segment: last };
    }
    this.#endSegment();
    const path = segmentPath(this.#dir, seq);
    const fd = openSync(path, 'ax', 0o600);
    const segment = { path, firstSeq: seq, lastSeq: seq - 1, bytes: 0 };
    this.#fd = fd;
    this.#segments.push(segment);
    return { fd, segment };
  }

  /** Lines from a place on, in order, at most so many and about so many characters. */
  read(fromSeq: number, linesMax: number, charactersMax: number): Line[] {
    const found: Line[] = [];
    let characters = 0;
    for (const { path, lastSeq, bytes } of this.#segments) {
      if (lastSeq < fromSeq || bytes === 0) continue;
      const known = this.#cursor.path === path && this.#cursor.seq <= fromSeq;
      for (const { text, offset } of linesOf(path, known ? this.#cursor.offset : 0)) {
        const seq = seqOfLine(text);
        if (seq === undefined) throw new JournalError('journal.spool_broken', `${path} was changed while in use.`);
        if (seq < fromSeq) continue;
        if (found.length >= linesMax || characters >= charactersMax) {
          this.#cursor = { path, seq, offset };
          return found;
        }
        found.push({ seq, text });
        characters += text.length;
      }
    }
    return found;
  }

  /** Forgets what PostgreSQL has: removes each segment of which all is committed. */
  release(committedSeq: number): void {
    const kept = this.#segments.findIndex((segment) => segment.lastSeq > committedSeq);
    if (kept !== -1) {
      this.#remove(kept);
      return;
    }
    const last = this.#segments.at(-1);
    const small = last && last.bytes < Math.min(SEGMENT_BYTES_KEPT, this.#segmentBytesMax / 2);
    if (this.#fd !== undefined && small) {
      this.#remove(this.#segments.length - 1);
    } else {
      this.#endSegment();
      this.#remove(this.#segments.length);
    }
  }

  /** Lets go of the files; removes those that are wholly committed. */
  close(committedSeq: number): void {
    this.#endSegment();
    this.release(committedSeq);
  }

  #endSegment(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  #remove(count: number): void {
    if (count === 0) return;
    for (const segment of this.#segments.splice(0, count)) {
      this.#bytes -= segment.bytes;
      unlinkSync(segment.path);
    }
  }
}

function refusedBy(dir: string, error: unknown): JournalError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
  return new JournalError('journal.spool_failed', `The spool in ${dir} cannot be written (${code}).`);
}

/** Writes all or nothing: a disk that fills up in the middle must not leave half a line before the next one. */
function writeWhole(fd: number, bytes: Buffer, sizeBefore: number): void {
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
  } catch (error) {
    ftruncateSync(fd, sizeBefore);
    throw error;
  }
}
