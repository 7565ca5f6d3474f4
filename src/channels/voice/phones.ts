import type { PhoneState } from '../../model/event.ts';
import type { AgentId } from '../../model/ids.ts';
import type { Agent, Site } from '../../model/site.ts';
import type { AriClient } from './ari/client.ts';
import type { DeviceState, Endpoint } from './ari/generated.ts';
import type { Legs } from './legs.ts';
import { isOfferLeg } from './names.ts';

/** Subscriptions are asked for in groups, because they go into the request's address. */
const SUBSCRIBE_AT_ONCE = 50;

/** The phone's address for originate and for device states. */
export function phoneAddress(agentId: AgentId): string {
  return `PJSIP/${agentId}`;
}

/**
 * Makes one agent's phone known to Asterisk (ARI push configuration, PUT /asterisk/config/dynamic): who it is, its
 * password, and where it may register. The objects live in Asterisk's memory only and are pushed again at each connect.
 * Order matters: the endpoint names the other two.
 */
async function pushPhone(ari: AriClient, agent: Agent, password: string): Promise<void> {
  const id = agent.id;
  const push = (objectType: string, fields: Record<string, string>) =>
    ari.request('asterisk.updateObject', {
      configClass: 'res_pjsip',
      objectType,
      id,
      fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })),
    });
  await push('auth', { auth_type: 'digest', username: id, password });
  // Qualifying (SIP OPTIONS) shows a phone that lost its power without a word, and brings back after a restart of
  // Asterisk the registrations that it kept.
  await push('aor', {
    max_contacts: '1',
    remove_existing: 'yes',
    qualify_frequency: '15',
    qualify_timeout: '3.0',
    minimum_expiration: '30',
    default_expiration: '300',
    maximum_expiration: '600',
  });
  await push('endpoint', {
    context: 'from-phone',
    auth: id,
    aors: id,
    identify_by: 'auth_username,username',
    disallow: 'all',
    allow: 'ulaw,alaw,g722,opus',
    dtmf_mode: 'rfc4733',
    direct_media: 'no',
    rtp_symmetric: 'yes',
    force_rport: 'yes',
    rewrite_contact: 'yes',
    callerid: `${quoted(agent.name)} <${agent.extension}>`,
  });
}

/** Names may hold anything that people write; a caller id may not hold quotes or control characters. */
function quoted(name: string): string {
  return `"${name.replace(/["\\<>\p{Cc}]/gu, '')}"`;
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
  return endpoint.channel_ids.every(isOfferLeg) ? 'idle' : 'busy';
}

/** The agents' phones as this door knows them. */
export class Phones {
  readonly #ari: AriClient;
  readonly #app: string;
  readonly #legs: Legs;
  /** The agents whose phones were made known. */
  readonly #known = new Set<AgentId>();

  constructor(ari: AriClient, app: string, legs: Legs) {
    this.#ari = ari;
    this.#app = app;
    this.#legs = legs;
  }

  has(agentId: AgentId): boolean {
    return this.#known.has(agentId);
  }

  /** What a device state says about an agent's phone; undefined when it says nothing. */
  read(agentId: AgentId, state: DeviceState['state']): PhoneState | undefined {
    return this.#known.has(agentId) ? phoneState(state, this.#legs.ofAgent(agentId)) : undefined;
  }

  /** Makes the phones of all agents known to Asterisk and asks for their states. Harmless when repeated. */
  async equip(site: Site, passwordOf: (agentId: AgentId) => Promise<string>): Promise<void> {
    const agents = Object.values(site.agents);
    for (const id of this.#known) if (!site.agents[id]) this.#known.delete(id);
    for (const agent of agents) {
      await pushPhone(this.#ari, agent, await passwordOf(agent.id));
      this.#known.add(agent.id);
    }
    for (let from = 0; from < agents.length; from += SUBSCRIBE_AT_ONCE) {
      const some = agents.slice(from, from + SUBSCRIBE_AT_ONCE);
      const eventSource = some.map(({ id }) => `deviceState:${phoneAddress(id)}`);
      await this.#ari.request('applications.subscribe', { applicationName: this.#app, eventSource });
    }
  }

  /** The states of all phones as Asterisk lists them now. */
  async list(): Promise<{ agentId: AgentId; phone: PhoneState }[]> {
    const endpoints = await this.#ari.request('endpoints.listByTech', { tech: 'PJSIP' });
    return endpoints
      .filter((endpoint) => this.#known.has(endpoint.resource))
      .map((endpoint) => ({ agentId: endpoint.resource, phone: phoneStateOfEndpoint(endpoint) }));
  }
}
