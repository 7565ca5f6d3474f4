import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ContactStatus, Signal, Taken, TextHost, Written } from '../../../src/channels/channel.ts';
import { ChatDoor, type ChatDoorOptions } from '../../../src/channels/chat/chat-door.ts';
import { textTasks } from '../../../src/controller/chat/text-tasks.ts';
import { applyToTranscripts } from '../../../src/controller/chat/transcripts.ts';
import type { DoorEvent, Event } from '../../../src/model/event.ts';
import type { Transcript } from '../../../src/model/transcript.ts';

const SECRET = 'a secret of the tests';

/** What the site does because of an event, besides what every hall does. */
export type Script = (event: Event) => readonly Event[];

/** A hall without flows and queues around a real door: it keeps transcripts by the real fold, and follows a script. */
export class House implements TextHost {
  readonly transcripts = new Map<string, Transcript>();
  /** All that was taken in, in order. */
  readonly taken: Event[] = [];
  readonly signals: Signal[] = [];
  nowMs = 1_000_000;
  status: ContactStatus = { status: 'flow' };
  script: Script = () => [];
  /** When set, nothing can be written down. */
  journalFull = false;
  #door: ChatDoor | undefined;
  #server: Server | undefined;
  #inbox: Event[] = [];
  #working = false;

  static async open(options: Partial<ChatDoorOptions> = {}, script?: Script): Promise<House> {
    const house = new House();
    if (script) house.script = script;
    await house.start(options);
    return house;
  }

  /** A new door, as after a restart of the controller. */
  async start(options: Partial<ChatDoorOptions> = {}): Promise<void> {
    const door = new ChatDoor({ host: this, secret: SECRET, ...options });
    this.#door = door;
    await door.open();
    this.#server = createServer();
    this.#server.on('upgrade', (request, socket, head) => door.handleUpgrade(request, socket, head));
    await new Promise<void>((done) => this.#server?.listen(0, '127.0.0.1', done));
  }

  get url(): string {
    if (!this.#server) throw new Error('the house is closed');
    const { port } = this.#server.address() as AddressInfo;
    return `ws://127.0.0.1:${port}/chat/socket`;
  }

  get door(): ChatDoor {
    if (!this.#door) throw new Error('the house has no door');
    return this.#door;
  }

  async close(): Promise<void> {
    await this.#door?.close();
    await this.#door?.close();
    this.#server?.closeAllConnections();
    await new Promise((done) => this.#server?.close(done));
  }

  now(): number {
    return this.nowMs;
  }

  take(event: DoorEvent | Event): Taken {
    if (this.journalFull && (event.kind === 'message.received' || event.kind === 'contact.arrived')) return 'lost';
    this.#inbox.push(event);
    if (this.#working) return 'held';
    this.#working = true;
    for (let next = this.#inbox.shift(); next; next = this.#inbox.shift()) {
      const batch = [next, ...this.script(next)];
      for (const one of batch) {
        this.taken.push(one);
        applyToTranscripts(this.transcripts, one);
      }
      for (const one of batch) {
        if (!('contactId' in one) || one.contactId === undefined) continue;
        for (const task of textTasks(one.contactId, one)) this.door.perform(task);
      }
    }
    this.#working = false;
    return 'kept';
  }

  written(contactId: string): Written | undefined {
    const transcript = this.transcripts.get(contactId);
    const status = transcript?.endedAtMs == null ? this.status : ({ status: 'ended' } as const);
    return transcript && { transcript, status, agentName: (id) => id.toUpperCase() };
  }

  openContacts(): string[] {
    return [...this.transcripts.values()].flatMap((one) => (one.endedAtMs === null ? [one.contactId] : []));
  }

  signal(signal: Signal): void {
    this.signals.push(signal);
  }

  /** The one contact of a test. */
  get contactId(): string {
    const [transcript] = this.transcripts.values();
    if (!transcript) throw new Error('nobody came');
    return transcript.contactId;
  }

  /** The site says something. */
  say(text: string, more: Partial<Extract<Event, { kind: 'prompt.started' }>> = {}, contactId = this.contactId): void {
    this.take(prompt(contactId, text, this.nowMs, more));
  }

  /** An agent writes. */
  write(text: string, contactId = this.contactId): void {
    const messageId = `m${this.taken.length}`;
    this.take({ kind: 'message.sent', atMs: this.nowMs, contactId, messageId, text, agentId: 'anna' });
  }

  /** Texts that came from the customer, as they were taken. */
  received(): string[] {
    return this.taken.flatMap((event) => (event.kind === 'message.received' ? [event.text] : []));
  }
}

let prompts = 0;
export function prompt(
  contactId: string,
  text: string,
  atMs: number,
  more: Partial<Extract<Event, { kind: 'prompt.started' }>> = {},
): Event {
  const promptId = `${contactId}.p${++prompts}`;
  return { kind: 'prompt.started', atMs, contactId, promptId, parts: [{ say: text, language: 'en' }], ...more };
}
