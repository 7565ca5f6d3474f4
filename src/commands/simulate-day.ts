import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { readFlowFolder } from '../controller/flow-folder.ts';
import { type Problem, problemLine } from '../flow/problem.ts';
import type { Failure } from '../model/failure.ts';
import type { DayReport } from '../simulation/day-report.ts';
import { findStaff, staffGoal } from '../simulation/find-staff.ts';
import { compare, replicate, summarize } from '../simulation/replications.ts';
import { openScenario, type ReadScenario, RUNS_MAX, SEED_MAX } from '../simulation/scenario-file.ts';
import { simulationFailed } from '../simulation/simulation-failure.ts';
import { comparisonJson, foundStaffJson, summaryJson } from '../simulation/summary-json.ts';
import { comparisonText, foundStaffText, summaryText } from '../simulation/summary-text.ts';
import { theoryOf } from '../simulation/theory-check.ts';
import type { CliCommand } from './command.ts';

export const simulateDay: CliCommand = {
  name: 'simulate-day',
  usage: 'SCENARIO.yaml [--json] [--seed N] [--runs N] [--compare OTHER.yaml] [--find-staff QUEUE=80/20]',
  summary: 'lives a day on a virtual clock and prints the reports: what if, and how many agents',
  run: simulate,
};

type Options = {
  readonly file: string;
  readonly json: boolean;
  readonly seed?: number;
  readonly runs?: number;
  readonly compare?: string;
  readonly findStaff?: string;
};

async function simulate(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (typeof options === 'string')
    return refuse(`${options}\nUsage: bin/strowger simulate-day ${simulateDay.usage}\n`, 2);
  const read = await readScenario(options.file, options);
  if (!read) return 1;
  if (options.findStaff !== undefined) return find(read, options.findStaff, options);
  const days = live(read);
  if (!days.ok) return told(days.failure);
  if (options.compare !== undefined) return compareWith(options.compare, read, days.value, options);
  const summary = summarize(days.value);
  const theory = theoryOf(read.scenario);
  const print = options.json ? summaryJson : summaryText;
  process.stdout.write(print(read.scenario, summary, theory));
  return 0;
}

/** Both scenarios take seed and number of runs of the first, so that their runs make pairs. */
async function compareWith(
  file: string,
  read: ReadScenario,
  days: readonly DayReport[],
  options: Options,
): Promise<number> {
  const { seed, runs } = read.scenario;
  const other = await readScenario(file, { seed, runs });
  if (!other) return 1;
  const others = live(other);
  if (!others.ok) return told(others.failure);
  const differences = compare(days, others.value);
  if (!differences.ok) return told(differences.failure);
  const print = options.json ? comparisonJson : comparisonText;
  process.stdout.write(print(read.scenario, other.scenario, differences.value));
  return 0;
}

function find(read: ReadScenario, written: string, options: Options): number {
  const goal = staffGoal(written);
  if (!goal) return refuse(`--find-staff takes QUEUE=PERCENT/SECONDS, such as sales=80/20, not "${written}".\n`, 2);
  const found = findStaff(read, goal, (count) => progress(`trying ${count} agents`));
  clearProgress();
  if (!found.ok) return told(found.failure);
  process.stdout.write((options.json ? foundStaffJson : foundStaffText)(goal, found.value));
  return 0;
}

function live(read: ReadScenario): ReturnType<typeof replicate> {
  const { name, runs } = read.scenario;
  const days = replicate(read.scenario, (done) => progress(`${name}: run ${done} of ${runs}`));
  clearProgress();
  return days;
}

async function readScenario(
  file: string,
  overrides: { readonly seed?: number; readonly runs?: number },
): Promise<ReadScenario | undefined> {
  const problems: Problem[] = [];
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => error);
  if (typeof text !== 'string') {
    told(simulationFailed('simulation.file_unreadable', { file, reason: text.code ?? text.message }).failure);
    return undefined;
  }
  const opened = openScenario({ path: file, text }, problems);
  const site = opened && (await readSite(resolve(dirname(file), opened.flows), problems));
  const read = site && opened.read(site);
  for (const problem of problems) process.stdout.write(`${problemLine(problem)}\n`);
  if (!read) return undefined;
  const { seed = read.scenario.seed, runs = read.scenario.runs } = overrides;
  return { ...read, scenario: { ...read.scenario, seed, runs } };
}

async function readSite(folder: string, problems: Problem[]) {
  try {
    const loaded = await readFlowFolder(folder);
    problems.push(...loaded.problems.map((problem) => ({ ...problem, file: `${folder}/${problem.file}` })));
    return loaded.set?.site;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    refuse(`flows.unreadable: The folder ${folder} cannot be read (${code ?? message}).\n`, 1);
    return undefined;
  }
}

/** The options, or a sentence about what is wrong with them. */
function readOptions(args: readonly string[]): Options | string {
  const options: { -readonly [K in keyof Options]: Options[K] } = { file: '', json: false };
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--json') options.json = true;
    else if (arg === '--seed' || arg === '--runs') {
      const max = arg === '--seed' ? SEED_MAX : RUNS_MAX;
      const value = Number(rest.shift() ?? Number.NaN);
      if (!Number.isInteger(value) || value < (arg === '--seed' ? 0 : 1) || value > max) {
        return `${arg} takes a whole number up to ${max}.`;
      }
      options[arg === '--seed' ? 'seed' : 'runs'] = value;
    } else if (arg === '--compare' || arg === '--find-staff') {
      const value = rest.shift();
      if (value === undefined) return `${arg} needs a value.`;
      options[arg === '--compare' ? 'compare' : 'findStaff'] = value;
    } else if (arg.startsWith('-') || options.file !== '') return `"${arg}" is not understood.`;
    else options.file = arg;
  }
  return options.file === '' ? 'Which scenario?' : options;
}

function told(failure: Failure): number {
  const details = Object.entries(failure.details ?? {}).map(([name, value]) => `${name} ${value}`);
  const about = details.length > 0 ? ` (${details.join(', ')})` : '';
  return refuse(`${failure.code}: ${failure.message}${about}\n`, 1);
}

function refuse(text: string, status: number): number {
  process.stderr.write(text);
  return status;
}

/** One line that is written over, and only where somebody looks at it. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text}`);
}

function clearProgress(): void {
  progress('');
}
