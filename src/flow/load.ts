import type { Flow, FlowSet } from '../model/flow-set.ts';
import type { Values } from '../model/value.ts';
import { BUILT_IN_FLOWS } from './built-in.ts';
import { checkAcross } from './checks/across.ts';
import { flowNameOf, type ReadFlow, readFlow } from './flow-file.ts';
import { isError, type Problem } from './problem.ts';
import { readSite } from './site-file.ts';
import { isTableFile, readTable } from './table-file.ts';

export const FILES_MAX = 5000;

/** The flows folder as it was found: texts by path, and the names of the recordings without their ending. */
export type FlowFolder = {
  /** Hash of all contents. */
  readonly version: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly recordings: ReadonlySet<string>;
  /** Recordings that are there but in a form that cannot be played. */
  readonly unplayable: ReadonlySet<string>;
  /** Names of the secrets that flows and trunks may use; left out: nobody knows which there are, and nothing is said of them. */
  readonly secrets?: ReadonlySet<string> | undefined;
};

/** The set is there only when nothing is wrong but warnings: one broken file refuses the whole load, and the old set stays. */
export type Loaded = { readonly set: FlowSet | undefined; readonly problems: readonly Problem[] };

/** Reads and checks everything in the folder. */
export function loadFlows(folder: FlowFolder): Loaded {
  const problems: Problem[] = [];
  if (folder.files.length > FILES_MAX) {
    problems.push(atFolder('folder.too_large', `There are more than ${FILES_MAX} files in the flows folder.`));
    return { set: undefined, problems };
  }
  const siteFile = folder.files.find((file) => /(^|\/)site\.ya?ml$/.test(file.path));
  if (!siteFile) {
    problems.push(atFolder('site.missing', 'There is no site.yaml. It names the numbers, queues and agents.'));
    return { set: undefined, problems };
  }
  const read = readSite(siteFile, problems);
  const tables: Record<string, Values> = {};
  const flows = new Map<string, ReadFlow>();
  const broken: string[] = [];
  for (const file of folder.files) {
    if (file === siteFile) continue;
    if (isTableFile(file.path)) {
      const table = readTable(file, problems);
      if (table && Object.hasOwn(tables, table.name)) {
        table.source.problem(
          'table.duplicate',
          table.source.root,
          `There is another file with the table "${table.name}".`,
        );
      } else if (table) tables[table.name] = table.rows;
      continue;
    }
    const flow = readFlow(file, problems);
    if (!flow) {
      broken.push(flowNameOf(file.path));
      continue;
    }
    const twin = flows.get(flow.flow.id);
    if (twin) {
      const message = `The flow "${flow.flow.id}" stands already in ${twin.source.file}.`;
      flow.source.problem('flow.duplicate', flow.node, message);
    } else flows.set(flow.flow.id, flow);
  }
  const { recordings, unplayable, secrets } = folder;
  const found = { tables: new Set(Object.keys(tables)), recordings, unplayable, secrets, broken };
  if (read) checkAcross(read, flows, found);
  problems.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column));
  if (!read || problems.some(isError)) return { set: undefined, problems };
  const all: Record<string, Flow> = { ...BUILT_IN_FLOWS };
  for (const [id, { flow }] of flows) all[id] = flow;
  return { set: { version: folder.version, site: read.site, flows: all, tables }, problems };
}

function atFolder(code: Problem['code'], message: string): Problem {
  return { code, file: '.', line: 1, column: 1, message };
}
