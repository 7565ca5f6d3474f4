import type { WebSocket } from 'ws';
import type { Desk } from '../../controller/desk.ts';
import type { Failure, Result } from '../../model/failure.ts';
import type { AgentId } from '../../model/ids.ts';
import type { KeyCheck } from '../authentication.ts';
import { ApiError, type ApiErrorCode, apiError } from '../errors.ts';
import { type AgentFeed, situationAnswer } from './agent-feeds.ts';
import { type AgentFrame, readAgentFrame } from './agent-frames.ts';

/** Bytes that may wait to be sent over one connection. */
const UNSENT_BYTES_MAX = 4_194_304;
/** Within this time the first message must come. */
const HANDSHAKE_MS = 10_000;
/** Who does not answer to the close is let go after this. */
const CLOSE_WAIT_MS = 2_000;
/** Close codes of WebSocket (RFC 6455, section 7.4.1). */
const CLOSE = { refused: 1008, restart: 1012, later: 1013 } as const;

export type AgentConnectionOptions = {
  readonly socket: WebSocket;
  readonly agentId: AgentId;
  readonly address: string;
  readonly desk: Desk;
  readonly check: KeyCheck;
  /** True when the key came with the request. */
  readonly authenticated: boolean;
  readonly feedOf: (agentId: AgentId) => AgentFeed;
};

/** One connection of an agent's program. */
export class AgentConnection {
  readonly #options: AgentConnectionOptions;
  #handshake: NodeJS.Timeout | undefined;
  #greeted = false;
  #alive = true;
  #stop: (() => void) | undefined;

  constructor(options: AgentConnectionOptions) {
    const { socket } = options;
    this.#options = options;
    this.#handshake = setTimeout(() => this.refuse(apiError('request.timed_out')), HANDSHAKE_MS);
    socket.on('message', (data, isBinary) => this.#came(isBinary ? '' : String(data)));
    socket.on('pong', () => {
      this.#alive = true;
    });
    // What breaks a connection is told by its end; the program connects again.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(this.#handshake);
      this.#stop?.();
    });
  }

  /** Asks whether the program is still there; one that did not answer the last time is not. */
  keepAlive(): void {
    const { socket } = this.#options;
    if (!this.#alive) return socket.terminate();
    this.#alive = false;
    if (socket.readyState === socket.OPEN) socket.ping();
  }

  refuse(error: ApiError): void {
    const { socket } = this.#options;
    clearTimeout(this.#handshake);
    this.#tell(error);
    socket.close(error.code === 'socket.stopping' ? CLOSE.restart : CLOSE.refused, error.code);
    setTimeout(() => socket.terminate(), CLOSE_WAIT_MS).unref();
  }

  cut(): void {
    this.#options.socket.terminate();
  }

  #came(data: string): void {
    const frame = readAgentFrame(data);
    if (frame === undefined) return this.#tell(apiError('request.malformed'));
    if (typeof frame === 'string') {
      const message = `${frame} is missing or not as described in docs/api.md.`;
      return this.#tell(apiError('request.invalid', message, { path: frame }), refOf(data));
    }
    if (frame.type === 'hello') return this.#hello(frame);
    if (!this.#greeted) return this.refuse(apiError('auth.missing', 'The first message must be hello.'));
    const done = this.#carryOut(frame);
    if (done.ok) this.#send(JSON.stringify({ type: 'done', ...(frame.ref === undefined ? {} : { ref: frame.ref }) }));
    else this.#tell(done.failure, frame.ref);
  }

  #hello({ key, stream, after }: AgentFrame & { type: 'hello' }): void {
    if (this.#greeted) return;
    const { check, address, authenticated, desk, agentId, feedOf } = this.#options;
    try {
      if (!authenticated) check(key, address);
    } catch (error) {
      return this.refuse(error as ApiError);
    }
    const situation = desk.conversations.situation(agentId);
    if (!situation.ok) return this.refuse(new ApiError(situation.failure));
    clearTimeout(this.#handshake);
    this.#greeted = true;
    const feed = feedOf(agentId);
    const missed = stream === feed.stream && after !== undefined ? feed.since(after) : undefined;
    const head = { type: 'welcome', stream: feed.stream, resumed: missed !== undefined };
    this.#send(JSON.stringify({ ...head, seq: feed.seq(), ...(missed ? {} : situationAnswer(situation.value)) }));
    for (const one of missed ?? []) this.#send(one);
    this.#stop = feed.listen((one) => this.#send(one));
  }

  #carryOut(frame: Exclude<AgentFrame, { type: 'hello' }>): Result<unknown> {
    const { desk, agentId } = this.#options;
    const { conversations } = desk;
    switch (frame.type) {
      case 'accept':
        return conversations.accept(frame.offerId, agentId);
      case 'reject':
        return conversations.reject(frame.offerId, agentId);
      case 'message':
        return conversations.write(frame.contactId, { text: frame.text, id: frame.id, agentId });
      case 'typing':
        return conversations.showTyping(frame.contactId, agentId);
      case 'transfer':
        return conversations.transfer(frame.contactId, frame.to, agentId);
      case 'close':
        return conversations.close(frame.contactId, agentId);
      case 'wish':
        return desk.askAgent(agentId, frame.wish, 'api');
    }
  }

  #tell({ code, message, details }: Failure | ApiError, ref?: string): void {
    const about = { ...(details ? { details } : {}), ...(ref === undefined ? {} : { ref }) };
    this.#send(JSON.stringify({ type: 'error', code, message, ...about }));
  }

  #send(text: string): void {
    const { socket } = this.#options;
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount <= UNSENT_BYTES_MAX) return socket.send(text);
    const code: ApiErrorCode = 'socket.too_slow';
    socket.close(CLOSE.later, code);
    socket.terminate();
  }
}

/** The ref of a message that is wrong otherwise, so that its sender can tell which one it was. */
function refOf(data: string): string | undefined {
  const { ref } = JSON.parse(data) as { ref?: unknown };
  return typeof ref === 'string' ? ref.slice(0, REF_CHARACTERS_MAX) : undefined;
}

const REF_CHARACTERS_MAX = 100;
