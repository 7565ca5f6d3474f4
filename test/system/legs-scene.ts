import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { VoiceDoor } from '../../src/channels/voice/voice-door.ts';
import { readConfig } from '../../src/config.ts';
import type { CallCommand } from '../../src/model/call/call-command.ts';
import type { AskedLeg } from '../../src/model/call/leg.ts';
import type { Command } from '../../src/model/command.ts';
import type { DoorEvent, EventOf } from '../../src/model/event.ts';
import { openSecrets } from '../../src/secrets.ts';
import { type RunningAsterisk, startAsterisk } from '../../src/supervisor/asterisk.ts';
import { findAsterisk } from '../../src/supervisor/asterisk-tree.ts';
import { ensureSystemUser } from '../../src/supervisor/system-user.ts';
import { site } from '../acd/site.ts';
import { type FarEnd, startFarEnd } from '../far-end/far-end.ts';
import { hasTone } from '../far-end/heard-tone.ts';
import type { Line, Ring } from '../far-end/line.ts';
import { Sightings } from '../far-end/sightings.ts';
import { readWav } from '../far-end/wav.ts';
import { type Slot, takeSlot } from './slot.ts';
import { until } from './until.ts';

const AGENTS = ['anna', 'ben', 'susi'] as const;
type AgentName = (typeof AGENTS)[number];

/** The door to the telephone by itself: a real Asterisk and a far end, and what the door tells. No hall decides anything. */
export class LegsScene {
  readonly far: FarEnd;
  door: VoiceDoor;
  readonly #slot: Slot;
  readonly #dir: string;
  readonly #asterisk: RunningAsterisk;
  readonly #newDoor: () => VoiceDoor;
  #events: DoorEvent[] = [];
  readonly #sightings = new Sightings('the door');
  #legs = 0;
  #callers = 0;

  private constructor(parts: { slot: Slot; dir: string; asterisk: RunningAsterisk; far: FarEnd }, password: Password) {
    this.far = parts.far;
    this.#slot = parts.slot;
    this.#dir = parts.dir;
    this.#asterisk = parts.asterisk;
    this.#newDoor = () =>
      new VoiceDoor({
        ariUrl: parts.asterisk.ariUrl,
        app: 'strowger',
        host: { take: (event) => this.#take(event), now: Date.now },
        phonePassword: password,
        secret: () => undefined,
        music: { file: join(parts.dir, 'music.conf'), pathOf: (_, name) => name },
        equippedFile: join(parts.dir, 'equipped.json'),
        log: { info: () => {}, warn: (fields, message) => this.#warned(fields, message) },
      });
    this.door = this.#newDoor();
  }

  /** The requests that failed in a way that the door did not expect. */
  readonly troubles: string[] = [];

  #warned(fields: object, message: string): void {
    if (message.startsWith('A request')) this.troubles.push(`${message} ${JSON.stringify(fields)}`);
  }

  static async open(): Promise<LegsScene> {
    const slot = await takeSlot();
    const dir = mkdtempSync(join(tmpdir(), 'strowger-legs-'));
    // Asterisk runs as a user of its own and must pass through.
    chmodSync(dir, 0o711);
    const secrets = await openSecrets(dir);
    const program = await findAsterisk(readConfig({}).dataDir);
    if (!program) throw new Error('no Asterisk was laid: run these tests by "npm test"');
    const ports = { ari: slot.ari, sip: { host: '127.0.0.1', port: slot.sip }, rtp: slot.rtp };
    const asterisk = await startAsterisk({
      program,
      home: join(dir, 'asterisk'),
      settings: { ports, ariApp: 'strowger', ariPassword: secrets.ariPassword, fallbackTries: 5 },
      user: ensureSystemUser(),
    });
    const password: Password = (id) => secrets.phonePassword(id);
    const far = await startFarEnd({
      program,
      home: join(dir, 'far'),
      exchange: { host: '127.0.0.1', port: slot.sip },
      ports: { ari: slot.farAri, sip: slot.farSip, rtp: slot.farRtp },
      phones: await Promise.all(AGENTS.map(async (id) => ({ id, password: await password(id) }))),
    });
    const scene = new LegsScene({ slot, dir, asterisk, far }, password);
    await scene.#equip();
    await Promise.all(AGENTS.map((id) => far.phone(id).register()));
    return scene;
  }

  async #equip(): Promise<void> {
    await this.door.open();
    await this.saw('door.opened');
    const trunk = {
      id: 'far',
      host: '127.0.0.1',
      port: this.#slot.farSip,
      transport: 'udp',
      username: null,
      register: false,
      // Not the far end's own address: its callers come as those of this machine do.
      from: ['127.0.0.2'],
      srtp: 'no',
      codecs: ['ulaw'],
      video: false,
      callsMax: 10,
    } as const;
    const agents = Object.fromEntries(AGENTS.map((id) => [id, {}]));
    await this.door.equip(site(agents, { sales: {} }, { trunks: { far: trunk } }), 'v1');
  }

