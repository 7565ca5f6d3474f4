import type { WriteStream } from 'node:tty';

const COUNTER_MS = 200;
/** On a log the reader sees every few seconds that a long step lives. */
const REMINDER_MS = 10_000;
/** Titles are filled up to this, so that the seconds stand below each other. */
const TITLE_CHARS = 18;
/** With mark, title and seconds a line then fits into 80 columns and is not wrapped, so it can be written over. */
const NOTE_CHARS_MAX = 40;

/** What a step can say about itself while it runs. */
export type StepNote = (line: string) => void;

export type Progress = {
  /** Runs one step; its line shows the seconds that it took. Rejects as `act` does. */
  step<T>(title: string, act: (note: StepNote) => Promise<T>): Promise<T>;
  say(line: string): void;
};

/** Shows steps as they happen: one line that counts on a terminal, plain lines elsewhere. */
export function openProgress(out: Pick<WriteStream, 'write'> & { readonly isTTY?: boolean }): Progress {
  const say = (line: string): void => void out.write(`${line}\n`);
  return {
    say,
    async step(name, act) {
      const title = name.padEnd(TITLE_CHARS);
      const began = Date.now();
      const seconds = (): string => `${((Date.now() - began) / 1000).toFixed(1)} s`;
      let latest = '';
      const show = (): void => void out.write(`\r\x1b[K  ...  ${title}  ${seconds()}  ${latest}`);
      const remind = (): void => say(`  ...  ${title}  ${seconds()}  ${latest}`);
      const timer = out.isTTY ? setInterval(show, COUNTER_MS) : setInterval(remind, REMINDER_MS);
      const close = (mark: string): void => {
        clearInterval(timer);
        say(`${out.isTTY ? '\r\x1b[K' : ''}  ${mark}  ${title}  ${seconds()}`);
      };
      try {
        const result = await act((line) => {
          latest = line.slice(0, NOTE_CHARS_MAX);
        });
        close('ok ');
        return result;
      } catch (error) {
        close('no ');
        throw error;
      }
    },
  };
}
