import type { Offer } from '../../acd/state.ts';
import { type Watch, watchesOf } from '../../calls/watch/state.ts';
import type { WatchMode } from '../../model/call/call-event.ts';
import { maySupervise, watchLeg } from '../../model/call/supervision.ts';
import { PHONE_CHANNELS } from '../../model/channel.ts';
import type { AskedBy } from '../../model/event.ts';
import { failed, ok, type Result } from '../../model/failure.ts';
import type { AgentId, ContactId, LegId } from '../../model/ids.ts';
import type { LiveHall } from '../hall.ts';
import type { State } from '../state.ts';
import { type Supervision, WATCHES_PER_TALK_MAX, type WatchView, type WatchWish } from './supervision.ts';

/** Supervision over a running hall. Each wish is checked here and entered as an event, so that the journal has it with its author. */
export function createSupervision(hall: LiveHall): Supervision {
  const { state } = hall;
  return {
    watches: () => live(state).map(watchView),
    start: (contactId, wish, by) => start(hall, contactId, wish, by),
    change: (watchId, mode, by) => change(hall, watchId, mode, by),
    takeOver: (watchId, by) => takeOver(hall, watchId, by),
    stop: (watchId, by) => stop(hall, watchId, by),
  };
}

/** Those that are told to hang up are over for everybody who asks. */
function live(state: State): Watch[] {
  const all = [...state.calls.watch.watches.values()].filter(
    ({ stage }) => stage === 'ringing' || stage === 'watching',
  );
  return all.sort((a, b) => a.startedAtMs - b.startedAtMs || (a.legId < b.legId ? -1 : 1));
}

function watchView(watch: Watch): WatchView {
  const { legId, contactId, supervisorId, agentId, queueId, mode, announced, stage, startedAtMs } = watch;
  const seen = stage === 'ringing' || stage === 'watching' ? stage : 'over';
  return { id: legId, contactId, supervisorId, agentId, queueId, mode, announced, stage: seen, startedAtMs };
}

function start(hall: LiveHall, contactId: ContactId, wish: WatchWish, by: AskedBy): Result<WatchView> {
  const { state } = hall;
  const { supervisorId, mode } = wish;
  const talk = talkOf(state, contactId);
  if (!talk.ok) return talk;
  const refusal = refusalOf(state, supervisorId, talk.value);
  if (refusal) return refusal;
  const { id: offerId, agentId: watchedAgentId, queueId } = talk.value;
  const atMs = hall.now();
  const { announced } = state.acd.site.supervision;
  const legId = freeLeg(state, contactId, atMs);
  const about = { atMs, contactId, legId, agentId: supervisorId, offerId, queueId, watchedAgentId };
  hall.enter({ kind: 'watch.started', ...about, mode, announced, by });
  return viewOf(state, legId);
}

/** Two who ask in the same moment have legs of their own. */
function freeLeg(state: State, contactId: ContactId, atMs: number): LegId {
  let legId = watchLeg(contactId, atMs);
  for (let later = 1; state.calls.watch.watches.has(legId); later++) legId = watchLeg(contactId, atMs + later);
  return legId;
}

function talkOf({ contacts, acd }: State, contactId: ContactId): Result<Offer> {
  if (!contacts.has(contactId)) return failed('contact.unknown', 'There is no such contact now.', { contactId });
  const item = acd.items.get(contactId);
  const offer = item?.stage === 'talking' ? acd.offers.get(item.offers[0] ?? '') : undefined;
  if (offer && PHONE_CHANNELS.has(item!.channel)) return ok(offer);
  return failed('contact.not_talking', 'The contact does not talk to an agent on the phone.', { contactId });
}

function refusalOf(state: State, agentId: AgentId, talk: Offer): ReturnType<typeof failed> | undefined {
  const { site, agents } = state.acd;
  const about = { agentId };
  if (!Object.hasOwn(site.agents, agentId)) return failed('agent.unknown', 'There is no agent with this id.', about);
  if (!maySupervise(site, agentId, talk.agentId, talk.queueId)) {
    return failed('supervision.not_allowed', 'The agent may not listen to this talk.', about);
  }
  const watches = live(state);
  if (watches.some(({ supervisorId }) => supervisorId === agentId)) {
    return failed('supervision.busy', 'The agent watches over a talk already.', about);
  }
  if (agents.get(agentId)?.phone === 'unreachable') {
    return failed('supervision.unreachable', "The agent's phone cannot be reached.", about);
  }
  if (watchesOf(state.calls.watch, talk.contactId).length < WATCHES_PER_TALK_MAX) return undefined;
  return failed('supervision.full', `At most ${WATCHES_PER_TALK_MAX} supervisors watch over one talk.`, about);
}

function find(state: State, watchId: LegId): Result<Watch> {
  const watch = live(state).find(({ legId }) => legId === watchId);
  return watch ? ok(watch) : failed('watch.unknown', 'There is no such watch, or not any more.', { watchId });
}

function change(hall: LiveHall, watchId: LegId, mode: WatchMode, by: AskedBy): Result<WatchView> {
  const found = find(hall.state, watchId);
  if (!found.ok) return found;
  const { contactId, legId, supervisorId: agentId } = found.value;
  if (found.value.mode !== mode) {
    hall.enter({ kind: 'watch.changed', atMs: hall.now(), contactId, legId, agentId, mode, by });
  }
  return ok(watchView(found.value));
}

function takeOver(hall: LiveHall, watchId: LegId, by: AskedBy): Result<WatchView> {
  const found = find(hall.state, watchId);
  if (!found.ok) return found;
  const { contactId, legId, supervisorId: agentId, stage } = found.value;
  if (stage === 'ringing') {
    return failed('supervision.ringing', "The supervisor's phone has not been answered yet.", { watchId });
  }
  hall.enter({ kind: 'watch.took_over', atMs: hall.now(), contactId, legId, agentId, by });
  return ok({ ...watchView(found.value), stage: 'over' });
}

function stop(hall: LiveHall, watchId: LegId, by: AskedBy): Result<WatchView> {
  const found = find(hall.state, watchId);
  if (!found.ok) return found;
  const { contactId, legId, supervisorId: agentId } = found.value;
  hall.enter({ kind: 'watch.stopped', atMs: hall.now(), contactId, legId, agentId, by });
  return ok({ ...watchView(found.value), stage: 'over' });
}

function viewOf(state: State, legId: LegId): Result<WatchView> {
  const watch = state.calls.watch.watches.get(legId);
  return watch ? ok(watchView(watch)) : failed('watch.unknown', 'The phone could not be rung.', { watchId: legId });
}
