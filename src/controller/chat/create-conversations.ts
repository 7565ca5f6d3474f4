import { queueOf } from '../../acd/routing/tables.ts';
import type { Offer } from '../../acd/state.ts';
import { targetOf as dialledTarget } from '../../calls/outgoing/inside.ts';
import { askCall } from '../../calls/wishes.ts';
import { PHONE_CHANNELS } from '../../model/channel.ts';
import type { Event, TransferTarget } from '../../model/event.ts';
import { failed, ok, type Result } from '../../model/failure.ts';
import type { AgentId, ContactId, OfferId } from '../../model/ids.ts';
import { plainText } from '../../model/plain-text.ts';
import { hasLine, LINE_CHARACTERS_MAX, type Transcript } from '../../model/transcript.ts';
import { agentView } from '../agent-view.ts';
import { contactView } from '../contact-view.ts';
import type { Hall } from '../hall.ts';
import type { State } from '../state.ts';
import { AgentNewsTeller } from './agent-news.ts';
import type { Conversations, LinesView, LineView, NewLine, Situation, TransferWish } from './conversations.ts';
import { lineView, offerView, talkOf, talkView } from './talk-view.ts';

/** The part of the hall that is needed here. */
export type TalkingHall = Pick<Hall, 'state' | 'now' | 'enter' | 'command' | 'follow'>;

/** What agents do with contacts, over a running hall. */
export function createConversations(hall: TalkingHall): Conversations {
  const { state } = hall;
  const teller = new AgentNewsTeller(hall);
  hall.follow(teller);
  return {
    accept: (offerId, agentId) => accept(hall, offerId, agentId),
    reject: (offerId, agentId) => reject(hall, offerId, agentId),
    lines: (contactId, afterSeq) => lines(state, contactId, afterSeq),
    write: (contactId, line) => write(hall, contactId, line),
    transfer: (contactId, to, agentId) => transfer(hall, contactId, to, agentId),
    close: (contactId, agentId) => close(hall, contactId, agentId),
    showTyping: (contactId, agentId) => showTyping(hall, contactId, agentId),
    situation: (agentId) => situation(hall, agentId),
    follow: (agentId, listener) => teller.follow(agentId, listener),
  };
}

type Answer = ReturnType<Conversations['accept']>;

function openOffer(state: State, offerId: OfferId, agentId: AgentId | undefined): Result<Offer> {
  const offer = state.acd.offers.get(offerId);
  if (!offer || (agentId !== undefined && offer.agentId !== agentId)) {
    return failed('offer.unknown', 'There is no such offer, or not any more.', { offerId });
  }
  if (PHONE_CHANNELS.has(state.acd.items.get(offer.contactId)?.channel ?? 'voice')) {
    return failed('offer.by_phone', 'The offer rings a phone and is answered there.', { offerId });
  }
  return ok(offer);
}

function accept(hall: TalkingHall, offerId: OfferId, agentId: AgentId | undefined): Answer {
  const { state } = hall;
  const found = openOffer(state, offerId, agentId);
  if (!found.ok) return found;
  if (found.value.answeredAtMs === null) hall.enter({ kind: 'offer.answered', atMs: hall.now(), offerId });
  return ok(contactView(state, found.value.contactId));
}

function reject(hall: TalkingHall, offerId: OfferId, agentId: AgentId | undefined): Answer {
  const { state } = hall;
  const found = openOffer(state, offerId, agentId);
  if (!found.ok) return found;
  if (found.value.answeredAtMs !== null) return failed('offer.taken', 'The offer was accepted already.', { offerId });
  hall.enter({ kind: 'offer.failed', atMs: hall.now(), offerId, cause: 'rejected' });
  return ok(contactView(state, found.value.contactId));
}

/** The talk of the agent named, or of whoever talks to the contact. */
function talk(state: State, contactId: ContactId, agentId: AgentId | undefined): Result<Offer> {
  if (!state.contacts.has(contactId) && !state.acd.items.has(contactId)) return unknownContact(contactId);
  const offer = talkOf(state, contactId);
  if (offer && (agentId === undefined || offer.agentId === agentId)) return ok(offer);
  return failed('contact.not_talking', 'Nobody talks to the contact, or another agent does.', { contactId });
}

function unknownContact(contactId: ContactId): Result<never> {
  return failed('contact.unknown', 'There is no contact with this id, or not any more.', { contactId });
}

function transcriptOf(state: State, contactId: ContactId): Result<Transcript> {
  const transcript = state.transcripts.get(contactId);
  if (transcript) return ok(transcript);
  if (!state.contacts.has(contactId)) return unknownContact(contactId);
  return failed('contact.not_written', 'The contact is a call: nothing is written in it.', { contactId });
}

function lines(state: State, contactId: ContactId, afterSeq: number): Result<LinesView> {
  const found = transcriptOf(state, contactId);
  if (!found.ok) return found;
  const { seq, lines, endedAtMs } = found.value;
  const wanted = lines.filter((line) => line.seq > afterSeq).map((line) => lineView(state, line));
  return ok({ contactId, seq, over: endedAtMs !== null, lines: wanted });
}

