import assert from 'node:assert/strict';
import type { ToneHz } from '../far-end/config.ts';
import { hasTone } from '../far-end/heard-tone.ts';
import type { Line, Ring } from '../far-end/line.ts';
import { type Contact, Scene } from './scene.ts';
import type { Slot } from './slot.ts';
import { until } from './until.ts';

/** What each party plays, so that it is known who hears whom; music is a tone as well. */
export const TONES = {
  customer: 1000,
  anna: 1900,
  ben: 2300,
  bea: 2100,
  outside: 2600,
  music: 1540,
} as const satisfies Record<string, ToneHz>;
export type Party = keyof typeof TONES;

const AGENTS = ['anna', 'ben', 'bea'] as const;
type AgentName = (typeof AGENTS)[number];

/** Long enough to tell three tones at once from each other. */
const LISTEN_MS = 300;

/** Two queues for anna, whom bea supervises in both, one for ben, and a trunk to the far end for numbers of one country. */
const files = ({ farSip }: Slot) => ({
  'site.yaml': `
numbers: { "200": sales, "300": taped }
music: { tune: { files: tone } }
queues:
  sales: { extension: "21", answer_within: 8s, rest: 1s, music: tune }
  support: { extension: "22", answer_within: 8s, rest: 1s, music: tune }
  taped: { extension: "23", answer_within: 8s, rest: 1s, music: tune, recording: always }
direct_queue: { answer_within: 8s, rest: 1s, music: tune }
agents:
  anna: { extension: "1001", queues: [sales, taped] }
  ben: { extension: "1002", queues: [support] }
  bea: { extension: "1003", supervises: [sales, taped] }
trunks: { out: { host: 127.0.0.1, port: ${farSip}, from: [127.0.0.2] } }
outgoing: { country: "+49", caller_id: "+49211555", rules: [{ prefix: "+49", trunks: [out] }] }
`,
  'sales.yaml': 'steps: { wait: { type: queue, queue: sales, next: end }, end: { type: hangup } }\n',
  'taped.yaml': 'steps: { wait: { type: queue, queue: taped, next: end }, end: { type: hangup } }\n',
  'words.yaml': 'steps: { say: { type: play, prompt: { file: tone }, loop: 10, next: end }, end: { type: hangup } }\n',
});

/** A customer who talks with anna, each heard by the other. */
export type Talk = { readonly id: string; readonly from: string; readonly line: Line; readonly anna: Ring };

/** Calls under the hands of agents and supervisors, on a real exchange. */
export class ControlScene {
  readonly scene: Scene;

  private constructor(scene: Scene) {
    this.scene = scene;
  }

  static async open(): Promise<ControlScene> {
    const made = new ControlScene(await Scene.open({ files, agents: AGENTS }));
    await made.scene.staff(...AGENTS);
    return made;
  }

  /** Anna is ready, and a customer reaches her; calls of 300 are recorded. */
  async talk(number: '200' | '300' = '200'): Promise<Talk> {
    await this.ready();
    const { line, from } = await this.scene.call(number);
    const anna = await this.rings('anna');
    const { id } = await this.scene.stageIs(from, 'talking');
    await line.playTone(TONES.customer);
    return { id, from, line, anna };
  }

  /** All agents are logged in; bea serves no queue. */
  async ready(): Promise<void> {
    for (const name of AGENTS) await this.scene.exchange.post(`/v1/agents/${name}/login`);
  }

  /** The phone rings, is answered, and its tone plays. */
  async rings(name: AgentName): Promise<Ring> {
    const ring = await this.scene.phone(name).nextRing();
    await ring.answer();
    await ring.playTone(TONES[name]);
    return ring;
  }

  /** Somebody outside is called by the trunk and answers. */
  async outside(): Promise<Ring> {
    const ring = await this.scene.far.outside.nextRing();
    await ring.answer();
    await ring.playTone(TONES.outside);
    return ring;
  }

  /** Waits until the contact talks with this agent. */
  talksTo(id: string, agentId: string): Promise<Contact> {
    const contact = async () => (await this.scene.contacts()).find((one) => one.id === id);
    return until(
      `${id} talks to ${agentId}`,
      async () => {
        const found = await contact();
        return found?.stage === 'talking' && found.agentId === agentId ? found : undefined;
      },
      { seen: contact },
    );
  }

  async post(path: string, body?: object): Promise<Record<string, unknown>> {
    const answer = await this.scene.exchange.post(path, body);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body as Record<string, unknown>;
  }

  /** Everybody has hung up: nothing is left of the calls, neither with us nor in Asterisk, and its disk has no sound of them. */
  async nothingLeft(): Promise<void> {
    await this.scene.quiet();
    const left = async () => [
      ...((await this.scene.exchange.ari('recordings/stored')) as unknown[]),
      ...((await this.scene.exchange.get('/v1/watches')).body as { watches: unknown[] }).watches,
    ];
    await until('no sound and no watch is left', async () => (await left()).length === 0 || undefined, { seen: left });
  }

  async close(): Promise<void> {
    await this.scene.closeUndisturbed();
  }
}

/** Waits until the line hears these parties, and none of the others. */
export async function hears(line: Line, parties: readonly Party[]): Promise<void> {
  let heard: Party[] = [];
  const same = async (): Promise<true | undefined> => {
    if (line.hasEnded) throw new Error(`the call has ended: ${JSON.stringify(await line.ended())}`);
    const sound = await line.listen(LISTEN_MS);
    heard = (Object.keys(TONES) as Party[]).filter((party) => hasTone(sound, TONES[party]));
    return heard.sort().join() === [...parties].sort().join() || undefined;
  };
  await until(`${line.id} hears ${parties.join(' and ') || 'nobody'}`, same, { withinMs: 6000, seen: () => heard });
}
