import type { Offer } from '../../acd/state.ts';
import { PHONE_CHANNELS } from '../../model/channel.ts';
import type { AtMs, ContactId } from '../../model/ids.ts';
import type { Line } from '../../model/transcript.ts';
import { shownTo } from '../commands.ts';
import type { State } from '../state.ts';
import { LINES_SHOWN_MAX, type LineView, type OfferView, type TalkView } from './conversations.ts';
import { agentName } from './status.ts';

export function offerView(state: State, offer: Offer, nowMs: AtMs): OfferView {
  const { id, contactId, queueId, deadlineMs } = offer;
  const item = state.acd.items.get(contactId);
  const channel = item?.channel ?? 'voice';
  return {
    offerId: id,
    contactId,
    queueId,
    channel,
    from: shownTo(state, contactId),
    waitedMs: nowMs - (item?.queuedAtMs ?? nowMs),
    deadlineMs,
    byPhone: PHONE_CHANNELS.has(channel),
  };
}

export function talkView(state: State, offer: Offer): TalkView {
  const { id, contactId, queueId, answeredAtMs, madeAtMs } = offer;
  const transcript = state.transcripts.get(contactId);
  return {
    contactId,
    offerId: id,
    queueId,
    channel: state.acd.items.get(contactId)?.channel ?? 'voice',
    from: shownTo(state, contactId),
    sinceMs: answeredAtMs ?? madeAtMs,
    seq: transcript?.seq ?? 0,
    lines: (transcript?.lines ?? []).slice(-LINES_SHOWN_MAX).map((line) => lineView(state, line)),
  };
}

export function lineView(state: State, line: Line): LineView {
  return line.agentId === undefined ? line : { ...line, name: agentName(state, line.agentId) };
}

/** The offer by which an agent talks to the contact; undefined: nobody does. */
export function talkOf({ acd }: State, contactId: ContactId): Offer | undefined {
  const item = acd.items.get(contactId);
  return item?.stage === 'talking' ? acd.offers.get(item.offers[0] ?? '') : undefined;
}
