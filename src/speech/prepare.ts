import { availableParallelism } from 'node:os';
import type { Failure, Result } from '../model/failure.ts';

/** A text that will be needed; `from`: what it belongs to, such as the name of a flow. */
export type Prompt = {
  readonly text: string;
  readonly language: string;
  readonly voice?: string;
  readonly from?: string;
};

export type Progress = { readonly done: number; readonly total: number };

export type Prepared = {
  readonly rendered: number;
  readonly failures: readonly Unprepared[];
};

/** What could not be made, by its place in the list. */
export type Unprepared = {
  readonly at: number;
  readonly from: string | undefined;
  readonly code: string;
  readonly message: string;
};

export type Preparer = {
  /** Makes many prompts and tells its progress after each. Another list, or the same again, ends one that is being made. */
  prepare(prompts: readonly Prompt[], tell?: (progress: Progress) => void): Promise<Prepared>;
  /** The last list once more. */
  again(): Promise<void>;
};

export type PreparerOptions = {
  readonly render: (prompt: Prompt) => Promise<Result<string>>;
  /** Told when a list was made to its end. */
  readonly prepared: (prepared: Prepared) => void;
};

export function createPreparer({ render, prepared }: PreparerOptions): Preparer {
  let last: readonly Prompt[] = [];
  let count = 0;

  async function prepare(prompts: readonly Prompt[], tell: (progress: Progress) => void = () => {}): Promise<Prepared> {
    last = prompts;
    count += 1;
    const own = count;
    const failures: Unprepared[] = [];
    const queue = prompts.entries();
    let done = 0;
    // Every worker takes its next prompt from the one queue. Half of the places for engines are left to callers.
    const work = async (): Promise<void> => {
      for (const [at, prompt] of queue) {
        if (own !== count) return;
        const result = await render(prompt);
        if (!result.ok) failures.push({ at, from: prompt.from, ...namesOf(result.failure) });
        done += 1;
        tell({ done, total: prompts.length });
      }
    };
    const width = Math.max(1, availableParallelism() >> 1);
    await Promise.all(Array.from({ length: width }, work));
    failures.sort((a, b) => a.at - b.at);
    const result = { rendered: done - failures.length, failures };
    if (own === count) prepared(result);
    return result;
  }

  return {
    prepare,
    async again() {
      await prepare(last);
    },
  };
}

/** One sentence about what could not be made; undefined when all was. The texts do not stand in it. */
export function troubleOf({ failures }: Prepared): string | undefined {
  const first = failures[0];
  if (!first) return undefined;
  const where = first.from === undefined ? '' : ` in flow ${first.from}`;
  return `${failures.length} prompts cannot be spoken, the first${where}: ${first.code}: ${first.message}`;
}

function namesOf({ code, message }: Failure): Pick<Unprepared, 'code' | 'message'> {
  return { code, message };
}
