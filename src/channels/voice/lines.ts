import type { AgentId, OfferId } from '../../model/ids.ts';

/** An agent's persistent line: one channel that stays while contacts come and go on it. */
export type AgentLine = {
  readonly agentId: AgentId;
  readonly channelId: string;
  /** Answered. */
  up: boolean;
  /** The offer whose leg it is at the moment. */
  offerId?: OfferId | undefined;
};

/** The persistent lines by agent and by channel. */
export class Lines {
  readonly #byAgent = new Map<AgentId, AgentLine>();
  readonly #byChannel = new Map<string, AgentLine>();

  of(agentId: AgentId): AgentLine | undefined {
    return this.#byAgent.get(agentId);
  }

  ofChannel(channelId: string): AgentLine | undefined {
    return this.#byChannel.get(channelId);
  }

  /** The agent's line, when a contact can be brought by it now. */
  free(agentId: AgentId): AgentLine | undefined {
    const line = this.#byAgent.get(agentId);
    return line?.up && line.offerId === undefined ? line : undefined;
  }

  channels(): IterableIterator<string> {
    return this.#byChannel.keys();
  }

  add(line: AgentLine): void {
    if (this.#byAgent.has(line.agentId)) return;
    this.#byAgent.set(line.agentId, line);
    this.#byChannel.set(line.channelId, line);
  }

  remove(channelId: string): AgentLine | undefined {
    const line = this.#byChannel.get(channelId);
    if (!line) return undefined;
    this.#byChannel.delete(channelId);
    this.#byAgent.delete(line.agentId);
    return line;
  }
}
