import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Command } from '../../model/command.ts';
import type { Door, DoorHealth, TextHost } from '../channel.ts';
import { act } from './act.ts';
import { Connection } from './connection.ts';
import { deliver } from './deliver.ts';
import { CHAT_ERRORS, type ChatErrorCode } from './errors.ts';
import { Guests } from './guests.ts';
import { ADDRESSES_MAX, CHAT_LIMITS, type ChatLimits } from './limits.ts';
import { type Ear, listen } from './listen.ts';
import { type Caller, callerOf, originAllowed } from './origin.ts';
import { rates } from './rate.ts';

export type ChatDoorOptions = {
  readonly host: TextHost;
  /** Signs the tokens by which chats are resumed; the same after a restart. */
  readonly secret: string;
  /** Origins of pages that may open a chat, besides the page of this server itself; `*`: all. */
  readonly origins?: readonly string[];
  /** True behind one proxy that sets X-Forwarded-For: the last address in it is the customer's. */
  readonly behindProxy?: boolean;
  readonly limits?: Partial<ChatLimits>;
};

/** How long customers' programs have to take note that the door closes. */
const CLOSE_WAIT_MS = 200;

/** The door to the chat: customers' programs over WebSocket. It does not listen by itself: connections are handed to it. */
export class ChatDoor implements Door {
  readonly name = 'chat';
  readonly #options: ChatDoorOptions;
  readonly #limits: ChatLimits;
  readonly #guests: Guests;
  readonly #server: WebSocketServer;
  readonly #connections = new Set<Connection>();
  readonly #ear: Ear;
  #look: NodeJS.Timeout | undefined;
  #sinceMs: number;
  #up = false;

  constructor(options: ChatDoorOptions) {
    const { host, secret } = options;
    this.#options = options;
    this.#limits = { ...CHAT_LIMITS, ...options.limits };
    this.#guests = new Guests(this.#limits);
    this.#sinceMs = host.now();
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: this.#limits.frameBytes,
    });
    const begun = rates(this.#limits.newChats, this.#limits.newChatsMs, ADDRESSES_MAX);
    const mayBegin = (address: string): boolean => begun.takes(address, host.now());
    this.#ear = { host, guests: this.#guests, secret, limits: this.#limits, mayBegin };
  }

  /** Chats of a life before this one wait for their customers to come back. */
  async open(): Promise<void> {
    const { host } = this.#options;
    this.#up = true;
    this.#sinceMs = host.now();
    for (const contactId of host.openContacts()) this.#guests.of(contactId, host.now());
    host.take({ kind: 'door.opened', atMs: host.now(), door: 'chat' });
    this.#look = setInterval(() => this.#lookAround(), this.#limits.lookMs);
  }

  /** Takes over an HTTP request that asks to become a WebSocket, or refuses it. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const caller = callerOf(request, this.#options.behindProxy ?? false);
    const refused = this.#refusal(caller);
    if (refused) return refuse(socket, refused);
    this.#server.handleUpgrade(request, socket, head, (ws) => this.#connected(ws, caller.address));
  }

  #refusal(caller: Caller): ChatErrorCode | undefined {
    if (!this.#up) return 'chat.stopping';
    if (!originAllowed(caller, this.#options.origins ?? [])) return 'chat.origin_refused';
    if (this.#guests.connections >= this.#limits.connections) return 'chat.full';
    const ofAddress = this.#guests.ofAddress(caller.address);
    return ofAddress >= this.#limits.connectionsOfAddress ? 'chat.address_full' : undefined;
  }

  #connected(socket: WebSocket, address: string): void {
    this.#guests.connected(address);
    const connection = new Connection({
      socket,
      address,
      limits: this.#limits,
      now: () => this.#options.host.now(),
      onFrame: (from, data) => listen(this.#ear, from, data),
      onClosed: (closed) => this.#closed(closed),
    });
    this.#connections.add(connection);
  }

  #closed(connection: Connection): void {
    this.#connections.delete(connection);
    this.#guests.disconnected(connection.address);
    const guest = connection.contactId === undefined ? undefined : this.#guests.get(connection.contactId);
    if (!guest?.connections.delete(connection)) return;
    if (guest.connections.size === 0) guest.awaySinceMs = this.#options.host.now();
  }

  /** Who is away for too long has left; who waits sees the place in the queue as it is. */
  #lookAround(): void {
    const { host } = this.#options;
    const nowMs = host.now();
    for (const connection of this.#connections) connection.keepAlive();
    for (const { contactId, awaySinceMs, connections } of [...this.#guests.all()]) {
      if (awaySinceMs === null) for (const connection of [...connections]) deliver(host, connection);
      else if (nowMs - awaySinceMs >= this.#limits.awayMs) {
        host.take({ kind: 'contact.ended', atMs: nowMs, contactId, cause: 'lost', endedBy: 'customer' });
        this.#guests.forget(contactId);
      }
    }
  }

  perform(command: Command): void {
    act({ host: this.#options.host, guests: this.#guests }, command);
  }

  health(): DoorHealth {
    return { up: this.#up, detail: `${this.#guests.connections} connections`, sinceMs: this.#sinceMs };
  }

  async close(): Promise<void> {
    this.#up = false;
    clearInterval(this.#look);
    for (const connection of [...this.#connections]) connection.refuse('chat.stopping');
    if (this.#connections.size > 0) await pause(CLOSE_WAIT_MS);
    for (const connection of [...this.#connections]) connection.cut();
    this.#server.close();
  }
}

const STATUS: Readonly<Partial<Record<ChatErrorCode, string>>> = {
  'chat.origin_refused': '403 Forbidden',
  'chat.address_full': '429 Too Many Requests',
};

/** A refusal in HTTP, for there is no WebSocket yet. */
function refuse(socket: Duplex, code: ChatErrorCode): void {
  const body = JSON.stringify({ error: { code, message: CHAT_ERRORS[code] } });
  const head = [
    `HTTP/1.1 ${STATUS[code] ?? '503 Service Unavailable'}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
