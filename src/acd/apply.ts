import { applyToEmergencies } from '../model/call/emergency.ts';
import type { Event } from '../model/event.ts';
import { adoptSite } from './adopt-site.ts';
import { applyToAgent } from './apply-agent.ts';
import { handedOver, handsOn, rungFromNow } from './apply-call.ts';
import { dequeued, estimated, holdEnded, overdue, queued, relaxed } from './apply-item.ts';
import { answered, connected, handled, legFailed, offerClosed, offered, requeued } from './apply-offer.ts';
import type { AcdState } from './state.ts';

/**
 * The fold: brings the dispatcher's state up to one event, live and at replay alike. It decides nothing, and an event
 * about an unknown item, agent or offer (late, repeated, from an older configuration) changes nothing.
 */
export function apply(state: AcdState, event: Event): void {
  switch (event.kind) {
    case 'contact.queued':
      return queued(state, event);
    case 'contact.dequeued':
      return dequeued(state, event);
    case 'offer.made':
      return offered(state, event);
    case 'offer.answered':
      return answered(state, event);
    case 'contact.connected':
      return connected(state, event);
    case 'contact.handled':
      return handled(state, event);
    case 'offer.expired':
    case 'offer.withdrawn':
      return offerClosed(state, event);
    case 'offer.failed':
      return legFailed(state, event);
    case 'contact.requeued':
      return requeued(state, event);
    case 'contact.relaxed':
      return relaxed(state, event);
    case 'contact.hold_ended':
      return holdEnded(state, event);
    case 'contact.overdue':
      return overdue(state, event);
    case 'wait.estimated':
      return estimated(state, event);
    default:
      return applyToCall(state, event);
  }
}

function applyToCall(state: AcdState, event: Event): void {
  switch (event.kind) {
    case 'talk.handed_over':
      return handedOver(state, event);
    case 'contact.transferred':
      return handsOn(state, event);
    case 'contact.placed':
      state.unreached.add(event.contactId);
      return;
    case 'contact.answered':
      if (state.unreached.delete(event.contactId)) return rungFromNow(state, event);
      return;
    case 'contact.finished':
      state.attempts.delete(event.contactId);
      state.unreached.delete(event.contactId);
      return;
    default:
      return applyToSite(state, event);
  }
}

function applyToSite(state: AcdState, event: Event): void {
  switch (event.kind) {
    case 'flows.loaded':
      return adoptSite(state, event.flows.site, event.atMs);
    case 'door.agreed':
      if (event.door === 'voice') state.doorOpen = true;
      return;
    case 'door.lost':
      if (event.door === 'voice') state.doorOpen = false;
      return;
    case 'controller.started':
      state.doorOpen = false;
      return;
    case 'emergency.declared':
    case 'emergency.lifted':
      return applyToEmergencies(state.emergencies, event);
    case 'calendar.forced':
      if (event.forced === null) state.forced.delete(event.calendarId);
      else state.forced.set(event.calendarId, event.forced);
      return;
    default:
      return applyToAgent(state, event);
  }
}
