import type { TrunkState, TrunkStatus } from '../model/call/trunk.ts';
import { failed, ok, type Result } from '../model/failure.ts';
import type { TrunkId } from '../model/ids.ts';
import type { LiveHall } from './hall.ts';

/** What the door to the telephone can be asked besides calls. */
export type Telephone = {
  /** Rejects when the door is not open. */
  trunks(): Promise<readonly TrunkStatus[]>;
};

/** The part of the desk that is about the telephone network. */
export type Telephony = {
  /** All trunks of the site and how they are. Failure: `asterisk.unavailable`. */
  trunks(): Promise<Result<readonly TrunkView[]>>;
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

export function createTelephony(hall: Pick<LiveHall, 'state'>, telephone: Telephone): Telephony {
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
        return failed('asterisk.unavailable', 'Asterisk does not answer. Try again in a moment.');
      }
    },
  };
}
