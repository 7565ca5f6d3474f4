import { resolve } from 'node:path';
import { readConfig } from '../config.ts';
import { problemLine } from '../flow/problem.ts';
import type { CliCommand } from './command.ts';
import { readFolder } from './read-folder.ts';
import { wrongUsage } from './wrong-usage.ts';

export const check: CliCommand = {
  name: 'check',
  usage: '[FOLDER]',
  summary: 'checks the flows; every problem is a line "file:line:column code message"',
  async run(args, env) {
    const [folder, ...others] = args;
    if (others.length > 0 || folder?.startsWith('-')) return wrongUsage(check, 'It takes one folder at most.');
    const { set, problems } = await readFolder(folder === undefined ? readConfig(env).flowsDir : resolve(folder));
    for (const problem of problems) process.stdout.write(`${problemLine(problem)}\n`);
    const flows = Object.keys(set?.flows ?? {}).filter((id) => !id.startsWith('strowger.')).length;
    const verdict = set ? `fine: ${flows} flows, version ${set.version}` : `${problems.length} problems`;
    process.stdout.write(`${verdict}\n`);
    return set ? 0 : 1;
  },
};
