import type { Event, EventOf } from '../../model/event.ts';
import { type WatchState, watchesOf } from './state.ts';

/** The fold of supervision: brings it up to one event, live and at replay alike. It decides nothing. */
export function applyToWatches(state: WatchState, event: Event): void {
  switch (event.kind) {
    case 'watch.started':
      return started(state, event);
    case 'watch.changed': {
      const watch = state.watches.get(event.legId);
      if (watch) watch.mode = event.mode;
      return;
    }
    case 'watch.stopped':
      return stopped(state, event);
    case 'leg.answered':
    case 'leg.pressed':
    case 'leg.ended':
    case 'leg.given_up':
      return ofLeg(state, event);
    case 'talk.handed_over':
      return handedOver(state, event);
    case 'contact.handled':
      state.takenOver.delete(event.offerId);
      return;
    case 'contact.finished':
      return forget(state, event.contactId);
    case 'flows.loaded':
      state.takeOverCode = event.flows.site.callCodes.transfer;
      return;
    default:
      return;
  }
}

function started(state: WatchState, event: EventOf<'watch.started'>): void {
  const { legId, contactId, atMs, agentId, watchedAgentId, offerId, queueId, mode, announced } = event;
  if (state.watches.has(legId)) return;
  state.watches.set(legId, {
    legId,
    contactId,
    supervisorId: agentId,
    startedAtMs: atMs,
    announced,
    mode,
    offerId,
    agentId: watchedAgentId,
    queueId,
    stage: 'ringing',
    keys: '',
  });
}

/** One whose phone is up still stands here until it is told to hang up. */
function stopped(state: WatchState, { legId }: EventOf<'watch.stopped'>): void {
  const watch = state.watches.get(legId);
  if (watch?.stage === 'gone') state.watches.delete(legId);
  else if (watch) watch.stage = 'ending';
}

type LegNews = EventOf<'leg.answered'> | EventOf<'leg.pressed'> | EventOf<'leg.ended'> | EventOf<'leg.given_up'>;

function ofLeg(state: WatchState, event: LegNews): void {
  const watch = state.watches.get(event.legId);
  if (!watch) return;
  switch (event.kind) {
    case 'leg.answered':
      if (watch.stage === 'ringing') watch.stage = 'watching';
      return;
    case 'leg.pressed':
      watch.keys = `${watch.keys}${event.digit}`.slice(-state.takeOverCode.length);
      return;
    case 'leg.given_up':
      // What was asked for is done; else it rang in vain, which is still to be told.
      if (watch.stage === 'ending') state.watches.delete(event.legId);
      else watch.stage = 'gone';
      return;
    case 'leg.ended':
      watch.stage = 'gone';
  }
}

/** Whoever watches goes with the talk; who has it now watches no more. */
function handedOver(state: WatchState, event: EventOf<'talk.handed_over'>): void {
  const { contactId, fromOfferId, offerId, agentId, queueId } = event;
  state.takenOver.delete(fromOfferId);
  if (state.watches.delete(offerId)) state.takenOver.set(offerId, contactId);
  for (const watch of watchesOf(state, contactId)) {
    if (watch.offerId === fromOfferId) Object.assign(watch, { offerId, agentId, queueId });
  }
}

function forget(state: WatchState, contactId: string): void {
  for (const { legId } of watchesOf(state, contactId)) state.watches.delete(legId);
  for (const [legId, of] of state.takenOver) if (of === contactId) state.takenOver.delete(legId);
}
