import { PLAIN_CALLS } from '../../src/model/call/defaults.ts';
import type { Capacity } from '../../src/model/capacity.ts';
import { NO_NEEDS } from '../../src/model/needs.ts';
import type { Queue } from '../../src/model/queue.ts';
import { type Agent, PLAIN_PHONE, type Site } from '../../src/model/site.ts';

/** A queue in which nothing is asked for but what a test says. */
export const PLAIN_QUEUE: Queue = {
  id: 'plain',
  name: 'plain',
  strategy: 'longest_idle',
  order: 'priority',
  ageingMs: 60_000,
  objectiveMs: 20_000,
  needs: NO_NEEDS,
  teams: null,
  shares: {},
  ringNextAfterMs: 10_000,
  answerWithinMs: 20_000,
  notAnswered: {
    no_answer: { action: 'pause' },
    busy: { action: 'rest', restMs: 5000 },
    rejected: { action: 'rest', restMs: 5000 },
    unavailable: { action: 'rest', restMs: 5000 },
    failed: { action: 'rest', restMs: 5000 },
  },
  missesAllowed: 0,
  restMs: 5000,
  wrapUp: { mode: 'none', ms: 0, extendMs: 0, extensionsMax: 0, results: [] },
  lastAgent: null,
  relaxation: [],
  overflow: [],
  rules: [],
  escalation: null,
  calendar: null,
  music: 'default',
  serviceLevelMs: 20_000,
  recording: null,
  extension: null,
};

export const PLAIN_CAPACITY: Capacity = {
  id: 'default',
  load: 100,
  rules: {
    voice: { max: 1, weight: 100, interrupts: ['message', 'email', 'task'] },
    callback: { max: 1, weight: 100, interrupts: ['message', 'email', 'task'] },
    voicemail: { max: 1, weight: 100, interrupts: ['message', 'email', 'task'] },
    video: { max: 1, weight: 100, interrupts: ['message', 'email', 'task'] },
    chat: { max: 4, weight: 25, interrupts: [] },
    message: { max: 4, weight: 25, interrupts: [] },
    email: { max: 6, weight: 15, interrupts: [] },
    task: { max: 6, weight: 15, interrupts: [] },
  },
};

/** Skills by name alone are at level 5; an agent for whom nothing is said serves every queue. */
export type AgentInTest = Partial<Omit<Agent, 'skills' | 'queues'>> & {
  readonly skills?: readonly string[] | Agent['skills'];
  readonly queues?: readonly string[] | Agent['queues'];
};

export function site(
  agents: Record<string, AgentInTest>,
  queues: Record<string, Partial<Queue>> = { sales: {} },
  more: Partial<Site> = {},
): Site {
  return {
    name: 'Test',
    language: 'en',
    languages: ['en'],
    timeZone: 'UTC',
    on: {},
    numbers: [],
    calendars: {},
    capacities: { default: PLAIN_CAPACITY },
    teams: {},
    queues: Object.fromEntries(
      Object.entries(queues).map(([id, about]) => [id, { ...PLAIN_QUEUE, id, name: id, ...about }]),
    ),
    directQueue: { ...PLAIN_QUEUE, id: '@', name: 'direct' },
    agents: Object.fromEntries(
      Object.entries(agents).map(([id, about], place) => [id, agent(id, place, about, Object.keys(queues))]),
    ),
    featureCodes: { login: '*11', logout: '*12', pause: '*13', ready: '*14', watch: '*15' },
    pauseReasons: { '1': { name: 'lunch', limitMs: null, atLimit: 'tell' } },
    http: { allow: [] },
    ...PLAIN_CALLS,
    ...more,
  };
}

function agent(id: string, place: number, about: AgentInTest, allQueues: readonly string[]): Agent {
  const { skills = [], queues = allQueues, ...more } = about;
  return {
    id,
    name: id,
    extension: String(1001 + place),
    team: null,
    capacity: 'default',
    phone: PLAIN_PHONE,
    supervises: [],
    recording: null,
    skills: Array.isArray(skills) ? Object.fromEntries(skills.map((skill) => [skill, 5])) : (skills as Agent['skills']),
    queues: Array.isArray(queues)
      ? Object.fromEntries(queues.map((queue) => [queue, { tier: 1, weight: 1 }]))
      : (queues as Agent['queues']),
    ...more,
  };
}
