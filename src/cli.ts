import { resolve } from 'node:path';
import { ConfigError, readConfig } from './config.ts';
import { readFlowFolder } from './controller/flow-folder.ts';
import { problemLine } from './flow/problem.ts';
import { serve } from './main.ts';

const USAGE = `Usage: bin/strowger COMMAND

  serve            runs the controller (npm start runs it together with PostgreSQL and Asterisk)
  check [FOLDER]   checks the flows; every problem is a line "file:line:column code message"
`;

/** The ops engineer's command. Exit status: 0 fine, 1 problems found or start refused, 2 wrong usage. */
async function run(args: readonly string[]): Promise<void> {
  const [command, ...rest] = args;
  if (command === 'serve' && rest.length === 0) return serveUntilStopped();
  if (command === 'check' && rest.length <= 1) return check(rest[0]);
  const asked = command === undefined || command === 'help' || command === '--help';
  (asked ? process.stdout : process.stderr).write(USAGE);
  process.exitCode = asked ? 0 : 2;
}

async function serveUntilStopped(): Promise<void> {
  const controller = await serve(readConfig(process.env));
  const stop = (): void => {
    controller.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

async function check(folder: string | undefined): Promise<void> {
  const dir = folder === undefined ? readConfig(process.env).flowsDir : resolve(folder);
  const { set, problems } = await readFlowFolder(dir).catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError('flows.unreadable', `The folder ${dir} cannot be read (${error.code ?? error.message}).`);
  });
  for (const problem of problems) process.stdout.write(`${problemLine(problem)}\n`);
  if (!set) process.exitCode = 1;
  const flows = Object.keys(set?.flows ?? {}).filter((id) => !id.startsWith('strowger.')).length;
  const verdict = set ? `fine: ${flows} flows, version ${set.version}` : `${problems.length} problems`;
  process.stdout.write(`${verdict}\n`);
}

run(process.argv.slice(2)).catch((error: Error & { code?: string }) => {
  const expected = error instanceof ConfigError || error.code !== undefined;
  process.stderr.write(`${expected ? `${error.code}: ${error.message}` : error.stack}\n`);
  process.exit(1);
});
