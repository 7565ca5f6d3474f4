import { join, relative, resolve } from 'node:path';
import { readConfig } from '../config.ts';
import type { LoadedFolder } from '../controller/flow-folder.ts';
import { isError, type Problem, problemLine } from '../flow/problem.ts';
import type { CliCommand } from './command.ts';
import { readOptions } from './options.ts';
import { readFolder } from './read-folder.ts';
import { wrongUsage } from './wrong-usage.ts';

const FORMATS: Readonly<Record<string, (folder: string, found: LoadedFolder) => string>> = {
  text: asText,
  json: asJson,
  github: asGithub,
};

export const check: CliCommand = {
  name: 'check',
  usage: '[FOLDER] [--json] [--format text|json|github] [--strict]',
  summary: 'checks the flows; every problem is a line "file:line:column code message"',
  async run(args, env) {
    const options = readOptions(args, { values: ['format'], flags: ['json', 'strict'] });
    if (typeof options === 'string') return wrongUsage(check, options);
    const { values, flags, others } = options;
    const format = values.format ?? (flags.has('json') ? 'json' : 'text');
    if (!Object.hasOwn(FORMATS, format)) return wrongUsage(check, `There is no format "${format}".`);
    const [given, ...more] = others;
    if (more.length > 0) return wrongUsage(check, 'It takes one folder at most.');
    const folder = given === undefined ? readConfig(env).flowsDir : resolve(given);
    const found = await readFolder(folder);
    process.stdout.write(FORMATS[format]!(folder, found));
    return found.set && !(flags.has('strict') && found.problems.length > 0) ? 0 : 1;
  },
};

function asText(_folder: string, found: LoadedFolder): string {
  const { set, problems } = found;
  const warnings = problems.filter((problem) => !isError(problem)).length;
  const besides = warnings === 0 ? '' : `, ${counted(warnings, 'warning')}`;
  const verdict = set
    ? `fine: ${counted(flowCount(found), 'flow')}, version ${set.version}${besides}`
    : `${counted(problems.length - warnings, 'problem')}${besides}`;
  return [...problems.map(problemLine), verdict].map((line) => `${line}\n`).join('');
}

function asJson(folder: string, found: LoadedFolder): string {
  const { set, problems } = found;
  const told = problems.map(({ severity = 'error', ...problem }) => ({ ...problem, severity }));
  const report = { folder, version: set?.version ?? null, flows: flowCount(found), problems: told };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

/** Lines that GitHub shows beside the lines of the files, which must be named from where the command was started. */
function asGithub(folder: string, { problems }: LoadedFolder): string {
  return problems
    .map((problem) => `${annotation(relative(process.cwd(), join(folder, problem.file)), problem)}\n`)
    .join('');
}

/** The form of docs.github.com "Workflow commands"; what separates the parts is written by its number. */
function annotation(file: string, problem: Problem): string {
  const { line, column, code, message } = problem;
  const kind = isError(problem) ? 'error' : 'warning';
  const part = (text: string) => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::${kind} file=${part(file)},line=${line},col=${column},title=${part(code)}::${escaped(message)}`;
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function flowCount({ set }: LoadedFolder): number {
  return Object.keys(set?.flows ?? {}).filter((id) => !id.startsWith('strowger.')).length;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
