import type { Line } from './line.ts';
import type { Spool } from './spool.ts';

/**
 * The lines that wait for PostgreSQL, oldest first. The nearest ones are in memory; when PostgreSQL is away for long,
 * the rest lies only in the spool and is read back when its turn comes.
 */
export type Backlog = {
  /** Takes lines that are in the spool already. */
  add(lines: readonly Line[]): void;
  /** The oldest lines, for one statement; they stay until they are dropped. */
  group(): readonly Line[];
  drop(group: readonly Line[]): void;
  /** The place of the newest line ever added. */
  lastSeq(): number;
  /** How much waits: events and about so many bytes. */
  waiting(): { readonly events: number; readonly bytes: number };
};

/** Most lines and characters in memory. */
export const MEMORY_LINES_MAX = 10_000;
export const MEMORY_CHARACTERS_MAX = 16 * 1024 * 1024;
/** Most lines and characters in one statement. */
export const GROUP_LINES_MAX = 1_000;
export const GROUP_CHARACTERS_MAX = 4 * 1024 * 1024;

/** @param committedSeq the newest place that PostgreSQL has; nothing waits yet. */
export function createBacklog(spool: Spool, committedSeq: number): Backlog {
  let memory: Line[] = [];
  let memoryCharacters = 0;
  let droppedSeq = committedSeq;
  let lastSeq = committedSeq;
  let bytes = 0;

  function readBack(): void {
    memory = spool.read(droppedSeq + 1, MEMORY_LINES_MAX, MEMORY_CHARACTERS_MAX);
    memoryCharacters = memory.reduce((sum, line) => sum + line.text.length, 0);
  }

  return {
    add(lines) {
      // Only when memory holds everything so far may it take more: it must never have a hole.
      let whole = droppedSeq + memory.length === lastSeq;
      for (const line of lines) {
        whole &&= memory.length < MEMORY_LINES_MAX && memoryCharacters < MEMORY_CHARACTERS_MAX;
        if (whole) {
          memory.push(line);
          memoryCharacters += line.text.length;
        }
        bytes += line.text.length;
        lastSeq = line.seq;
      }
    },
    group() {
      if (memory.length === 0 && lastSeq > droppedSeq) readBack();
      let characters = 0;
      const tooMany = memory.findIndex((line, index) => {
        characters += line.text.length;
        return index > 0 && (index >= GROUP_LINES_MAX || characters > GROUP_CHARACTERS_MAX);
      });
      return memory.slice(0, tooMany === -1 ? undefined : tooMany);
    },
    drop(group) {
      memory.splice(0, group.length);
      for (const line of group) {
        memoryCharacters -= line.text.length;
        bytes -= line.text.length;
      }
      droppedSeq += group.length;
    },
    lastSeq: () => lastSeq,
    waiting: () => ({ events: lastSeq - droppedSeq, bytes }),
  };
}
