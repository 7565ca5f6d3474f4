import type { Task } from '../controller/commands.ts';
import type { State } from '../controller/state.ts';
import type { CommandOf } from '../model/command.ts';
import type { Event } from '../model/event.ts';
import type { AtMs } from '../model/ids.ts';
import { lengthMs } from './heard-text.ts';

/** What a door will see at a moment. */
export type Expected = {
  readonly atMs: AtMs;
  /** Of which prompt or contact it is, so that it can be called off. */
  readonly of?: string;
  /** True: nobody who listens waits for it, as for the silence after which a message ends. */
  readonly quiet?: boolean;
  event(atMs: AtMs): Event;
};

type Followed = { readonly expected: readonly Expected[]; readonly cancelled: readonly string[] };
const NOTHING: Followed = { expected: [], cancelled: [] };

/**
 * What doors see of what they were asked to do: everything works at once, phones ring, and a prompt takes as long as its text would
 * take to be spoken; where it is read it is over at once.
 */
export function doorEvents(task: Task, state: State, nowMs: AtMs, isExpected: (of: string) => boolean): Followed {
  switch (task.do) {
    case 'answer':
      return soon(nowMs, (atMs) => ({ kind: 'contact.answered', atMs, contactId: task.contactId }));
    case 'speak':
      return finished(task.contactId, task.promptId, nowMs + lengthMs(task.parts));
    case 'speak_to':
      return finished(task.contactId, task.promptId, nowMs + lengthMs(task.parts));
    case 'show':
      return finished(task.contactId, task.promptId, nowMs);
    case 'stop_prompt':
      return isExpected(task.promptId) ? stopped(task, nowMs) : NOTHING;
    case 'ring':
      return soon(nowMs, (atMs) => ({ kind: 'offer.rang', atMs, offerId: task.offerId }));
    case 'connect': {
      // To be joined with the agent an unanswered caller is answered.
      const answered = state.contacts.get(task.contactId)?.answeredAtMs != null;
      if (answered) return NOTHING;
      return soon(nowMs, (atMs) => ({ kind: 'contact.answered', atMs, contactId: task.contactId }));
    }
    case 'hangup': {
      const { contactId } = task;
      // A customer who has left cannot be hung up.
      if (state.contacts.get(contactId)?.endedAtMs !== null) return NOTHING;
      return soon(nowMs, (atMs) => ({ kind: 'contact.ended', atMs, contactId, cause: 'hung_up', endedBy: 'system' }));
    }
    default:
      return NOTHING;
  }
}

function soon(atMs: AtMs, event: (atMs: AtMs) => Event): Followed {
  return { expected: [{ atMs, event }], cancelled: [] };
}

function stopped({ contactId, promptId }: CommandOf<'stop_prompt'>, nowMs: AtMs): Followed {
  const event = (atMs: AtMs): Event => ({ kind: 'prompt.finished', atMs, contactId, promptId, result: 'stopped' });
  return { expected: [{ atMs: nowMs, event }], cancelled: [promptId] };
}

function finished(contactId: string, promptId: string, endsAtMs: AtMs): Followed {
  const event = (atMs: AtMs): Event => ({ kind: 'prompt.finished', atMs, contactId, promptId, result: 'done' });
  return { expected: [{ atMs: endsAtMs, of: promptId, event }], cancelled: [] };
}
