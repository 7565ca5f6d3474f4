import { PLAIN_CALLS } from '../model/call/defaults.ts';
import type { Capacity } from '../model/capacity.ts';
import type { Levels, Needs } from '../model/needs.ts';
import type { Queue } from '../model/queue.ts';
import {
  type Agent,
  type FeatureCodes,
  type NumberRule,
  type PauseReason,
  PLAIN_PHONE,
  type Site,
} from '../model/site.ts';

/** The site as the first release wrote it with `flows.loaded` in version 1. */
export type SiteV1 = {
  readonly name: string;
  readonly language: string;
  readonly numbers: readonly NumberRule[];
  readonly queues: Readonly<Record<string, QueueV1>>;
  readonly agents: Readonly<Record<string, AgentV1>>;
  readonly featureCodes: FeatureCodes;
  readonly pauseReasons: Readonly<Record<string, string>>;
};

type QueueV1 = {
  readonly id: string;
  readonly name: string;
  readonly skills: readonly string[];
  readonly answerWithinMs: number;
  readonly wrapUpMs: number;
  readonly afterNoAnswer: 'pause' | 'rest';
  readonly restMs: number;
  readonly music: string;
  readonly serviceLevelMs: number;
};

type AgentV1 = {
  readonly id: string;
  readonly name: string;
  readonly extension: string;
  readonly skills: readonly string[];
  readonly queues: readonly string[];
};

/** Skills had no levels: who had one could do all that asked for it. */
const LEVEL_HAD = 5;
const LEVEL_ASKED = 1;

/** One call at a time was all that the first release gave to an agent. */
const ONE_CALL: Capacity = {
  id: 'default',
  load: 100,
  rules: { voice: { max: 1, weight: 100, interrupts: [] } },
};

/** There were no direct queues, so nothing in such a journal ever stood in one. */
const DIRECT: QueueV1 = {
  id: '@',
  name: 'Direct',
  skills: [],
  answerWithinMs: 20_000,
  wrapUpMs: 0,
  afterNoAnswer: 'pause',
  restMs: 10_000,
  music: 'default',
  serviceLevelMs: 20_000,
};

/**
 * The same rules in the words of the site that has strategies, levels, teams and calendars. What is new is set so that it
 * decides as the first release did; it never changes again, whatever the defaults of `site.yaml` become.
 */
export function liftSite(old: SiteV1): Site {
  return {
    name: old.name,
    language: old.language,
    languages: [old.language],
    timeZone: 'UTC',
    on: {},
    numbers: old.numbers,
    calendars: {},
    capacities: { default: ONE_CALL },
    teams: {},
    queues: eachOf(old.queues, queueOf),
    directQueue: queueOf(DIRECT),
    agents: eachOf(old.agents, agentOf),
    featureCodes: old.featureCodes,
    pauseReasons: eachOf(old.pauseReasons, (name): PauseReason => ({ name, limitMs: null, atLimit: 'tell' })),
    // No flow could ask other systems.
    http: { allow: [] },
    ...PLAIN_CALLS,
  };
}

function queueOf(old: QueueV1): Queue {
  const rest = { action: 'rest', restMs: old.restMs } as const;
  return {
    id: old.id,
    name: old.name,
    strategy: 'longest_idle',
    order: 'priority',
    ageingMs: null,
    objectiveMs: old.serviceLevelMs,
    needs: needsOf(old.skills),
    teams: null,
    shares: {},
    ringNextAfterMs: 10_000,
    answerWithinMs: old.answerWithinMs,
    notAnswered: {
      no_answer: old.afterNoAnswer === 'pause' ? { action: 'pause' } : rest,
      busy: rest,
      rejected: rest,
      unavailable: rest,
      failed: rest,
    },
    missesAllowed: 0,
    restMs: old.restMs,
    wrapUp: {
      mode: old.wrapUpMs > 0 ? 'timed' : 'none',
      ms: old.wrapUpMs,
      extendMs: 0,
      extensionsMax: 0,
      results: [],
    },
    lastAgent: null,
    relaxation: [],
    overflow: [],
    rules: [],
    escalation: null,
    calendar: null,
    music: old.music,
    serviceLevelMs: old.serviceLevelMs,
    recording: null,
    extension: null,
  };
}

function agentOf(old: AgentV1): Agent {
  return {
    id: old.id,
    name: old.name,
    extension: old.extension,
    team: null,
    skills: levelsOf(old.skills, LEVEL_HAD),
    queues: Object.fromEntries(old.queues.map((queueId) => [queueId, { tier: 1, weight: 1 }])),
    capacity: 'default',
    phone: PLAIN_PHONE,
    supervises: [],
    recording: null,
  };
}

function needsOf(skills: readonly string[]): Needs {
  return { required: levelsOf(skills, LEVEL_ASKED), anyOf: [], preferred: {}, excluded: {} };
}

function levelsOf(skills: readonly string[], level: number): Levels {
  return Object.fromEntries(skills.map((skill) => [skill, level]));
}

function eachOf<A, B>(all: Readonly<Record<string, A>>, lifted: (one: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(all).map(([id, one]) => [id, lifted(one)]));
}
