import { seatingOf } from '../../calls/seating.ts';
import type { Call, Leg } from '../../calls/state.ts';
import type { ContactId, LegId } from '../../model/ids.ts';
import type { State } from '../state.ts';
import type { CallView, PartyView } from './call-control.ts';

/** The call of a contact as it stands; undefined: there is nobody in it but the customer, or it is no call. */
export function callView(state: State, contactId: ContactId): CallView | undefined {
  const call = state.calls.calls.get(contactId);
  if (!call || (!call.talk && call.legs.size === 0 && call.room === null)) return undefined;
  const { talk, consult } = call;
  return {
    held: talk?.held ?? false,
    ...(consult ? { consult: { id: consult.consultId, stage: consult.stage } } : {}),
    parties: partiesOf(state, call),
  };
}

function partiesOf(state: State, call: Call): PartyView[] {
  const { contactId, talk, consult, customer } = call;
  const parties: PartyView[] = [];
  const place = placesOf(state, call);
  const party = (legId: LegId, more: Pick<PartyView, 'who' | 'answered'> & Partial<PartyView>): void => {
    const at = place.get(legId);
    const muted = talk?.muted.includes(legId) ?? false;
    parties.push({ legId, muted, ...more, ...(at === undefined ? {} : { place: at }) });
  };
  if (customer === 'here') {
    party(contactId, { who: 'customer', answered: call.answered, number: state.contacts.get(contactId)?.from ?? '' });
  }
  if (talk) party(talk.offerId, { who: 'agent', answered: true, agentId: talk.agentId });
  if (consult?.agentId != null && consult.legId !== null) {
    party(consult.legId, { who: 'agent', answered: true, agentId: consult.agentId });
  }
  for (const leg of call.legs.values()) party(leg.legId, aboutLeg(leg));
  // A supervisor who took the talk over has it by a leg that was asked for, and is listed once.
  return parties.filter(({ legId }, at) => parties.findIndex((one) => one.legId === legId) === at);
}

function aboutLeg({ purpose, target, answeredAtMs }: Leg): Pick<PartyView, 'who' | 'answered'> & Partial<PartyView> {
  const answered = answeredAtMs !== null;
  const whom = target.to === 'agent' ? { agentId: target.agentId } : { number: target.number };
  if (purpose === 'watch') return { who: 'supervisor', answered, ...whom };
  if (purpose === 'contact') return { who: 'customer', answered, ...whom };
  return { who: target.to === 'agent' ? 'agent' : 'outside', answered, ...whom };
}

function placesOf(state: State, call: Call): Map<LegId, NonNullable<PartyView['place']>> {
  const { places } = seatingOf(state.calls, call);
  return new Map(places.flatMap(({ place, legIds }) => legIds.map((legId) => [legId, place] as const)));
}
