import type { Channel } from '../../model/channel.ts';
import type { EndedBy, TransferTarget, WithdrawReason } from '../../model/event.ts';
import type { Result } from '../../model/failure.ts';
import type { AgentId, AtMs, ContactId, FlowId, MessageId, OfferId, QueueId } from '../../model/ids.ts';
import type { Line } from '../../model/transcript.ts';
import type { AgentView, ContactView } from '../desk.ts';

/**
 * What agents do with contacts without a phone; a part of the controller's public face. Where an agent is named, the offer
 * or the talk must be that agent's. Common failures: `offer.unknown`, `contact.unknown`, `contact.not_talking`.
 * A contact that is over by then is answered with nothing.
 */
export type Conversations = {
  /** Failure: `offer.by_phone`. To accept twice is harmless. */
  accept(offerId: OfferId, agentId?: AgentId): Result<ContactView | undefined>;
  /** Failures: `offer.by_phone`, `offer.taken`. */
  reject(offerId: OfferId, agentId?: AgentId): Result<ContactView | undefined>;
  /** The lines after a number. Failure: `contact.not_written`. */
  lines(contactId: ContactId, afterSeq: number): Result<LinesView>;
  /**
   * Writes to the customer. A line whose id was given before is not taken again.
   * Failures: `contact.not_written`, `message.invalid`, `journal.unavailable`.
   */
  write(contactId: ContactId, line: NewLine): Result<LineView>;
  /**
   * Failures: `queue.unknown`, `agent.unknown`, `agent.logged_out`, `flow.unknown`; of a telephone call also
   * `call.customer_away` and the codes of OUTGOING_REFUSALS, of another contact with a number `contact.no_call`.
   */
  transfer(contactId: ContactId, to: TransferWish, agentId?: AgentId): Result<ContactView | undefined>;
  /** The agent has done with the contact, whose flow goes on. */
  close(contactId: ContactId, agentId?: AgentId): Result<ContactView | undefined>;
  /** Lets the customer see that the agent is writing. */
  showTyping(contactId: ContactId, agentId: AgentId): Result<void>;
  /** What the agent has in hand. Failure: `agent.unknown`. */
  situation(agentId: AgentId): Result<Situation>;
  /** Tells what happens to the agent, from now on. The function returned ends it. */
  follow(agentId: AgentId, listener: (news: AgentNews) => void): () => void;
};

export type NewLine = { readonly text: string; readonly id?: MessageId; readonly agentId?: AgentId };

/** A number is for telephone calls alone; one of the site's own extensions is that agent or queue. */
export type TransferWish =
  | { readonly queueId: QueueId }
  | { readonly agentId: AgentId }
  | { readonly flowId: FlowId }
  | { readonly number: string };

/** A line with the name of the agent who wrote it. */
export type LineView = Line & { readonly name?: string };
/** `seq` is the number of the newest line there is. */
export type LinesView = {
  readonly contactId: ContactId;
  readonly seq: number;
  readonly over: boolean;
  readonly lines: readonly LineView[];
};

export type Situation = {
  readonly agent: AgentView;
  readonly offers: readonly OfferView[];
  readonly contacts: readonly TalkView[];
};

export type OfferView = {
  readonly offerId: OfferId;
  readonly contactId: ContactId;
  readonly queueId: QueueId;
  readonly channel: Channel;
  readonly from: string;
  readonly waitedMs: number;
  /** When the offer is taken back. */
  readonly deadlineMs: AtMs;
  /** True when it is answered at the phone. */
  readonly byPhone: boolean;
};

/** Newest lines that come with a contact; older ones are asked for. */
export const LINES_SHOWN_MAX = 50;

export type TalkView = {
  readonly contactId: ContactId;
  readonly offerId: OfferId;
  readonly queueId: QueueId;
  readonly channel: Channel;
  readonly from: string;
  readonly sinceMs: AtMs;
  /** Number of the newest line; 0 of a call. */
  readonly seq: number;
  readonly lines: readonly LineView[];
};

/** What happens to one agent. */
export type AgentNews =
  | { readonly type: 'offer'; readonly offer: OfferView }
  | { readonly type: 'offer.withdrawn'; readonly offerId: OfferId; readonly reason: WithdrawReason | 'expired' }
  | { readonly type: 'contact'; readonly contact: TalkView }
  | {
      readonly type: 'contact.handled';
      readonly contactId: ContactId;
      readonly endedBy: EndedBy;
      readonly transferred?: TransferTarget;
    }
  | { readonly type: 'message'; readonly contactId: ContactId; readonly line: LineView }
  | { readonly type: 'agent'; readonly agent: AgentView }
  /** These two last for a moment only. `seen`: the customer has all lines up to `seq`. */
  | { readonly type: 'typing'; readonly contactId: ContactId }
  | { readonly type: 'seen'; readonly contactId: ContactId; readonly seq: number };
