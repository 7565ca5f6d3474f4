/** One verb of `bin/strowger`. Each lives in a file of its own in this folder and stands in the registry commands.ts. */
export type CliCommand = {
  readonly name: string;
  /** What follows the name, such as `[FOLDER]`; empty: nothing. */
  readonly usage: string;
  /** One sentence for the list of commands. */
  readonly summary: string;
  /** Returns the exit status: 0 fine, 1 problems found or refused, 2 wrong usage. */
  run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number>;
};
