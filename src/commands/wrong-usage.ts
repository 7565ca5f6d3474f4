import type { CliCommand } from './command.ts';

/** Says what was not understood and how the command is used; the exit status of a wrong usage. */
export function wrongUsage({ name, usage }: CliCommand, problem: string): number {
  process.stderr.write(`${problem}\nUsage: ${`bin/strowger ${name} ${usage}`.trim()}\n`);
  return 2;
}
