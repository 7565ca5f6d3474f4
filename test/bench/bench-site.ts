import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tone, writeWav } from '../far-end/wav.ts';
import { GROUPS, NUMBERS, type NumberName, phonesOf, type QueueName } from './bench-ports.ts';

/** What the callers of `told` are told, every so many seconds; app_queue is told the same (app-queue.ts). */
export const TOLD_EVERY_S = 5;
export const WORD = 'word';
const WORD_HZ = 440;
const WORD_MS = 1000;

const MORE: Readonly<Record<Exclude<NumberName, QueueName>, string>> = {
  recorded: ', recording: always',
  silent: '',
  told: '',
};

/** Writes our side of the comparison: numbers whose flows are one queue step each, and the agents. */
export function writeBenchSite(flowsDir: string): void {
  mkdirSync(flowsDir, { recursive: true });
  const names = Object.keys(NUMBERS.ours) as NumberName[];
  const numbers = names.map((name) => `  "${NUMBERS.ours[name]}": ${name}`);
  const queues = names.map(
    (name) => `  ${name}: { answer_within: 15s, wrap_up: 0s${MORE[name as keyof typeof MORE] ?? ''} }`,
  );
  const agents = GROUPS.flatMap((group, place) =>
    phonesOf('ours', group).map((id, agent) => {
      const serves = group === 'spoken' ? 'spoken, recorded' : group;
      return `  ${id}: { extension: "${(place + 1) * 1000 + agent}", queues: [${serves}] }`;
    }),
  );
  // A queue must have somebody who may serve it; this agent never logs in.
  agents.push('  nobody: { extension: "9000", queues: [silent, told] }');
  const site = ['site: Bench', 'language: en', 'numbers:', ...numbers, 'queues:', ...queues, 'agents:', ...agents];
  writeFileSync(join(flowsDir, 'site.yaml'), `${[...site, ...OUTGOING].join('\n')}\n`);
  writeFileSync(join(flowsDir, `${WORD}.wav`), writeWav(tone(WORD_HZ, WORD_MS)));
  for (const name of names) writeFileSync(join(flowsDir, `${name}.yaml`), flowOf(name));
}

/** Callbacks must be allowed to be asked for; none is dialled, for nobody serves their queue. */
const OUTGOING = [
  'trunks: { out: { host: 127.0.0.1, port: 5209, transport: udp } }',
  'outgoing: { country: "+49", caller_id: "+49211555", rules: [{ prefix: "+49", trunks: [out] }] }',
];

function flowOf(name: NumberName): string {
  const every = `${TOLD_EVERY_S}s`;
  const told = `    announcements: { first_after: ${every}, every: ${every}, prompts: [{ file: ${WORD} }] }`;
  const step = ['  wait:', '    type: queue', `    queue: ${name}`, ...(name === 'told' ? [told] : [])];
  return `${[`flow: ${name}`, 'steps:', ...step, '  end:', '    type: hangup'].join('\n')}\n`;
}
