import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type FarEnd, startFarEnd } from '../far-end/far-end.ts';
import type { Line } from '../far-end/line.ts';
import type { Phone } from '../far-end/phone.ts';
import { Exchange, type ExchangeOptions } from './exchange.ts';
import { until } from './until.ts';

export const AGENTS = ['anna', 'ben', 'carla', 'dora', 'emil', 'fritz'] as const;
export type AgentName = (typeof AGENTS)[number];

export type SceneOptions = ExchangeOptions & {
  /** Whose phones the far end has; by default those of test/system/flows. */
  readonly agents?: readonly string[];
};

/** What the API tells of a contact; only what the tests look at. */
export type Contact = { id: string; from: string; stage: string; stepId?: string; queueId?: string; agentId?: string };
export type Agent = { id: string; state: string; phone: string; pauseReason?: string; contactId?: string };
export type Story = {
  summary: Record<string, unknown> & { queues: Record<string, unknown>[] };
  timeline: { what: string; text: string; atMs: number }[];
};

/** An exchange with its far end: callers from the network, agents at their phones, and what the API says about it. */
export class Scene {
  readonly exchange: Exchange;
  readonly far: FarEnd;
  readonly agents: readonly string[];
  #callers = 0;

  private constructor(exchange: Exchange, far: FarEnd, agents: readonly string[]) {
    this.exchange = exchange;
    this.far = far;
    this.agents = agents;
  }

  static async open({ agents = AGENTS, ...options }: SceneOptions = {}): Promise<Scene> {
    const exchange = await Exchange.start('flows', options);
    try {
      const phones = await Promise.all(
        agents.map(async (id) => ({ id, password: await exchange.secrets.phonePassword(id) })),
      );
      const { slot } = exchange;
      const far = await startFarEnd({
        program: exchange.program,
        home: join(exchange.dir, 'far'),
        exchange: { host: '127.0.0.1', port: slot.sip },
        ports: { ari: slot.farAri, sip: slot.farSip, rtp: slot.farRtp },
        phones,
      });
      return new Scene(exchange, far, agents);
    } catch (error) {
      await exchange.stop();
      throw error;
    }
  }

  phone(name: string): Phone {
    return this.far.phone(name);
  }

  /** Registers the phones that are not, and logs the agents in, in this order; a contact that waits may ring at once. */
  async staff(...names: string[]): Promise<void> {
    // To register takes a second, of which most is Asterisk's own waiting: the phones do it together, and once.
    await Promise.all(names.map((name) => this.#connectPhone(name)));
    for (const name of names) await this.exchange.post(`/v1/agents/${name}/login`);
  }

  async #connectPhone(name: string): Promise<void> {
    const idle = async () => (await this.agent(name)).phone === 'idle' || undefined;
    if (await idle()) return;
    await this.phone(name).register();
    await until(`the exchange sees ${name}'s phone`, idle);
  }

  /** Ends every call and logs every agent out, so that the next test begins with nothing. */
  async reset(): Promise<void> {
    for (const name of this.agents) await this.exchange.post(`/v1/agents/${name}/logout`);
    const channels = (await this.exchange.ari('channels')) as { id: string }[];
    for (const { id } of channels) await this.exchange.ari(`channels/${id}`, 'DELETE');
    await this.quiet();
    for (const name of this.agents) await this.agentIs(name, 'logged_out');
  }

  /** A caller with a number of its own, and the contact that came of the call. */
  async call(number: string): Promise<{ line: Line; from: string; contact(): Promise<Contact> }> {
    const from = `+1555${String(++this.#callers).padStart(7, '0')}`;
    const line = await this.far.call(number, { from });
    return { line, from, contact: () => this.contactOf(from) };
  }

  async contacts(): Promise<Contact[]> {
    return ((await this.exchange.get('/v1/contacts')).body as { contacts: Contact[] }).contacts;
  }

  contactOf(from: string): Promise<Contact> {
    return until(`the call of ${from} is there`, async () => (await this.contacts()).find((one) => one.from === from));
  }

  /** Waits until the call is in this stage, and step where given. */
  stageIs(from: string, stage: string, stepId?: string): Promise<Contact> {
    return until(
      `the call of ${from} is ${stage} ${stepId ?? ''}`,
      async () =>
        (await this.contacts()).find(
          (one) => one.from === from && one.stage === stage && (stepId === undefined || one.stepId === stepId),
        ),
      { seen: () => this.contacts() },
    );
  }

  /** Waits until the contact is over and its story complete. */
  story(contactId: string): Promise<Story> {
    return until(
      `the story of ${contactId} is complete`,
      async () => {
        const { status, body } = await this.exchange.get(`/v1/contacts/${contactId}`);
        const story = body as Story;
        return status === 200 && story.timeline.some((one) => one.what === 'contact.finished') ? story : undefined;
      },
      { seen: async () => (await this.exchange.get(`/v1/contacts/${contactId}`)).body },
    );
  }

  async agent(name: string): Promise<Agent> {
    return (await this.exchange.get(`/v1/agents/${name}`)).body as Agent;
  }

  agentIs(name: string, state: string): Promise<Agent> {
    return until(
      `${name} is ${state}`,
      async () => {
        const agent = await this.agent(name);
        return agent.state === state ? agent : undefined;
      },
      { seen: () => this.agent(name) },
    );
  }

  /** Waits until no contact is left, and nothing of them in Asterisk: no channel, no bridge. */
  async quiet(): Promise<void> {
    await until('no contact is left', async () => (await this.contacts()).length === 0 || undefined, {
      seen: () => this.contacts(),
    });
    await until(
      'Asterisk has no channel and no bridge left',
      async () => {
        const [channels, bridges] = await Promise.all([this.exchange.ari('channels'), this.exchange.ari('bridges')]);
        return (channels as unknown[]).length + (bridges as unknown[]).length === 0 || undefined;
      },
      { seen: async () => [await this.exchange.ari('channels'), await this.exchange.ari('bridges')] },
    );
  }

  /**
   * What the routine check had to put right; empty when events alone kept the picture. The state of a phone that
   * unregisters while it rings is left out: Asterisk tells of no change as long as the leg is there.
   */
  putRight(): string[] {
    const lines = this.exchange.log().split('\n');
    return lines.filter(
      (line) => line.includes('Put right.') && !/"events":\["phone.changed"\],"tasks":\[\],"orphans":0/.test(line),
    );
  }

  /** Ends the scene; fails when the routine check had to put something right. */
  async closeUndisturbed(): Promise<void> {
    const putRight = this.putRight();
    await this.close();
    assert.deepEqual(putRight, []);
  }

  async close(): Promise<void> {
    await this.far.stop();
    await this.exchange.stop();
  }
}
