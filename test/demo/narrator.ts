import type { WriteStream } from 'node:tty';

export type Who = 'server' | 'far end' | 'caller' | 'agent' | 'queue';

const COLOURS: Readonly<Record<Who, number>> = { server: 90, 'far end': 90, caller: 36, agent: 33, queue: 35 };
const WHO_COLUMNS = 8;

/** Prints the story: one line for each moment, with the seconds since the start. */
export type Narrator = {
  tell(who: Who, what: string): void;
  /** Lines that are no moment of the story. */
  say(...lines: string[]): void;
  heading(text: string): void;
};

/** Colours only on a terminal, so that a log or a test reads plain text. */
export function openNarrator(out: Pick<WriteStream, 'write'> & { readonly isTTY?: boolean }): Narrator {
  const began = performance.now();
  const paint = (code: number, text: string): string => (out.isTTY ? `\x1b[${code}m${text}\x1b[0m` : text);
  const say = (...lines: string[]): void => {
    for (const line of lines) out.write(`${line}\n`);
  };
  return {
    say,
    tell: (who, what) => {
      const seconds = ((performance.now() - began) / 1_000).toFixed(1).padStart(5);
      say(`${seconds} s  ${paint(COLOURS[who], who.padEnd(WHO_COLUMNS))} ${what}`);
    },
    heading: (text) => say('', paint(1, text), ''),
  };
}

/** Milliseconds as people read them. */
export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
