import type { Task } from '../controller/commands.ts';
import type { Verdict } from '../model/call/leg.ts';
import type { EndCause, EventOf } from '../model/event.ts';
import { ok, type Result } from '../model/failure.ts';
import type { ContactId, LegId } from '../model/ids.ts';
import { rehearsalFailed } from './rehearsal-failure.ts';
import type { VirtualHall } from './virtual-hall.ts';

/** What becomes of somebody who is dialled: by these words, or by a key that who answered presses. */
export const DIAL_WORDS = ['answered', 'busy', 'no_answer', 'declined', 'unavailable', 'failed', 'ends'] as const;
export type DialWord = (typeof DIAL_WORDS)[number];

const CAUSES: Readonly<Record<Exclude<DialWord, 'answered' | 'ends'>, EndCause>> = {
  busy: 'busy',
  no_answer: 'no_answer',
  declined: 'rejected',
  unavailable: 'unavailable',
  failed: 'failed',
};

type Done = Result<undefined>;
const DONE: Done = ok(undefined);
type FarLeg = { readonly contactId: ContactId; readonly legId: LegId; up: boolean };

/** Everybody whom a flow dials: their phones ring until somebody says what becomes of it. And the machine detector. */
export class FarEnd {
  readonly #hall: VirtualHall;
  readonly #legs = new Map<LegId, FarLeg>();
  #detecting: ContactId | null = null;

  constructor(hall: VirtualHall) {
    this.#hall = hall;
  }

  performed(task: Task): void {
    switch (task.do) {
      case 'dial': {
        const { contactId, legId } = task;
        this.#legs.set(legId, { contactId, legId, up: false });
        const event = (atMs: number) => ({ kind: 'leg.rang', atMs, contactId, legId }) as const;
        return this.#hall.expect({ atMs: this.#hall.nowMs, of: legId, event });
      }
      case 'drop_leg':
        return this.#dropped(task.legId);
      case 'detect_machine':
        this.#detecting = task.contactId;
    }
  }

  /** What becomes of the first whose phone rings; or, of who has answered, the key that is pressed, or the end of the talk. */
  does(what: DialWord | `key ${string}`): Done {
    const isUp = what === 'ends' || what.startsWith('key ');
    const leg = [...this.#legs.values()].find(({ up }) => up === isUp);
    if (!leg) return rehearsalFailed(isUp ? 'rehearsal.not_answered' : 'rehearsal.nobody_dialled');
    const about = { atMs: this.#hall.nowMs, contactId: leg.contactId, legId: leg.legId };
    if (what.startsWith('key ')) {
      this.#hall.take({ kind: 'leg.pressed', ...about, digit: what.slice('key '.length) });
      return DONE;
    }
    if (what === 'answered') {
      leg.up = true;
      this.#hall.take({ kind: 'leg.answered', ...about });
      return DONE;
    }
    this.#legs.delete(leg.legId);
    const cause = what === 'ends' ? 'hung_up' : CAUSES[what as keyof typeof CAUSES];
    this.#hall.take({ kind: 'leg.ended', ...about, cause });
    return DONE;
  }

  /** True while the machine detector listens: what it will say is for somebody to tell. */
  get isDetecting(): boolean {
    return this.#detecting !== null;
  }

  /** What the machine detector says. */
  detected(verdict: Verdict): Done {
    const contactId = this.#detecting;
    if (contactId === null) return rehearsalFailed('rehearsal.nothing_detected');
    this.#detecting = null;
    this.#hall.take({ kind: 'machine.detected', atMs: this.#hall.nowMs, contactId, verdict });
    return DONE;
  }

  /** The contact is out of its conference. */
  leaveRoom(contactId: ContactId, reason: EventOf<'room.left'>['reason']): Done {
    const room = this.#hall.state.calls.calls.get(contactId)?.room ?? null;
    if (room === null) return rehearsalFailed('rehearsal.no_room');
    this.#hall.take({ kind: 'room.left', atMs: this.#hall.nowMs, contactId, room, reason });
    return DONE;
  }

  #dropped(legId: LegId): void {
    const leg = this.#legs.get(legId);
    this.#hall.callOff(legId);
    if (!leg || !this.#legs.delete(legId) || !leg.up) return;
    const { contactId } = leg;
    const event = (atMs: number) => ({ kind: 'leg.ended', atMs, contactId, legId, cause: 'hung_up' }) as const;
    this.#hall.expect({ atMs: this.#hall.nowMs, of: legId, event });
  }
}
