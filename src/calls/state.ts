import type { PlacedMode } from '../model/call/call-event.ts';
import { Deadlines } from '../model/deadlines.ts';
import type { ContactId, LegId, OfferId } from '../model/ids.ts';

/** What the switchboard knows: who is in which call, and how they are joined. */
export type CallsState = {
  readonly calls: Map<ContactId, Call>;
  readonly deadlines: Deadlines<CallDeadline>;
};

/** What is due: a leg that is to be given up. */
export type CallDeadline = 'leg';

/** One call of a contact, with all who are in it besides the customer. */
export type Call = {
  readonly contactId: ContactId;
  /** How the contact was made by us; null: it came by itself. */
  readonly placed: PlacedMode | null;
  readonly parties: Map<LegId, Party>;
};

export type Party = {
  readonly legId: LegId;
  /** Set for an agent's leg. */
  readonly offerId: OfferId | null;
};

export function emptyCalls(): CallsState {
  return { calls: new Map(), deadlines: new Deadlines() };
}
