import { askController } from './ask-controller.ts';
import type { CliCommand } from './command.ts';
import { readOptions } from './options.ts';
import { wrongUsage } from './wrong-usage.ts';

/** What the API tells of a step, as far as it is printed. */
type Step = {
  readonly flow: string;
  readonly step: string;
  readonly type: string;
  readonly at: string | null;
  readonly depth: number;
  readonly enteredAt: string;
  readonly tookMs: number | null;
  readonly outcome: string | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly input: readonly { readonly how: string; readonly text: string }[];
  readonly prompts: readonly string[];
  readonly changed: readonly { readonly name: string; readonly value: string }[];
  readonly concealed: readonly string[];
};
type Trace = { readonly steps: readonly Step[]; readonly stepsOmitted: number; readonly failure: string | null };

export const trace: CliCommand = {
  name: 'trace',
  usage: 'CONTACT [--values shown] [--json]',
  summary: 'tells the way of one contact through its flows, step by step, with file and line',
  async run(args, env) {
    const options = readOptions(args, { values: ['values'], flags: ['json'] });
    if (typeof options === 'string') return wrongUsage(trace, options);
    const [contact, ...others] = options.others;
    if (contact === undefined || others.length > 0) return wrongUsage(trace, 'It takes one contact.');
    const { values = 'masked' } = options.values;
    if (values !== 'masked' && values !== 'shown') return wrongUsage(trace, '--values is masked or shown.');
    const path = `/v1/contacts/${encodeURIComponent(contact)}/trace?values=${values}`;
    const answer = await askController<Trace>(env, path);
    process.stdout.write(options.flags.has('json') ? `${JSON.stringify(answer, undefined, 2)}\n` : traceText(answer));
    return 0;
  },
};

/** A line for each step, with what happened in it below. */
export function traceText({ steps, stepsOmitted, failure }: Trace): string {
  if (steps.length === 0) return 'This contact was in no flow.\n';
  const width = Math.max(...steps.map(({ step, depth }) => step.length + 2 * depth));
  let flow = '';
  const lines = steps.flatMap((one) => {
    const title = one.flow === flow ? [] : [`${one.flow}`];
    flow = one.flow;
    return [...title, ...stepLines(one, width)];
  });
  if (stepsOmitted > 0) lines.push(`... and ${stepsOmitted} more steps`);
  if (failure !== null) lines.push(`The flow could not go on: ${failure}`);
  return `${lines.join('\n')}\n`;
}

function stepLines(one: Step, width: number): string[] {
  const time = one.enteredAt.slice(11, 23);
  const name = `${'  '.repeat(one.depth)}${one.step}`.padEnd(width);
  const took = one.tookMs === null ? 'now' : `${(one.tookMs / 1000).toFixed(1)} s`;
  const outcome = one.outcome !== null ? `-> ${one.outcome}` : one.tookMs === null ? 'still here' : 'customer left';
  const below = [
    ...one.prompts.map((text) => `said   ${text}`),
    ...one.input.map(({ how, text }) => `${how.padEnd(6)} ${text}`),
    ...one.changed.map(({ name: variable, value }) => `set    ${variable} = ${value}`),
    ...one.concealed.map((variable) => `set    ${variable} (sensitive)`),
    ...(one.error ? [`error  ${one.error.code}: ${one.error.message}`] : []),
  ];
  const head = `  ${time}  ${name}  ${one.type.padEnd(12)} ${took.padStart(8)}  ${outcome}  ${one.at ?? ''}`;
  return [head.trimEnd(), ...below.map((text) => `${' '.repeat(16)}${text}`)];
}
