import type { Inventory, Orphan } from '../channels/channel.ts';
import type { Event } from '../model/event.ts';
import type { AtMs, LegId } from '../model/ids.ts';
import {
  callOrphans,
  legsDiffer,
  linesDiffer,
  recordingsDiffer,
  seatsDiffer,
  watchesDiffer,
} from './call-control/reconcile-calls.ts';
import { ringsNow, type Task } from './commands.ts';
import type { State } from './state.ts';

/** What has to happen so that our picture and the door's agree again. */
export type Differences = {
  /** To be taken in, in this order: ends first, so that nobody is offered to the dead. */
  readonly events: readonly Event[];
  /** Commands that were lost while the door was away. */
  readonly tasks: readonly Task[];
  readonly orphans: readonly Orphan[];
  /** What differs, by name; a routine check wants to see a difference twice, for either side may be some ms behind. */
  readonly differing: ReadonlySet<string>;
};

/**
 * Compares what we believe with what the door has, as every ARI server must after a gap: events of that time are lost (wazo-calld does the same).
 * `suspected` holds what differed the last time; `sure` is true after a connect, when there is nothing to wait for.
 */
export function reconcile(
  state: State,
  found: Inventory,
  atMs: AtMs,
  check: { sure: boolean; suspected: ReadonlySet<string> },
): Differences {
  const differing = new Set<string>();
  const settled = (name: string): boolean => {
    differing.add(name);
    return check.sure || check.suspected.has(name);
  };
  const look: Look = { state, found, atMs, sure: check.sure, settled, events: [] };
  contactsGone(look);
  legsDiffer(look);
  const tasks = [offersDiffer, seatsDiffer, linesDiffer, recordingsDiffer, watchesDiffer].flatMap((one) => one(look));
  phonesDiffer(look);
  contactsNew(look);
  return { events: look.events, tasks, orphans: [...orphansIn(look), ...callOrphans(look)], differing };
}

/** One comparison; `settled` notes a difference by its name and tells whether it is to be acted on now. */
export type Look = {
  readonly state: State;
  readonly found: Inventory;
  readonly atMs: AtMs;
  /** After a connect: events of the time before are lost. */
  readonly sure: boolean;
  readonly settled: (name: string) => boolean;
  readonly events: Event[];
};

function contactsGone({ state, found, atMs, settled, events }: Look): void {
  const here = new Set(found.contacts.map((contact) => contact.contactId));
  for (const contact of state.contacts.values()) {
    // One that has ended is not looked for any more; a chat is no call.
    if (contact.channel !== 'voice' || contact.endedAtMs !== null) continue;
    // One that we made stands and falls with the legs that were asked for.
    if (contact.orderId !== null) continue;
    if (here.has(contact.id) || contact.arrivedAtMs >= found.askedAtMs || !settled(`contact ${contact.id}`)) continue;
    events.push({ kind: 'contact.ended', atMs, contactId: contact.id, cause: 'lost', endedBy: 'customer' });
  }
}

function offersDiffer({ state, found, atMs, settled, events }: Look): Task[] {
  const tasks: Task[] = [];
  const legs = new Map<LegId, { up: boolean }>(found.offers.map((offer) => [offer.offerId, offer]));
  // A supervisor who took a talk over has it by a leg that was asked for.
  for (const leg of found.calls?.legs ?? []) legs.set(leg.legId, leg);
  const joined = new Set(found.talks.flatMap((talk) => talk.legIds));
  for (const offer of state.acd.offers.values()) {
    const item = state.acd.items.get(offer.contactId);
    // Only a call has legs; what is offered of another channel is not to be found here, nor a phone that does not ring yet.
    if (item && !ringsNow(state, item)) continue;
    const leg = legs.get(offer.id);
    const answered = offer.answeredAtMs !== null;
    if (!leg && offer.madeAtMs < found.askedAtMs && settled(`offer ${offer.id}`)) {
      if (answered) events.push({ kind: 'offer.ended', atMs, offerId: offer.id, cause: 'lost' });
      else events.push({ kind: 'offer.failed', atMs, offerId: offer.id, cause: 'lost' });
    } else if (leg?.up && !answered) {
      if (settled(`answer ${offer.id}`)) events.push({ kind: 'offer.answered', atMs, offerId: offer.id });
    } else if (
      !found.calls &&
      leg &&
      answered &&
      !(joined.has(offer.id) && joined.has(legOf(state, offer.contactId)))
    ) {
      if (offer.answeredAtMs! < found.askedAtMs && settled(`talk ${offer.id}`)) {
        tasks.push({ do: 'connect', contactId: offer.contactId, offerId: offer.id });
      }
    }
  }
  return tasks;
}

function legOf(state: State, contactId: string): LegId {
  return state.contacts.get(contactId)?.legId ?? '';
}

function phonesDiffer({ state, found, atMs, settled, events }: Look): void {
  const listed = new Map(found.phones.map(({ agentId, phone }) => [agentId, phone]));
  for (const agent of state.acd.agents.values()) {
    const phone = listed.get(agent.id) ?? 'unreachable';
    if (phone === agent.phone || !settled(`phone ${agent.id} ${phone}`)) continue;
    events.push({ kind: 'phone.changed', atMs, agentId: agent.id, phone });
  }
}

/** A call that just ended is still listed for some ms: one that is new to us must be seen twice, too. */
function contactsNew({ state, found, atMs, settled, events }: Look): void {
  for (const { contactId, legId, up, from, to, sinceMs, fromAgentId } of found.contacts) {
    const known = state.contacts.get(contactId);
    if (state.over.has(contactId)) continue;
    if (known && !(up && known.answeredAtMs === null)) continue;
    if (!settled(`unknown ${contactId}`)) continue;
    if (!known) {
      // The wait counts from when the call came to Asterisk, not from when we noticed it.
      const arrivedAtMs = Math.min(sinceMs, atMs);
      events.push({
        kind: 'contact.arrived',
        atMs: arrivedAtMs,
        contactId,
        channel: 'voice',
        legId,
        from,
        to,
        ...(fromAgentId === undefined ? {} : { fromAgentId }),
      });
    }
    if (up) events.push({ kind: 'contact.answered', atMs, contactId });
  }
}

function orphansIn({ state, found, settled }: Look): Orphan[] {
  const orphans: Orphan[] = [];
  for (const { offerId } of found.offers) {
    if (!state.acd.offers.has(offerId) && settled(`orphan ${offerId}`)) orphans.push({ leg: offerId });
  }
  // A call that is over and is still listed: it is about to go, or was left behind by a crash. In no case has it come anew.
  for (const { contactId, legId } of found.contacts) {
    if (state.over.has(contactId) && settled(`over ${contactId}`)) orphans.push({ leg: legId });
  }
  for (const { contactId } of found.talks) {
    const talks = state.acd.items.has(contactId) || state.calls.calls.get(contactId)?.farTalk != null;
    if (!talks && settled(`orphan ${contactId}`)) orphans.push({ talk: contactId });
  }
  return orphans;
}
