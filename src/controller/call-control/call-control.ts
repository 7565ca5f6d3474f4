import type { Place } from '../../model/call/call-command.ts';
import type { AskedBy } from '../../model/event.ts';
import type { Result } from '../../model/failure.ts';
import type { AgentId, ContactId, LegId, QueueId } from '../../model/ids.ts';
import type { ContactView } from '../desk.ts';

/**
 * What agents do within their calls, beside the keys of their phones; a part of the controller's public face. Where an agent is
 * named, the talk must be that agent's. A contact that is over by then is answered with nothing. What is as wished already
 * stays so, and is no failure. Common failures: `contact.unknown`, `contact.no_call`, `contact.not_talking`,
 * `call.customer_away`.
 */
export type CallControl = {
  /**
   * Failures of hold, retrieve and consult: `call.consulting`; of consult also `queue.unknown`, `agent.unknown`,
   * `agent.logged_out` and the codes of OUTGOING_REFUSALS; of back, join and complete: `call.no_consult`,
   * `call.not_answered`; of mute, unmute and drop: `leg.unknown`.
   */
  ask(contactId: ContactId, wish: ControlWish, by: AskedBy, agentId?: AgentId): Result<ContactView | undefined>;
};

export type ControlWish =
  | { readonly wish: 'hold' | 'retrieve' | 'back' | 'join' | 'complete' }
  /** Left out: the agent's own microphone. */
  | { readonly wish: 'mute' | 'unmute'; readonly legId?: LegId }
  | { readonly wish: 'consult'; readonly to: ConsultWish }
  | { readonly wish: 'drop'; readonly legId: LegId }
  | { readonly wish: 'dtmf'; readonly digits: string; readonly toneMs: number };

/** A number may be an extension of the site. */
export type ConsultWish = { readonly queueId: QueueId } | { readonly agentId: AgentId } | { readonly number: string };

/** A call as it stands, with all who are in it. */
export type CallView = {
  readonly held: boolean;
  /** Set while an agent asks somebody. */
  readonly consult?: {
    readonly id: ContactId;
    /** `asked`: not answered yet; `talking`: the customer waits; `joined`: all three talk. */
    readonly stage: 'asked' | 'talking' | 'joined';
  };
  readonly parties: readonly PartyView[];
};

export type PartyView = {
  readonly legId: LegId;
  readonly who: 'customer' | 'agent' | 'outside' | 'supervisor';
  readonly agentId?: AgentId;
  readonly number?: string;
  /** False: the phone is still dialled or rings. */
  readonly answered: boolean;
  readonly muted: boolean;
  /** Where it is; absent: alone, with music or waiting. */
  readonly place?: Place;
};
