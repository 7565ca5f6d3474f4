import { Obstacle } from './obstacle.ts';

const ANSWER_MS_MAX = 5_000;

/** What the HTTP API tells, as far as the demonstration looks at it. */
export type Agent = {
  readonly id: string;
  readonly name: string;
  readonly queues: readonly string[];
  readonly skills: readonly string[];
  readonly state: string;
  readonly phone: string;
};
export type Queue = { readonly id: string; readonly name: string; readonly waiting: number; readonly ringing: number };
export type Contact = { readonly id: string; readonly from: string; readonly stage: string; readonly stepId?: string };
export type Stay = {
  readonly queue: string;
  readonly waitedMs: number | null;
  readonly outcome: string | null;
  readonly agent: string | null;
  readonly talkMs: number | null;
};
export type Story = {
  readonly summary: {
    readonly id: string;
    readonly from: string | null;
    readonly to: string | null;
    readonly flow: string | null;
    readonly arrivedAt: string | null;
    readonly endedBy: string | null;
    readonly cause: string | null;
    readonly queues: readonly Stay[];
    readonly durations: { readonly beforeAnswerMs: number | null; readonly totalMs: number | null };
  };
  readonly timeline: readonly { readonly sinceStartMs: number; readonly what: string; readonly text: string }[];
};

/** The server as everybody sees it: over its HTTP API. */
export type Window = {
  readonly address: string;
  site(): Promise<{ readonly name: string }>;
  agents(): Promise<readonly Agent[]>;
  queues(): Promise<readonly Queue[]>;
  contacts(): Promise<readonly Contact[]>;
  story(contactId: string): Promise<Story>;
  logIn(agentId: string): Promise<void>;
  logOut(agentId: string): Promise<void>;
  /** Ends the wrap-up of an agent who is logged in. */
  makeReady(agentId: string): Promise<void>;
};

/** Every request rejects with Obstacle when the server does not answer within 5 s or refuses. */
export function openWindow(address: string, apiKey: string): Window {
  const ask = async <T>(method: 'GET' | 'POST', path: string): Promise<T> => {
    const asked = `${method} ${address}${path}`;
    const response = await fetch(address + path, {
      method,
      headers: { authorization: `Bearer ${apiKey}` },
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    }).catch((error: Error) => {
      throw new Obstacle(`${asked} had no answer (${error.message}).`);
    });
    const text = await response.text();
    if (!response.ok) throw new Obstacle(`${asked} was answered with ${response.status}: ${text.slice(0, 300)}`);
    return JSON.parse(text) as T;
  };
  return {
    address,
    site: () => ask('GET', '/v1/site'),
    agents: async () => (await ask<{ agents: Agent[] }>('GET', '/v1/agents')).agents,
    queues: async () => (await ask<{ queues: Queue[] }>('GET', '/v1/queues')).queues,
    contacts: async () => (await ask<{ contacts: Contact[] }>('GET', '/v1/contacts')).contacts,
    story: (contactId) => ask('GET', `/v1/contacts/${contactId}`),
    logIn: (agentId) => ask('POST', `/v1/agents/${agentId}/login`),
    logOut: (agentId) => ask('POST', `/v1/agents/${agentId}/logout`),
    makeReady: (agentId) => ask('POST', `/v1/agents/${agentId}/ready`),
  };
}
