import type { PhoneState } from '../../../model/event.ts';
import type { AgentId } from '../../../model/ids.ts';
import type { Agent, Site } from '../../../model/site.ts';
import type { AriClient, Ask } from '../ari/client.ts';
import type { DeviceState, Endpoint } from '../ari/generated.ts';
import type { Legs } from '../legs.ts';
import type { Lines } from '../lines.ts';
import { agentOfLine, isAskedLeg, isOfferLeg } from '../names.ts';
import { phoneObjects } from './phone-objects.ts';
import type { SipObjects } from './sip-objects.ts';

/** Subscriptions are asked for in groups, because they go into the request's address. */
const SUBSCRIBE_AT_ONCE = 50;
/** So many phones are pushed side by side: after a restart callers wait for the end of it. */
const PUSH_AT_ONCE = 20;

/** The phone's address for originate and for device states. */
export function phoneAddress(agentId: AgentId): string {
  return `PJSIP/${agentId}`;
}

/**
 * What a device state says about a phone, apart from the legs that we ourselves have to it: a phone that rings or talks
 * for us is not busy. Undefined: it says nothing now.
 */
function phoneState(state: DeviceState['state'], ownLegs: number): PhoneState | undefined {
  switch (state) {
    case 'UNAVAILABLE':
    case 'INVALID':
      return 'unreachable';
    case 'NOT_INUSE':
      return 'idle';
    case 'INUSE':
    case 'BUSY':
    case 'ONHOLD':
    case 'RINGING':
    case 'RINGINUSE':
      return ownLegs > 0 ? undefined : 'busy';
    default:
      return undefined;
  }
}

/** The same from a listing, which names the channels of each endpoint. */
function phoneStateOfEndpoint(endpoint: Endpoint): PhoneState {
  if (endpoint.state !== 'online') return 'unreachable';
  return endpoint.channel_ids.every(isOurs) ? 'idle' : 'busy';
}

function isOurs(channelId: string): boolean {
  return isOfferLeg(channelId) || isAskedLeg(channelId) || agentOfLine(channelId) !== undefined;
}

/** The agents' phones as this door knows them. */
export class Phones {
  readonly #ari: AriClient;
  readonly #objects: SipObjects;
  readonly #app: string;
  readonly #legs: Legs;
  readonly #lines: Lines;
  /** The agents whose phones were made known. */
  readonly #known = new Set<AgentId>();

  constructor(ari: AriClient, objects: SipObjects, app: string, legs: Legs, lines: Lines) {
    this.#ari = ari;
    this.#objects = objects;
    this.#app = app;
    this.#legs = legs;
    this.#lines = lines;
  }

  has(agentId: AgentId): boolean {
    return this.#known.has(agentId);
  }

  /** What a device state says about an agent's phone; undefined when it says nothing. */
  read(agentId: AgentId, state: DeviceState['state']): PhoneState | undefined {
    if (!this.#known.has(agentId)) return undefined;
    return phoneState(state, this.#legs.ofAgent(agentId) + (this.#lines.of(agentId) ? 1 : 0));
  }

  /** Makes the phones of all agents known to Asterisk and asks for their states. Harmless when repeated. */
  async equip(site: Site, passwordOf: (agentId: AgentId) => Promise<string>): Promise<void> {
    const agents = Object.values(site.agents);
    for (const id of this.#known) if (!Object.hasOwn(site.agents, id)) await this.#drop(id);
    for (let from = 0; from < agents.length; from += PUSH_AT_ONCE) {
      const some: (readonly [Agent, string])[] = [];
      // One after the other: each that is new is written into the one file of secrets.
      for (const agent of agents.slice(from, from + PUSH_AT_ONCE)) some.push([agent, await passwordOf(agent.id)]);
      await Promise.all(some.map(([agent, password]) => this.#push(agent, password)));
    }
    for (let from = 0; from < agents.length; from += SUBSCRIBE_AT_ONCE) {
      const some = agents.slice(from, from + SUBSCRIBE_AT_ONCE);
      const eventSource = some.map(({ id }) => `deviceState:${phoneAddress(id)}`);
      await this.#ari.request('applications.subscribe', { applicationName: this.#app, eventSource });
    }
  }

  /** The endpoint names the other two, so it comes last. */
  async #push(agent: Agent, password: string): Promise<void> {
    for (const object of phoneObjects(agent, password)) await this.#objects.push(object);
    this.#known.add(agent.id);
  }

  /** Who has left the site cannot call any more; a call in progress goes on. */
  async #drop(agentId: AgentId): Promise<void> {
    this.#known.delete(agentId);
    for (const type of ['endpoint', 'aor', 'auth'] as const) await this.#objects.drop(type, agentId);
  }

  /** The states of all phones as Asterisk lists them now. */
  async list(ask: Ask): Promise<{ agentId: AgentId; phone: PhoneState }[]> {
    const endpoints = await ask('endpoints.listByTech', { tech: 'PJSIP' });
    return endpoints
      .filter((endpoint) => this.#known.has(endpoint.resource))
      .map((endpoint) => ({ agentId: endpoint.resource, phone: phoneStateOfEndpoint(endpoint) }));
  }
}
