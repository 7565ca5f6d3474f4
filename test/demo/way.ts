import { readFlowFolder } from '../../src/controller/flow-folder.ts';
import { beginningFor } from '../../src/flow/numbers.ts';
import { problemLine } from '../../src/flow/problem.ts';
import type { Flow } from '../../src/model/flow-set.ts';
import { Obstacle } from './obstacle.ts';
import type { DemoOptions } from './options.ts';

/** A step with one way on, whatever happens, leads to `next`; more of them than this are a loop. */
const STEPS_MAX = 100;

/** The way of a caller to a queue, as the flow files tell it before anybody calls. */
export type Way = {
  readonly flowId: string;
  /** Whether something is spoken before the first menu or the queue. */
  readonly isGreeted: boolean;
  readonly menus: readonly { readonly stepId: string; readonly key: string }[];
  readonly queueId: string;
  /** What an agent must be able to do to be given this caller. */
  readonly skills: readonly string[];
};

/** Reads the flows and follows them. Rejects with Obstacle when the number and the keys lead to no queue. */
export async function findWay(flowsDir: string, { number, keys }: DemoOptions): Promise<Way> {
  const { set, problems } = await readFlowFolder(flowsDir).catch((error: Error) => {
    throw new Obstacle(`The folder of the flows cannot be read: ${error.message}`);
  });
  if (!set) throw new Obstacle(`The flows have problems (bin/strowger check shows all): ${problemLine(problems[0]!)}`);
  const flowId = beginningFor(set.site, number, 'voice')?.flowId;
  const flow = flowId === undefined ? undefined : set.flows[flowId];
  if (!flow) {
    const numbers = set.site.numbers.map((one) => one.number).join(', ');
    throw new Obstacle(`Number ${number} leads nowhere. The site has these numbers: ${numbers}. Choose by --number.`);
  }
  const { queueId, skills, ...way } = follow(flow, keys);
  return {
    ...way,
    flowId: flow.id,
    queueId,
    skills: [...Object.keys(set.site.queues[queueId]?.needs.required ?? {}), ...skills],
  };
}

function follow(flow: Flow, keys: string): Omit<Way, 'flowId'> {
  const menus: { stepId: string; key: string }[] = [];
  let isGreeted = false;
  let at: string | undefined = flow.start;
  for (let count = 0; at !== undefined && count < STEPS_MAX; count++) {
    const step: Flow['steps'][string] | undefined = flow.steps[at];
    if (!step) break;
    if (step.type === 'queue') {
      const { queue, skills } = step.with as { queue: string; skills: string[] };
      return { isGreeted, menus, queueId: queue, skills };
    }
    if (step.type === 'menu') {
      const { options } = step.with as { options: readonly { key: string; next: string }[] };
      const key = keys[menus.length];
      const option = options.find((one) => one.key === key);
      if (!option) {
        const offered = options.map((one) => one.key).join(', ');
        throw new Obstacle(`The menu at ${step.at} offers the keys ${offered}, not "${key ?? ''}". Choose by --key.`);
      }
      menus.push({ stepId: step.id, key: option.key });
      at = option.next;
    } else if (['answer', 'play', 'set'].includes(step.type)) {
      isGreeted ||= step.type === 'play' && menus.length === 0;
      at = step.next;
    } else {
      throw new Obstacle(
        `The way leads through ${step.at}, a step of the type ${step.type}: the demo can only go through menus and ` +
          'announcements to a queue. Choose another way by --number and --key.',
      );
    }
  }
  throw new Obstacle(`The flow ${flow.id} does not lead to a queue this way. Choose another by --number and --key.`);
}
