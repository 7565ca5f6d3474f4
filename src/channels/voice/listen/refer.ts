import type { BridgeAttendedTransfer, BridgeBlindTransfer, Channel } from '../ari/generated.ts';
import { isCustomer, type Leg } from '../legs.ts';
import type { Ear } from './ear.ts';

/**
 * The transfer button of a phone (SIP REFER). Asterisk 22.10.1 carries it out by itself, and in a bridge of ours that means: the phone's
 * leg is replaced by one half of a Local channel, whose other half runs in the context `referred` of asterisk-config/extensions.conf. The customer's
 * channel stays where it is. So the Local channel is dropped, and the wish is told; what comes of it is for others to decide. (A mode in which only
 * the program decides exists, PJSIP_TRANSFER_HANDLING, but crashes 22.10.1 when a phone says `Refer-Sub: false`: asterisk
 * issue 2021.)
 */
export function blindTransfer(ear: Ear, event: BridgeBlindTransfer): void {
  if (event.result === 'Success') wish(ear, event.channel, event.transferee, event.exten);
}

/**
 * The phone wants to join the customer with whom it called in a second call (REFER with Replaces). That call is a contact of its own; the customer is told to
 * be sent to the number that was dialled there, which reaches the same queue or extension, though perhaps not the same person.
 */
export function attendedTransfer(ear: Ear, event: BridgeAttendedTransfer): void {
  if (event.result !== 'Success') return;
  const [first, second] = [event.transferer_first_leg, event.transferer_second_leg];
  // Either call may be the one to the customer; it is the one in which the phone was called.
  const [ours, other] = ear.legs.ofChannel(first.id)?.role === 'agent' ? [first, second] : [second, first];
  wish(ear, ours, event.transferee, other.dialplan.exten);
}

/** The phone was told that it succeeded, and most hang up at that; for the rest it is done here. */
function wish({ host, legs, drop }: Ear, transferer: Channel, transferee: Channel | undefined, to: string): void {
  const leg = legs.ofChannel(transferer.id);
  if (!leg || isCustomer(leg)) return;
  const { contactId } = customerOf(legs.ofChannel(transferee?.id ?? ''), leg);
  host.take({ kind: 'leg.referred', atMs: host.now(), contactId, legId: leg.legId, to });
  drop(transferer.id);
}

/** Whose contact it is: the customer's with whom the phone talks, who may have come from another agent. */
function customerOf(transferee: Leg | undefined, transferer: Leg): Leg {
  return transferee && isCustomer(transferee) ? transferee : transferer;
}
