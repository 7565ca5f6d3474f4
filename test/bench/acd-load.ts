import type { Needs } from '../../src/model/needs.ts';
import { NO_NEEDS } from '../../src/model/needs.ts';
import type { Site } from '../../src/model/site.ts';
import { randomStream } from '../../src/simulation/random.ts';
import { site } from '../acd/site.ts';
import { sample, whole } from './acd-random.ts';

/** How large a centre is: each of its queues asks for one of the skills, and a pair of the two is a class of requirement. */
export type LoadShape = {
  readonly agents: number;
  readonly queues: number;
  readonly skills: number;
  readonly queuesOfAgent: number;
  readonly skillsOfAgent: number;
};

export type Load = {
  readonly shape: LoadShape;
  readonly site: Site;
  /** Every class of requirement: a queue, and what an item in it asks for. */
  readonly classes: readonly RequirementClass[];
  /** The same classes asking for one skill more, which only agents have who are not logged in. */
  readonly awayClasses: readonly RequirementClass[];
};
export type RequirementClass = { readonly queueId: string; readonly needs: Needs };

/** 500 classes (20 queues, 25 skills); an agent serves 5 queues with 10 skills, which is 50 classes. */
export const FIFTY_CLASSES: LoadShape = { agents: 10_000, queues: 20, skills: 25, queuesOfAgent: 5, skillsOfAgent: 10 };
/** The same with agents who can take everything. */
export const ALL_CLASSES: LoadShape = { ...FIFTY_CLASSES, queuesOfAgent: 20, skillsOfAgent: 25 };

/** How many wait while decisions and changes are measured. */
export const WAITING = 100_000;
const LEVEL_ASKED = 3;
const LEVEL_MAX = 10;
export const REST_MS = 5_000;
/** Long enough that no item of a bench reaches it, so that it costs its deadline and nothing else. */
const RELAX_AFTER_MS = 3_600_000;
/** Any number: with the same one every run has the same inputs. */
export const SEED = 3;

export function makeLoad(shape: LoadShape): Load {
  const random = randomStream(SEED, 0, 'load');
  const names = (prefix: string, count: number) => Array.from({ length: count }, (_, at) => `${prefix}${at}`);
  const queues = names('queue-', shape.queues);
  const skills = names('skill-', shape.skills);
  const level = () => LEVEL_ASKED + whole(random, LEVEL_MAX - LEVEL_ASKED + 1);
  const membership = { tier: 1, weight: 1 };
  const agents = names('agent-', shape.agents).map((id) => {
    const ofAgent = sample(random, shape.queuesOfAgent, shape.queues).map((at) => [queues[at]!, membership]);
    const able = sample(random, shape.skillsOfAgent, shape.skills).map((at) => [skills[at]!, level()]);
    return [id, { queues: Object.fromEntries(ofAgent), skills: Object.fromEntries(able) }];
  });
  const queue = {
    notAnswered: resting(REST_MS),
    restMs: REST_MS,
    relaxation: [
      {
        when: { waitedMs: RELAX_AFTER_MS },
        drop: [],
        lower: Object.fromEntries(skills.map((skill) => [skill, 1])),
        teams: null,
      },
    ],
  };
  const asking = (more: Record<string, number>) =>
    queues.flatMap((queueId) =>
      skills.map((skill) => ({ queueId, needs: { ...NO_NEEDS, required: { [skill]: LEVEL_ASKED, ...more } } })),
    );
  return {
    shape,
    site: site(Object.fromEntries(agents), Object.fromEntries(queues.map((id) => [id, queue]))),
    classes: asking({}),
    awayClasses: asking({ night: 1 }),
  };
}

/** An agent who did not take a call is left alone for a while, whatever the cause. */
export function resting(restMs: number) {
  const rest = { action: 'rest', restMs } as const;
  return { no_answer: rest, busy: rest, rejected: rest, unavailable: rest, failed: rest };
}
