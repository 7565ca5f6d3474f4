import { PLAIN_CALLS } from '../model/call/defaults.ts';
import { NO_NEEDS } from '../model/needs.ts';
import type { NotAnswered, Queue } from '../model/queue.ts';
import type { Site } from '../model/site.ts';

const REST: NotAnswered = { action: 'rest', restMs: 0 };

/** Nobody ever stands in it, for there are no agents. */
const NO_QUEUE: Queue = {
  id: '@',
  name: '',
  strategy: 'longest_idle',
  order: 'priority',
  ageingMs: null,
  objectiveMs: 1,
  needs: NO_NEEDS,
  teams: null,
  shares: {},
  ringNextAfterMs: 1,
  answerWithinMs: 1,
  notAnswered: { no_answer: REST, busy: REST, rejected: REST, unavailable: REST, failed: REST },
  missesAllowed: 0,
  restMs: 0,
  wrapUp: { mode: 'none', ms: 0, extendMs: 0, extensionsMax: 0, results: [] },
  lastAgent: null,
  relaxation: [],
  overflow: [],
  rules: [],
  escalation: null,
  calendar: null,
  music: 'default',
  serviceLevelMs: 1,
  recording: null,
  extension: null,
};

/** The site before any was loaded: no numbers, no queues, no agents. */
export const NO_SITE: Site = {
  name: '',
  language: 'en',
  languages: ['en'],
  timeZone: 'UTC',
  on: {},
  numbers: [],
  calendars: {},
  capacities: { default: { id: 'default', load: 0, rules: {} } },
  teams: {},
  queues: {},
  directQueue: NO_QUEUE,
  agents: {},
  featureCodes: { login: '', logout: '', pause: '', ready: '', watch: '' },
  pauseReasons: {},
  http: { allow: [] },
  ...PLAIN_CALLS,
};
