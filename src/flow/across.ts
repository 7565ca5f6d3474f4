import { checkOutcomes } from './check-outcomes.ts';
import type { ReadFlow } from './flow-file.ts';
import { suggestions } from './nearest.ts';
import type { ProblemCode } from './problem.ts';
import type { Named, Reading } from './reading.ts';
import { tooHigh } from './site/checks/staffing.ts';
import { bestLevels, eachQueue } from './site/checks/subject.ts';
import type { ReadSite } from './site-file.ts';
import type { Path } from './source.ts';

/** What only shows when site and flows are seen together. */
export function checkAcross(read: ReadSite, flows: ReadonlyMap<string, ReadFlow>): void {
  checkFlowsNamed(read, [...flows.keys()]);
  const { site, labels, staff, best } = read;
  const checks = [
    unknown('queue.unknown', 'no queue', Object.keys(site.queues), ({ queues }) => queues),
    unknown('agent.unknown', 'no agent', Object.keys(site.agents), ({ agents }) => agents),
    unknown('calendar.unknown', 'no calendar', Object.keys(site.calendars), ({ calendars }) => calendars),
    unknown('label.unknown', 'no label', [...labels], (reading) => reading.labels),
    unknown('skill.unknown', 'no agent with the skill', [...best.keys()], ({ skills }) => skills),
  ];
  const checkLevels = levels(read);
  for (const flow of flows.values()) {
    const { reading } = flow;
    checkOutcomes(site, flow);
    for (const check of checks) check(reading);
    for (const { name, node } of reading.queues) {
      if (staff.has(name) || !Object.hasOwn(site.queues, name)) continue;
      const message = `No agent serves the queue "${name}": callers would wait for nobody.`;
      reading.source.problem('queue.unstaffed', node, message);
    }
    checkLevels(reading);
  }
}

/** A check that the agents of the queue that a step names reach the levels that it asks for. */
function levels({ staff, best }: ReadSite): (reading: Reading) => void {
  const byQueue = new Map<string, ReadonlyMap<string, number>>();
  const bestOf = (queueId: string): ReadonlyMap<string, number> => {
    const known = byQueue.get(queueId) ?? bestLevels(staff.get(queueId) ?? []);
    byQueue.set(queueId, known);
    return known;
  };
  return ({ source, skills }) => {
    for (const { name, node, level, queue } of skills) {
      if (level === undefined || queue === undefined || !best.has(name) || !staff.has(queue)) continue;
      const most = bestOf(queue).get(name);
      if (most !== undefined && most >= level) continue;
      source.problem('skill.level_unreached', node, tooHigh(`queue ${queue}`, name, level, most));
    }
  };
}

/** Flows that the site names: for numbers, and for what overflows. */
function checkFlowsNamed({ site, source }: ReadSite, names: readonly string[]): void {
  const known = new Set(names);
  const hint = suggestions(names);
  const check = (flow: string, path: Path): void => {
    if (known.has(flow)) return;
    source.problem('flow.unknown', source.nodeAt(path), `There is no flow "${flow}". ${hint(flow)}`.trim());
  };
  for (const { number, flow } of site.numbers) check(flow, ['numbers', number]);
  for (const { queue, path } of eachQueue({ site })) {
    for (const [at, { target }] of queue.overflow.entries()) {
      if (target.to === 'flow') check(target.flowId, [...path, 'overflow', at, 'to', 'flow']);
    }
  }
}

/** A check that everything of one kind that a flow names is there. */
function unknown(
  code: ProblemCode,
  there: string,
  known: readonly string[],
  named: (reading: Reading) => readonly Named[],
): (reading: Reading) => void {
  const names = new Set(known);
  const hint = suggestions(known);
  return (reading) => {
    for (const { name, node } of named(reading)) {
      if (names.has(name)) continue;
      reading.source.problem(code, node, `There is ${there} "${name}" in site.yaml. ${hint(name)}`.trim());
    }
  };
}
