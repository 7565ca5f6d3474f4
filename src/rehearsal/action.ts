import type { Verdict } from '../model/call/leg.ts';
import type { EventOf } from '../model/event.ts';
import type { Result } from '../model/failure.ts';
import { ok } from '../model/failure.ts';
import type { AgentId, StepId } from '../model/ids.ts';
import type { DialWord } from './far-end.ts';
import type { GivenAnswer } from './given.ts';
import type { Rehearsal } from './rehearsal.ts';

/** What somebody does in a rehearsal. `bargeIn`: at once, and not when the prompt has been heard to its end. */
export type Action =
  | { readonly do: 'press'; readonly keys: string; readonly bargeIn: boolean }
  | { readonly do: 'say'; readonly text: string; readonly confidence: number; readonly bargeIn: boolean }
  | { readonly do: 'reply'; readonly text: string; readonly bargeIn: boolean }
  | { readonly do: 'hangup'; readonly bargeIn: boolean }
  /** Nothing is entered for so long after the prompt; null: until the flow reacts to it. */
  | { readonly do: 'silence'; readonly ms: number | null }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'answer' | 'reject' | 'end' | 'log_in' | 'log_out'; readonly agentId: AgentId }
  /** What becomes of somebody whom the flow dials. */
  | { readonly do: 'dial'; readonly what: DialWord | `key ${string}` }
  /** The customer speaks for so long where a message is recorded. */
  | { readonly do: 'recorded'; readonly ms: number }
  | { readonly do: 'machine'; readonly verdict: Verdict }
  | { readonly do: 'room'; readonly reason: EventOf<'room.left'>['reason'] }
  | { readonly do: 'http'; readonly stepId: StepId; readonly answer: GivenAnswer };

/** Whether the customer listens to all that is being said before it. */
export function listensFirst(action: Action): boolean {
  if (action.do === 'wait' || action.do === 'http') return false;
  return 'bargeIn' in action ? !action.bargeIn : true;
}

/** Does it, at the moment that the rehearsal has reached. Failures: those of rehearsal-failure.ts. */
export function perform(rehearsal: Rehearsal, action: Action): Result<undefined> {
  switch (action.do) {
    case 'press':
      return rehearsal.press(action.keys);
    case 'say':
      return rehearsal.say(action.text, action.confidence);
    case 'reply':
      return rehearsal.reply(action.text);
    case 'hangup':
      return rehearsal.hangUp();
    case 'silence':
      if (action.ms === null) return rehearsal.passUntilTimeOut();
      rehearsal.pass(action.ms);
      return ok(undefined);
    case 'wait':
      rehearsal.pass(action.ms);
      return ok(undefined);
    case 'answer':
    case 'reject':
    case 'end':
      return rehearsal.agent(action.agentId, action.do);
    case 'log_in':
      return rehearsal.logIn(action.agentId);
    case 'log_out':
      return rehearsal.logOut(action.agentId);
    case 'dial':
      return rehearsal.farEnd.does(action.what);
    case 'recorded':
      return rehearsal.recorder.speak(action.ms);
    case 'machine':
      return rehearsal.farEnd.detected(action.verdict);
    case 'room':
      return rehearsal.leaveRoom(action.reason);
    case 'http':
      return rehearsal.answerWeb(action.stepId, action.answer);
  }
}
