import type { RawData, WebSocket } from 'ws';
import { CHAT_ERRORS, type ChatErrorCode } from './errors.ts';
import type { ServerFrame } from './frames.ts';
import type { ChatLimits } from './limits.ts';
import { type Rate, rate } from './rate.ts';

/** Why a connection is closed, as close codes of WebSocket (RFC 6455, section 7.4.1). */
const CLOSE = { over: 1000, refused: 1008, restart: 1012, later: 1013 } as const;

export type ConnectionOptions = {
  readonly socket: WebSocket;
  readonly address: string;
  readonly limits: ChatLimits;
  readonly now: () => number;
  readonly onFrame: (connection: Connection, data: string) => void;
  readonly onClosed: (connection: Connection) => void;
};

/** One connection of a customer's program, and what was sent over it. */
export class Connection {
  readonly address: string;
  readonly #options: ConnectionOptions;
  readonly #frames: Rate;
  #handshake: NodeJS.Timeout | undefined;
  #pingedAtMs: number;
  #alive = true;
  /** Set with hello or resume. */
  contactId: string | undefined;
  /** The newest line that was sent, and the status as it was sent. */
  sentSeq = 0;
  sentStatus = '';

  constructor(options: ConnectionOptions) {
    const { socket, limits, now } = options;
    this.#options = options;
    this.address = options.address;
    this.#frames = rate(limits.frames, limits.messagesMs);
    this.#pingedAtMs = now();
    this.#handshake = setTimeout(() => this.refuse('chat.timed_out'), limits.handshakeMs);
    socket.on('message', (data, isBinary) => this.#came(data, isBinary));
    socket.on('pong', () => {
      this.#alive = true;
    });
    // What breaks a connection is told by its end; the customer resumes.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(this.#handshake);
      options.onClosed(this);
    });
  }

  #came(data: RawData, isBinary: boolean): void {
    if (!this.#frames.takes(this.#options.now())) return this.refuse('chat.slow_down');
    if (isBinary) return this.tell('chat.malformed');
    this.#options.onFrame(this, String(data));
  }

  greeted(contactId: string): void {
    clearTimeout(this.#handshake);
    this.contactId = contactId;
  }

  send(frame: ServerFrame): void {
    const { socket, limits } = this.#options;
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > limits.unsentBytes) {
      socket.close(CLOSE.later, 'chat.too_slow');
      return socket.terminate();
    }
    socket.send(JSON.stringify(frame));
  }

  /** Says what is wrong and goes on. */
  tell(code: ChatErrorCode, about: { readonly id?: string; readonly detail?: string } = {}): void {
    const { id, detail } = about;
    const message = detail === undefined ? CHAT_ERRORS[code] : `${CHAT_ERRORS[code].replace(/\.$/, '')}: ${detail}.`;
    this.send({ type: 'error', code, message, ...(id === undefined ? {} : { id }) });
  }

  /** Says what is wrong and closes. */
  refuse(code: ChatErrorCode): void {
    this.tell(code);
    const later = code === 'chat.stopping' || code === 'chat.refused';
    this.#close(code === 'chat.stopping' ? CLOSE.restart : later ? CLOSE.later : CLOSE.refused, code);
  }

  /** The chat is over. */
  end(): void {
    this.#close(CLOSE.over, 'over');
  }

  /** Asks now and then whether anybody is still there; who did not answer the last time is not. */
  keepAlive(): void {
    const { socket, limits, now } = this.#options;
    if (now() - this.#pingedAtMs < limits.pingMs || socket.readyState !== socket.OPEN) return;
    if (!this.#alive) return socket.terminate();
    this.#alive = false;
    this.#pingedAtMs = now();
    socket.ping();
  }

  /** Lets go at once. */
  cut(): void {
    this.#options.socket.terminate();
  }

  #close(code: number, reason: string): void {
    const { socket } = this.#options;
    clearTimeout(this.#handshake);
    socket.close(code, reason);
    // Who does not answer to the close is let go without.
    setTimeout(() => socket.terminate(), CLOSE_WAIT_MS).unref();
  }
}

const CLOSE_WAIT_MS = 2_000;