  /** Ends the door as a crash does and opens another one, which knows nothing. */
  async restartDoor(): Promise<void> {
    await this.door.close();
    this.#events = [];
    this.door = this.#newDoor();
    await this.#equip();
  }

  /** SIP address of an extension of the exchange, for a phone's transfer button. */
  address(extension: string): string {
    return `sip:${extension}@127.0.0.1:${this.#slot.sip}`;
  }

  /** The same with the dialog of another call of the phone, with which it is to be joined. */
  async addressReplacing(extension: string, channelId: string): Promise<string> {
    return `${this.address(extension)}?Replaces=${encodeURIComponent(await this.replaces(channelId))}`;
  }

  /** What the header Replaces says to take the place of a channel of the exchange (RFC 3891): `to-tag` is the exchange's own. */
  async replaces(channelId: string): Promise<string> {
    const { callId, localTag, remoteTag } = await this.#dialogOf(channelId);
    return `${callId};to-tag=${localTag};from-tag=${remoteTag}`;
  }

  /** The SIP dialog of a channel of the exchange, as the exchange names its ends. */
  async #dialogOf(channelId: string): Promise<Dialog> {
    const read = async (what: string): Promise<string> => {
      const variable = encodeURIComponent(`CHANNEL(pjsip,${what})`);
      return ((await this.ari(`channels/${channelId}/variable?variable=${variable}`)) as { value: string }).value;
    };
    return { callId: await read('call-id'), localTag: await read('local_tag'), remoteTag: await read('remote_tag') };
  }

  do(command: Command | CallCommand): void {
    this.door.perform(command);
  }

  /** Waits for an event that no one has waited for yet. */
  saw<K extends DoorEvent['kind']>(kind: K, about: Partial<EventOf<K>> = {}, waitMs = 5000): Promise<EventOf<K>> {
    const fits = (event: DoorEvent): boolean =>
      event.kind === kind &&
      Object.entries(about).every(([key, value]) => (event as Record<string, unknown>)[key] === value);
    return this.#sightings.until(`${kind} ${JSON.stringify(about)}`, waitMs, () => {
      const at = this.#events.findIndex(fits);
      return at === -1 ? undefined : (this.#events.splice(at, 1)[0] as EventOf<K>);
    });
  }

  /** True when such an event has come and nobody has waited for it. */
  untold(kind: DoorEvent['kind']): boolean {
    return this.#events.some((event) => event.kind === kind);
  }

  #take(event: DoorEvent): 'kept' {
    this.#events.push(event);
    const { kind, atMs: _, ...rest } = event;
    this.#sightings.note(`${kind} ${JSON.stringify(rest)}`);
    return 'kept';
  }

  /** A caller from outside who is answered. */
  async caller(number = '100'): Promise<{ line: Line; contactId: string }> {
    const from = `+1555${String(++this.#callers).padStart(7, '0')}`;
    const line = await this.far.call(number, { from });
    const { contactId } = await this.saw('contact.arrived', { from });
    this.do({ do: 'answer', contactId });
    await line.answered();
    await this.saw('contact.answered', { contactId });
    return { line, contactId };
  }

  newId(contactId: string, letter: 'o' | 'l' | 'r' | 'c'): string {
    return `${contactId}.${letter}${++this.#legs}-${Date.now().toString(36)}`;
  }

  /** An agent who was rung for the contact and answered; not joined with anybody yet. */
  async agent(contactId: string, agentId: AgentName): Promise<{ ring: Ring; offerId: string }> {
    const offerId = this.newId(contactId, 'o');
    this.do({ do: 'ring', offerId, contactId, agentId, from: '+49211', deadlineMs: Date.now() + 10_000 });
    const ring = await this.far.phone(agentId).nextRing();
    await this.saw('offer.rang', { offerId });
    await ring.answer();
    await this.saw('offer.answered', { offerId });
    return { ring, offerId };
  }

  /** A caller and an agent who talk to each other. */
  async talk(agentId: AgentName = 'anna', number?: string) {
    const { line, contactId } = await this.caller(number);
    const { ring, offerId } = await this.agent(contactId, agentId);
    this.do({ do: 'connect', contactId, offerId });
    return { line, contactId, ring, offerId };
  }

  /** Asks for a leg to a number outside, or to an agent. */
  dial(
    contactId: string,
    purpose: AskedLeg['purpose'],
    to: AgentName | `+${string}`,
    more: Partial<AskedLeg> = {},
  ): string {
    const legId = this.newId(contactId, 'l');
    const outside = to.startsWith('+');
    this.do({
      do: 'dial',
      contactId,
      legId,
      purpose,
      target: outside ? { to: 'number', number: to } : { to: 'agent', agentId: to },
      way: outside ? { trunkId: 'far', number: to, callerId: '+49211555', attempt: 0 } : null,
      deadlineMs: Date.now() + 10_000,
      detectMachine: false,
      headers: {},
      ...more,
    });
    return legId;
  }

  /** Somebody who was dialled and answered. */
  async dialled(
    contactId: string,
    purpose: AskedLeg['purpose'],
    to: AgentName | `+${string}`,
    more: Partial<AskedLeg> = {},
  ) {
    const legId = this.dial(contactId, purpose, to, more);
    const phone = to.startsWith('+') ? this.far.outside : this.far.phone(to);
    const ring = await phone.nextRing();
    await ring.answer();
    await this.saw('leg.answered', { legId });
    return { legId, ring };
  }

  /** A stored file, fetched as the vault fetches it. */
  async sound(name: string): Promise<Int16Array> {
    const { stream } = await this.door.sound.storedFile(name);
    return readWav(await buffer(stream));
  }

  /** Waits until a line does not hear the tone any more. */
  async quietOf(line: Line, hz: number): Promise<void> {
    await until(`${hz} Hz is gone`, async () => !hasTone(await line.listen(300), hz) || undefined);
  }

  /** Waits until Asterisk has these bridges and no others. */
  async bridgesAre(ids: readonly string[]): Promise<void> {
    const seen = async (): Promise<string[]> => ((await this.ari('bridges')) as { id: string }[]).map(({ id }) => id);
    const wanted = [...ids].sort().join();
    await until(`the bridges are ${wanted}`, async () => (await seen()).sort().join() === wanted || undefined, {
      seen,
    });
  }

  /** Asks Asterisk directly, past the door. */
  async ari(path: string, method = 'GET'): Promise<unknown> {
    const url = new URL(`${this.#asterisk.ariUrl}/${path}`);
    const authorization = `Basic ${Buffer.from(`${url.username}:${url.password}`).toString('base64')}`;
    url.username = '';
    url.password = '';
    const response = await fetch(url, { method, headers: { authorization }, signal: AbortSignal.timeout(5_000) });
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  }

  /** Ends every call and waits until nothing of them is left. */
  async reset(): Promise<void> {
    const left = async (): Promise<{ id: string }[]> => (await this.ari('channels')) as { id: string }[];
    for (const { id } of await left()) await this.ari(`channels/${id}`, 'DELETE');
    await until('no channel is left', async () => (await left()).length === 0 || undefined, { seen: left });
    for (const { id } of (await this.ari('bridges')) as { id: string }[]) await this.ari(`bridges/${id}`, 'DELETE');
    for (const name of await this.door.sound.listStored()) await this.door.sound.deleteStored(name);
    this.#events = [];
  }

  async close(): Promise<void> {
    await this.door.close();
    await this.far.stop();
    await this.#asterisk.stop();
    this.#slot.release();
    if (process.env['STROWGER_KEEP'] === undefined) rmSync(this.#dir, { recursive: true, force: true });
  }
}

type Dialog = { readonly callId: string; readonly localTag: string; readonly remoteTag: string };
type Password = (id: string) => Promise<string>;
