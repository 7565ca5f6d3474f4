import { askController } from './ask-controller.ts';
import type { CliCommand } from './command.ts';
import { readOptions } from './options.ts';
import { wrongUsage } from './wrong-usage.ts';

type Version = {
  readonly version: string;
  readonly flows: number;
  readonly loadedAt: string;
  readonly inService: boolean;
  readonly pinned: boolean;
  readonly contacts: number;
};

/** The three verbs about versions of the flows ask the controller that runs, so that nothing is torn apart. */
export const versions: CliCommand = {
  name: 'versions',
  usage: '[--json]',
  summary: 'lists the versions of the flows that were in service, the newest first',
  async run(args, env) {
    const options = readOptions(args, { values: [], flags: ['json'] });
    if (typeof options === 'string') return wrongUsage(versions, options);
    if (options.others.length > 0) return wrongUsage(versions, 'It takes nothing else.');
    const answer = await askController<{ versions: readonly Version[] }>(env, '/v1/flows/versions');
    print(options.flags, answer, () => answer.versions.map(line).join(''));
    return 0;
  },
};

export const activate: CliCommand = {
  name: 'activate',
  usage: 'VERSION [--json]',
  summary: 'brings a version of the flows back into service, until the folder changes',
  async run(args, env) {
    const options = readOptions(args, { values: [], flags: ['json'] });
    if (typeof options === 'string') return wrongUsage(activate, options);
    const [version, ...others] = options.others;
    if (version === undefined || others.length > 0) return wrongUsage(activate, 'It takes one version.');
    const answer = await askController<Version>(env, '/v1/flows/activate', { version });
    print(options.flags, answer, () => line(answer));
    return 0;
  },
};

export const rollback: CliCommand = {
  name: 'rollback',
  usage: '[--json]',
  summary: 'goes back to the version of the flows that was in service before',
  async run(args, env) {
    const options = readOptions(args, { values: [], flags: ['json'] });
    if (typeof options === 'string') return wrongUsage(rollback, options);
    if (options.others.length > 0) return wrongUsage(rollback, 'It takes nothing else. "activate" takes a version.');
    const answer = await askController<Version>(env, '/v1/flows/rollback', {});
    print(options.flags, answer, () => line(answer));
    return 0;
  },
};

function line({ version, flows, loadedAt, inService, pinned, contacts }: Version): string {
  const state = inService ? (pinned ? 'in service, by hand' : 'in service') : '';
  const counted = `${flows} flows, ${contacts} contacts`;
  return `${version}  ${loadedAt}  ${counted}  ${state}`.trimEnd().concat('\n');
}

function print(flags: ReadonlySet<string>, answer: object, text: () => string): void {
  process.stdout.write(flags.has('json') ? `${JSON.stringify(answer, undefined, 2)}\n` : text());
}