function write(hall: TalkingHall, contactId: ContactId, { text, id, agentId }: NewLine): Result<LineView> {
  const { state } = hall;
  const found = transcriptOf(state, contactId);
  if (!found.ok) return found;
  const transcript = found.value;
  const talking = talk(state, contactId, agentId);
  if (!talking.ok) return talking;
  const plain = plainText(text).trim();
  if (plain === '' || plain.length > LINE_CHARACTERS_MAX) {
    const message = `A line has 1 to ${LINE_CHARACTERS_MAX} characters.`;
    return failed('message.invalid', message, { contactId });
  }
  const messageId = id ?? `${contactId}.m${transcript.seq + 1}`;
  if (!hasLine(transcript, 'agent', messageId)) {
    const by = talking.value.agentId;
    const about = { contactId, messageId, text: plain, agentId: by };
    if (hall.enter({ kind: 'message.sent', atMs: hall.now(), ...about }) === 'lost') {
      return failed('journal.unavailable', 'The line could not be kept. Try again in a moment.');
    }
  }
  const line = transcript.lines.findLast((one) => one.from === 'agent' && one.id === messageId);
  return line ? ok(lineView(state, line)) : unknownContact(contactId);
}

function transfer(hall: TalkingHall, contactId: ContactId, wish: TransferWish, agentId: AgentId | undefined): Answer {
  const { state } = hall;
  const talking = talk(state, contactId, agentId);
  if (!talking.ok) return talking;
  const target = targetOf(state, wish);
  if (!target.ok) return target;
  const asked = state.calls.calls.has(contactId)
    ? askCall(state.calls, { contactId, by: 'api', atMs: hall.now() }, { wish: 'transfer', target: target.value })
    : handOn(hall, talking.value, target.value);
  if (!asked.ok) return asked;
  if (asked.value) hall.enter(asked.value);
  return ok(contactView(state, contactId));
}

function handOn(hall: TalkingHall, talk: Offer, target: HandedTo): Result<Event> {
  const { contactId, id: offerId, agentId } = talk;
  if (target.to === 'number') {
    return failed('contact.no_call', 'Only a telephone call can go to a number.', { contactId });
  }
  return ok({ kind: 'contact.transferred', atMs: hall.now(), contactId, offerId, agentId, target });
}

type HandedTo = Exclude<TransferTarget, { to: 'agent' }>;

function targetOf(state: State, wish: TransferWish): Result<HandedTo> {
  const { acd, flow } = state;
  if ('queueId' in wish) {
    const { queueId } = wish;
    if (queueOf(acd, queueId)) return ok({ to: 'queue', queueId });
    return failed('queue.unknown', 'There is no queue with this id.', { queueId });
  }
  if ('agentId' in wish) {
    const { agentId } = wish;
    if (!Object.hasOwn(acd.site.agents, agentId)) {
      return failed('agent.unknown', 'There is no agent with this id.', { agentId });
    }
    // It would wait for somebody who is not there.
    if (!acd.agents.get(agentId)?.loggedIn)
      return failed('agent.logged_out', 'The agent is not logged in.', { agentId });
    return ok({ to: 'queue', queueId: `@${agentId}` });
  }
  if ('number' in wish) return ok(dialledTarget(acd.site, wish.number));
  const { flowId } = wish;
  if (Object.hasOwn(flow.sets.get(flow.current ?? '')?.flows ?? {}, flowId)) return ok({ to: 'flow', flowId });
  return failed('flow.unknown', 'There is no flow with this id.', { flowId });
}

function close(hall: TalkingHall, contactId: ContactId, agentId: AgentId | undefined): Answer {
  const { state } = hall;
  const talking = talk(state, contactId, agentId);
  if (!talking.ok) return talking;
  const about = { contactId, offerId: talking.value.id, agentId: talking.value.agentId };
  hall.enter({ kind: 'contact.closed', atMs: hall.now(), ...about });
  return ok(contactView(state, contactId));
}

function showTyping(hall: TalkingHall, contactId: ContactId, agentId: AgentId): Result<void> {
  const talking = talk(hall.state, contactId, agentId);
  if (!talking.ok) return talking;
  hall.command({ do: 'show_typing', contactId });
  return ok(undefined);
}

function situation(hall: TalkingHall, agentId: AgentId): Result<Situation> {
  const { state } = hall;
  const agent = state.acd.agents.get(agentId);
  if (!agent || !state.acd.site.agents[agentId]) {
    return failed('agent.unknown', 'There is no agent with this id.', { agentId });
  }
  const offers = agent.work.flatMap(({ offerId }) => state.acd.offers.get(offerId) ?? []);
  const nowMs = hall.now();
  return ok({
    agent: agentView(state, agent, nowMs),
    offers: offers.filter((one) => one.answeredAtMs === null).map((one) => offerView(state, one, nowMs)),
    contacts: offers.filter((one) => one.answeredAtMs !== null).map((one) => talkView(state, one)),
  });
}
