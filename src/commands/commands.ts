import type { CliCommand } from './command.ts';

/**
 * Every verb of `bin/strowger`. A new one is a file in this folder, a line here, a test and a section in docs/operating.md.
 * Only the verb that is asked for is loaded: all of them together take a second, for which a controller that comes back
 * after a crash must not be waited for.
 */
const COMMANDS: ReadonlyMap<string, () => Promise<CliCommand>> = new Map([
  ['serve', async () => (await import('./serve.ts')).serve],
  ['check', async () => (await import('./check.ts')).check],
  ['schema', async () => (await import('./schema.ts')).schema],
  ['graph', async () => (await import('./graph.ts')).graph],
  ['dry-run', async () => (await import('./dry-run.ts')).dryRun],
  ['simulate', async () => (await import('./simulate.ts')).simulate],
  ['test', async () => (await import('./flow-test.ts')).flowTest],
  ['simulate-day', async () => (await import('./simulate-day.ts')).simulateDay],
  ['decisions', async () => (await import('./decisions.ts')).decisions],
  ['trace', async () => (await import('./trace.ts')).trace],
  ['versions', async () => (await import('./flow-versions.ts')).versions],
  ['activate', async () => (await import('./flow-versions.ts')).activate],
  ['rollback', async () => (await import('./flow-versions.ts')).rollback],
  ['emergency', async () => (await import('./emergency.ts')).emergency],
  ['rotate-recording-keys', async () => (await import('./rotate-recording-keys.ts')).rotateRecordingKeys],
]);

/** @returns the command of this name; undefined where there is none. */
export async function commandOf(name: string): Promise<CliCommand | undefined> {
  return COMMANDS.get(name)?.();
}

export function allCommands(): Promise<CliCommand[]> {
  return Promise.all([...COMMANDS.values()].map((load) => load()));
}

/** The list of commands for people. */
export function usageText(commands: readonly CliCommand[]): string {
  const entries = commands.map(({ name, usage, summary }) => `  ${`${name} ${usage}`.trim()}\n      ${summary}\n`);
  return `Usage: bin/strowger COMMAND\n\n${entries.join('')}`;
}
