import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ConfigError, readConfig } from '../config.ts';
import { suggestion } from '../flow/nearest.ts';
import { problemLine } from '../flow/problem.ts';
import type { FlowSet } from '../model/flow-set.ts';
import { allFlowsPicture } from '../pictures/all-flows.ts';
import { dot } from '../pictures/dot.ts';
import { flowPicture } from '../pictures/flow-picture.ts';
import { mermaid } from '../pictures/mermaid.ts';
import type { Picture } from '../pictures/picture.ts';
import { svg } from '../pictures/svg.ts';
import type { CliCommand } from './command.ts';
import { readOptions } from './options.ts';
import { readFolder } from './read-folder.ts';
import { wrongUsage } from './wrong-usage.ts';

const FORMATS: Readonly<Record<string, (picture: Picture) => string | Promise<string>>> = {
  mermaid,
  dot,
  svg,
  json: (picture) => `${JSON.stringify(picture, undefined, 2)}\n`,
};

export const graph: CliCommand = {
  name: 'graph',
  usage: '[FLOW [FOLDER]] [--all [FOLDER]] [--errors] [--format mermaid|dot|svg|json] [--out FILE] [--json]',
  summary: 'draws a flow with the outcomes on its lines; without FLOW, how all flows lead to each other',
  async run(args, env) {
    const options = readOptions(args, { values: ['format', 'out'], flags: ['all', 'errors', 'json'] });
    if (typeof options === 'string') return wrongUsage(graph, options);
    const { values, flags, others } = options;
    const format = values.format ?? (flags.has('json') ? 'json' : formatOf(values.out));
    if (!Object.hasOwn(FORMATS, format)) return wrongUsage(graph, `There is no format "${format}".`);
    const [flowId, folder, ...more] = flags.has('all') ? [undefined, ...others] : others;
    if (more.length > 0) return wrongUsage(graph, 'It takes one flow and one folder at most.');
    const { set, problems } = await readFolder(folder === undefined ? readConfig(env).flowsDir : resolve(folder));
    if (!set) {
      for (const problem of problems) process.stderr.write(`${problemLine(problem)}\n`);
      return 1;
    }
    const picture = flowId === undefined ? allFlowsPicture(set) : pictureOf(set, flowId, flags.has('errors'));
    if (!picture) return 1;
    await put(await FORMATS[format]!(picture), values.out);
    return 0;
  },
};

/** By the ending of the file that is written. */
function formatOf(out: string | undefined): string {
  const ending = /\.(svg|dot|json)$/.exec(out ?? '')?.[1];
  return ending ?? 'mermaid';
}

function pictureOf(set: FlowSet, flowId: string, errors: boolean): Picture | undefined {
  if (Object.hasOwn(set.flows, flowId)) return flowPicture(set, set.flows[flowId]!, { errors });
  const known = Object.keys(set.flows).filter((id) => !id.startsWith('strowger.'));
  process.stderr.write(`flow.unknown: There is no flow "${flowId}". ${suggestion(flowId, known)}\n`);
  return undefined;
}

async function put(text: string, out: string | undefined): Promise<void> {
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  await writeFile(resolve(out), text).catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError('file.unwritable', `${out} cannot be written (${error.code ?? error.message}).`);
  });
}
