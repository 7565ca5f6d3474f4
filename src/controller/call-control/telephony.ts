import type { TrunkState, TrunkStatus } from '../../model/call/trunk.ts';
import type { AskedBy } from '../../model/event.ts';
import { failed, ok, type Result } from '../../model/failure.ts';
import type { AgentId, TrunkId } from '../../model/ids.ts';
import type { LiveHall } from '../hall.ts';

/** What the door to the telephone can be asked besides calls. */
export type Telephone = {
  /** Rejects when the door is not open. */
  trunks(): Promise<readonly TrunkStatus[]>;
  /** Sends a text to an agent's phone. Rejects when the door is not open. */
  sendText(agentId: AgentId, text: string): Promise<void>;
};

/** The part of the desk that is about the telephone network. */
export type Telephony = {
  /** All trunks of the site and how they are. Failure: `asterisk.unavailable`. */
  trunks(): Promise<Result<readonly TrunkView[]>>;
  /** Sends a text to an agent's phone (SIP MESSAGE). Failures: `agent.unknown`, `asterisk.unavailable`. */
  sendText(agentId: AgentId, text: string, by: AskedBy): Promise<Result<void>>;
};

export type TrunkView = {
  readonly id: TrunkId;
  readonly host: string;
  readonly transport: string;
  /** Whether we register there. */
  readonly register: boolean;
  readonly state: TrunkState;
  /** Why it is `unusable`; null otherwise. */
  readonly reason: string | null;
};

export function createTelephony(hall: LiveHall, telephone: Telephone): Telephony {
  return {
    trunks: async () => {
      try {
        const statuses = new Map((await telephone.trunks()).map((status) => [status.id, status]));
        return ok(
          Object.values(hall.state.acd.site.trunks).map(({ id, host, transport, register }) => {
            const { state = 'waiting', reason = null } = statuses.get(id) ?? {};
            return { id, host, transport, register, state, reason };
          }),
        );
      } catch {
        return unavailable();
      }
    },
    sendText: async (agentId, text, by) => {
      if (!Object.hasOwn(hall.state.acd.site.agents, agentId)) {
        return failed('agent.unknown', 'There is no agent with this id.', { agentId });
      }
      try {
        await telephone.sendText(agentId, text);
      } catch {
        return unavailable();
      }
      hall.enter({ kind: 'text.sent', atMs: hall.now(), agentId, text, by });
      return ok(undefined);
    },
  };
}

function unavailable() {
  return failed('asterisk.unavailable', 'Asterisk does not answer. Try again in a moment.');
}
