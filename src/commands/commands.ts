import { check } from './check.ts';
import type { CliCommand } from './command.ts';
import { decisions } from './decisions.ts';
import { dryRun } from './dry-run.ts';
import { flowTest } from './flow-test.ts';
import { activate, rollback, versions } from './flow-versions.ts';
import { graph } from './graph.ts';
import { schema } from './schema.ts';
import { serve } from './serve.ts';
import { simulate } from './simulate.ts';
import { simulateDay } from './simulate-day.ts';
import { trace } from './trace.ts';

/** Every verb of `bin/strowger`. A new one is a file in this folder, a line here, a test and a section in docs/operating.md. */
export const COMMANDS: readonly CliCommand[] = [
  serve,
  check,
  schema,
  graph,
  dryRun,
  simulate,
  flowTest,
  simulateDay,
  decisions,
  trace,
  versions,
  activate,
  rollback,
];

/** The list of commands for people. */
export function usageText(commands: readonly CliCommand[]): string {
  const entries = commands.map(({ name, usage, summary }) => `  ${`${name} ${usage}`.trim()}\n      ${summary}\n`);
  return `Usage: bin/strowger COMMAND\n\n${entries.join('')}`;
}
