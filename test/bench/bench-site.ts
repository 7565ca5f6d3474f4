import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NUMBERS, phonesOf, type QueueName } from './bench-ports.ts';

const QUEUES: readonly QueueName[] = ['wide', 'narrow'];

/** Writes our side of the comparison: two numbers whose flows are one queue step each, and the agents. */
export function writeBenchSite(flowsDir: string): void {
  mkdirSync(flowsDir, { recursive: true });
  const numbers = QUEUES.map((queue) => `  "${NUMBERS.ours[queue]}": ${queue}`);
  const queues = QUEUES.map((queue) => `  ${queue}: { answer_within: 15s, wrap_up: 0s }`);
  const agents = QUEUES.flatMap((queue, index) =>
    phonesOf('ours', queue).map(
      (id, agent) => `  ${id}: { extension: "${(index + 1) * 1000 + agent}", queues: [${queue}] }`,
    ),
  );
  const site = ['site: Bench', 'language: en', 'numbers:', ...numbers, 'queues:', ...queues, 'agents:', ...agents];
  writeFileSync(join(flowsDir, 'site.yaml'), `${site.join('\n')}\n`);
  for (const queue of QUEUES) {
    const flow = [
      `flow: ${queue}`,
      'steps:',
      '  wait:',
      '    type: queue',
      `    queue: ${queue}`,
      '  end:',
      '    type: hangup',
    ];
    writeFileSync(join(flowsDir, `${queue}.yaml`), `${flow.join('\n')}\n`);
  }
}
