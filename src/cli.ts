import { allCommands, commandOf, usageText } from './commands/commands.ts';
import { ConfigError } from './config.ts';

/** The ops engineer's command. Exit status: 0 fine, 1 problems found or start refused, 2 wrong usage. */
async function run([name, ...rest]: readonly string[]): Promise<number> {
  const command = name === undefined ? undefined : await commandOf(name);
  if (command) return command.run(rest, process.env);
  const asked = name === undefined || name === 'help' || name === '--help';
  (asked ? process.stdout : process.stderr).write(usageText(await allCommands()));
  return asked ? 0 : 2;
}

// A reader that went away, as with a pipe into head, is no fault of ours.
process.stdout.on('error', () => process.exit(0));

run(process.argv.slice(2)).then(
  // What was printed goes out first: a pipe takes it later than exit would come.
  (status) => process.stdout.write('', () => process.exit(status)),
  (error: Error & { code?: string }) => {
    const expected = error instanceof ConfigError || error.code !== undefined;
    process.stderr.write(`${expected ? `${error.code}: ${error.message}` : error.stack}\n`);
    process.exit(1);
  },
);
