import type { Place } from '../model/call/call-command.ts';
import type { ContactId, LegId } from '../model/ids.ts';
import { queueMusic } from './queue-music.ts';
import type { Call, CallsState } from './state.ts';

/**
 * Where everybody of a call should be: the one picture from which commands are made and by which the door's picture is put
 * right. Each leg stands in it once at most; who stands nowhere belongs to the flow or the queue, or is not answered yet.
 */
export type Seating = {
  readonly places: readonly { readonly place: Place; readonly legIds: readonly LegId[] }[];
  /** Who waits with music, in no place. */
  readonly music: readonly { readonly legId: LegId; readonly music: string }[];
  /** Who hears that it rings at somebody else's. */
  readonly ringing: readonly LegId[];
};

const NOBODY: Seating = { places: [], music: [], ringing: [] };

export function seatingOf(state: CallsState, call: Call): Seating {
  const { contactId: customer, talk, farTalk, room } = call;
  if (call.customer === 'gone') return NOBODY;
  if (room !== null) return inRoom(state, customer, room);
  if (farTalk) return seated('talk', [customer, farTalk.legId]);
  if (talk) return inTalk(state, call);
  if (call.transfer) return { ...NOBODY, music: [waits(state, call)] };
  if (call.dial) return whileDialled(call);
  return NOBODY;
}

function seated(place: Place, legIds: readonly LegId[]): Seating {
  return { ...NOBODY, places: [{ place, legIds }] };
}

function waits(state: CallsState, call: Call): Seating['music'][number] {
  return { legId: call.contactId, music: queueMusic(state, call) };
}

function inTalk(state: CallsState, call: Call): Seating {
  const { contactId: customer, consult } = call;
  const { offerId: agent, held, whisper } = call.talk!;
  const music = [waits(state, call)];
  if (call.customer === 'away') {
    const rings = call.customerLegId !== null && call.legs.has(call.customerLegId);
    return rings ? { ...NOBODY, ringing: [agent] } : NOBODY;
  }
  if (whisper) return { ...NOBODY, music };
  if (consult) {
    if (consult.legId === null || consult.stage === 'asked') return { ...NOBODY, music, ringing: [agent] };
    if (consult.stage === 'joined') return seated('talk', [customer, agent, consult.legId]);
    return { ...NOBODY, places: [{ place: 'aside', legIds: [agent, consult.legId] }], music };
  }
  return held ? { ...NOBODY, music } : seated('talk', [customer, agent]);
}

/** Who is alone in a conference hears music. */
function inRoom({ rooms }: CallsState, customer: ContactId, name: string): Seating {
  const room = rooms.get(name);
  if (!room || room.members.size > 1) return seated(`room.${name}`, [customer]);
  return { ...NOBODY, music: [{ legId: customer, music: room.music }] };
}

function whileDialled({ contactId, dial }: Call): Seating {
  const music = dial?.music;
  return music == null ? { ...NOBODY, ringing: [contactId] } : { ...NOBODY, music: [{ legId: contactId, music }] };
}
