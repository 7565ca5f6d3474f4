import type { CommandOf } from '../../../model/command.ts';
import type { LegId } from '../../../model/ids.ts';
import { AriError } from '../ari/error.ts';
import { placeBridge } from '../names.ts';
import { type Hand, send, tidy, whenStillThere } from './hand.ts';
import { silence } from './prompts.ts';
import { endWatch } from './unwatch.ts';
import { companyIs, companyLeaves } from './watch-others.ts';

/**
 * `dtmf_events`: without it Asterisk joins two SIP legs natively and keys pressed in a talk, such as an agent's call
 * codes, would never be told (research: ARI trap 22).
 */
const BRIDGE_TYPE = 'mixing,dtmf_events';

/**
 * Brings channels together in one bridge, which is made where it is not there yet; one that exists is refused (409) and stays
 * as it is, and whether there is one shows when the channels are added. Asterisk itself takes a channel out of the bridge in which it was.
 */
export async function bring(hand: Hand, bridgeId: string, channels: readonly string[]): Promise<void> {
  try {
    await makeAndAdd(hand, bridgeId, channels);
  } catch (error) {
    // A bridge of this name that was just being taken away was there to be found, and is gone now.
    if (!(error instanceof AriError) || error.code !== 'ari.not_found') throw error;
    await makeAndAdd(hand, bridgeId, channels);
  }
}

/** Both are asked for at once, so that nothing comes between them. */
async function makeAndAdd({ ari }: Hand, bridgeId: string, channel: readonly string[]): Promise<void> {
  tidy(ari.request('bridges.createWithId', { bridgeId, type: BRIDGE_TYPE }));
  await ari.request('bridges.addChannel', { bridgeId, channel });
}

export function join(hand: Hand, command: CommandOf<'join'>): void {
  const { contactId, place, legIds } = command;
  const bridgeId = placeBridge(place, contactId);
  silence(hand, command, legIds);
  for (const legId of legIds) {
    answerFirst(hand, command, legId);
    endWatch(hand, legId);
  }
  const channels = legIds.map((legId) => hand.legs.channel(legId));
  companyIs(hand, channels);
  bring(hand, bridgeId, channels).catch(() => {
    // Asterisk adds all channels of a request or none: one that has ended must not keep the others apart.
    for (const legId of legIds) joinAlone(hand, bridgeId, legId);
  });
}

function joinAlone(hand: Hand, bridgeId: string, legId: LegId): void {
  const added = hand.ari.request('bridges.addChannel', { bridgeId, channel: hand.legs.channel(legId) });
  added.catch((error: AriError) => whenStillThere(hand, [legId], () => hand.onTrouble('join', error)));
}

/** A caller who is joined with somebody is answered for it. */
function answerFirst(hand: Hand, command: CommandOf<'join'>, legId: LegId): void {
  const caller = hand.legs.caller(legId);
  if (!caller || caller.up) return;
  send(hand, command, hand.ari.request('channels.answer', { channelId: caller.channelId }));
}

export function part(hand: Hand, command: CommandOf<'part'>): void {
  const { contactId, legIds, place } = command;
  const bridgeId = placeBridge(place, contactId);
  const channels = legIds.map((legId) => hand.legs.channel(legId));
  companyLeaves(hand, channels);
  // One by one: Asterisk refuses the whole request when one of them is not there.
  for (const channel of channels) {
    send(hand, command, hand.ari.request('bridges.removeChannel', { bridgeId, channel }));
  }
}

/** Whoever is still in it hears nothing from then on. */
export function dissolve(hand: Hand, command: CommandOf<'dissolve'>): void {
  destroy(hand, command, placeBridge(command.place, command.contactId));
}

/**
 * Takes the customer out of a bridge before it goes: Asterisk 22.10.1 lets the channels of a destroyed one go some time after
 * its answer, and a playback that is asked for meanwhile never begins and never ends. Who is taken out is out at the answer.
 */
export function destroy(hand: Hand, command: CommandOf<'dissolve'> | CommandOf<'release'>, bridgeId: string): void {
  const customer = hand.legs.customer(command.contactId);
  if (customer) tidy(hand.ari.request('bridges.removeChannel', { bridgeId, channel: customer.channelId }));
  send(hand, command, hand.ari.request('bridges.destroy', { bridgeId }));
}
