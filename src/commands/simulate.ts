import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { ConfigError, readConfig } from '../config.ts';
import { suggestion } from '../flow/nearest.ts';
import { problemLine } from '../flow/problem.ts';
import { DOORS } from '../model/channel.ts';
import type { FlowSet } from '../model/flow-set.ts';
import { type TimeZone, timeZoneNamed } from '../model/time-zone.ts';
import type { Value } from '../model/value.ts';
import type { Given } from '../rehearsal/given.ts';
import { momentOf } from '../rehearsal/moment.ts';
import { givenOf } from '../rehearsal/tests/test-file.ts';
import type { CliCommand } from './command.ts';
import { readOptions } from './options.ts';
import { readFolder } from './read-folder.ts';
import { Simulation } from './rehearsal/simulation.ts';
import { wrongUsage } from './wrong-usage.ts';

const VALUES = ['time', 'from', 'to', 'language', 'channel', 'agents', 'script'] as const;

export const simulate: CliCommand = {
  name: 'simulate',
  usage:
    'FLOW [FOLDER] [--time 2026-12-01T10:00:00] [--from N] [--to N] [--channel voice|chat] [--language TAG] [--agents anna,ben] [--set NAME=VALUE]... [--script FILE] [--json]',
  summary: 'lets you live through a flow as a caller or a chat guest, by hand or by a script',
  async run(args, env) {
    const { set: sets, others: plain } = taken(args, '--set');
    const options = readOptions(plain, { values: VALUES, flags: ['json'] });
    if (typeof options === 'string') return wrongUsage(simulate, options);
    const [flowId, folder, ...more] = options.others;
    if (flowId === undefined || more.length > 0) return wrongUsage(simulate, 'Which flow?');
    const { set, problems } = await readFolder(folder === undefined ? readConfig(env).flowsDir : resolve(folder));
    for (const problem of problems) process.stderr.write(`${problemLine(problem)}\n`);
    if (!set) return 1;
    const zone = timeZoneNamed(set.site.timeZone) ?? timeZoneNamed('UTC')!;
    const given = givenBy(set, flowId, zone, { ...options.values, sets });
    if (typeof given === 'string') return wrongUsage(simulate, given);
    const script = options.values.script;
    const lines = script === undefined ? undefined : await readScript(script);
    const json = options.flags.has('json');
    const colours = process.stdout.isTTY === true && !json;
    const simulation = new Simulation(set, given, { json, look: { zone, colours } });
    return lines ? byScript(simulation, lines) : byHand(simulation);
  },
};

type Wishes = Readonly<Partial<Record<(typeof VALUES)[number], string>>> & { readonly sets: readonly string[] };

/** The world of the simulation, or a sentence about what is wrong with it. */
function givenBy(set: FlowSet, flowId: string, zone: TimeZone, wishes: Wishes): Given | string {
  const flows = Object.keys(set.flows).filter((id) => !id.startsWith('strowger.'));
  if (!flows.includes(flowId)) return `There is no flow "${flowId}". ${suggestion(flowId, flows)}`.trim();
  const channel = DOORS.find((door) => door === (wishes.channel ?? 'voice'));
  if (!channel) return `--channel takes ${DOORS.join(' or ')}.`;
  const atMs = wishes.time === undefined ? Date.now() : momentOf(wishes.time, zone);
  if (atMs === undefined) return '--time takes a moment such as 2026-12-01T10:00:00.';
  const agents = (wishes.agents ?? '').split(',').filter((id) => id !== '');
  const nobody = agents.find((id) => !Object.hasOwn(set.site.agents, id));
  if (nobody !== undefined) {
    return `There is no agent "${nobody}". ${suggestion(nobody, Object.keys(set.site.agents))}`.trim();
  }
  const vars = Object.fromEntries(wishes.sets.map((one) => assignment(one)));
  const wrong = wishes.sets.find((one) => !/^[A-Za-z_]\w*=/.test(one));
  if (wrong !== undefined) return `--set takes NAME=VALUE, not "${wrong}".`;
  const { from, to, language } = wishes;
  return { ...givenOf({ from, to, language, channel, vars, agents }, flowId, set), atMs };
}

/** Numbers, yes or no, lists and maps are written as JSON; everything else is a text. */
function assignment(written: string): [string, Value] {
  const at = written.indexOf('=');
  const value = written.slice(at + 1);
  try {
    return [written.slice(0, at), JSON.parse(value) as Value];
  } catch {
    return [written.slice(0, at), value];
  }
}

/** Takes the values of an option that may stand several times out of the arguments. */
function taken(args: readonly string[], name: string): { set: string[]; others: string[] } {
  const set: string[] = [];
  const others: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    const value = args[at + 1];
    if (arg !== name || value === undefined) others.push(arg);
    else {
      set.push(value);
      at += 1;
    }
  }
  return { set, others };
}

async function readScript(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError('script.unreadable', `The script ${file} cannot be read (${error.code ?? error.message}).`);
  });
  return text.split(/\r?\n/);
}

function byScript(simulation: Simulation, lines: Iterable<string>): number {
  simulation.begin();
  for (const line of lines) if (!simulation.take(line)) break;
  return simulation.end();
}

/** Line by line from standard input: a person at a terminal, or a program that writes into a pipe. */
async function byHand(simulation: Simulation): Promise<number> {
  const terminal = process.stdin.isTTY === true;
  const input = createInterface({
    input: process.stdin,
    ...(terminal ? { output: process.stdout, prompt: '> ' } : {}),
  });
  simulation.begin();
  if (terminal) process.stdout.write('Type "help" for what can be done.\n');
  if (terminal) input.prompt();
  for await (const line of input) {
    if (!simulation.take(line)) break;
    if (terminal) input.prompt();
  }
  input.close();
  return simulation.end();
}
