import type { DoorHost } from '../channel.ts';
import type { UnknownAriEvent } from './ari/client.ts';
import type { AriEvent, Channel, DeviceState, StasisStart } from './ari/generated.ts';
import { endCause } from './causes.ts';
import type { Legs } from './legs.ts';
import { phoneOfChannel, ROLE } from './names.ts';
import type { Phones } from './phones.ts';

/** What is needed to understand Asterisk's events. */
export type Ear = {
  readonly host: DoorHost;
  readonly legs: Legs;
  readonly phones: Phones;
  /** Hangs up a leg that nobody waits for any more. */
  readonly drop: (legId: string) => void;
};

/** Events that this door has no use for; Asterisk is asked not to send them. */
export const UNWANTED: readonly AriEvent['type'][] = [
  'ChannelVarset',
  'ChannelDialplan',
  'ChannelCallerId',
  'ChannelConnectedLine',
  'ChannelCreated',
  'ChannelEnteredBridge',
  'ChannelLeftBridge',
  'BridgeCreated',
  'BridgeDestroyed',
  'BridgeMerged',
  'Dial',
  'PlaybackStarted',
  'PlaybackContinuing',
];

/** Turns one event of Asterisk into an event of ours, or into nothing. */
export function listen(ear: Ear, event: AriEvent | UnknownAriEvent): void {
  switch (event.type) {
    case 'StasisStart':
      return started(ear, event);
    case 'ChannelStateChange':
      return stateChanged(ear, event.channel);
    case 'ChannelDtmfReceived':
      return digit(ear, event.channel.id, event.digit);
    case 'ChannelHangupRequest': {
      const leg = ear.legs.get(event.channel.id);
      // A soft request is a hang-up by our own hand; its 32 is no cause of Q.850.
      if (leg && event.cause !== undefined && !event.soft) leg.cause = event.cause;
      return;
    }
    case 'StasisEnd':
      return ended(ear, event.channel.id, undefined);
    case 'ChannelDestroyed':
      return ended(ear, event.channel.id, event.cause);
    case 'PlaybackFinished':
      return playbackFinished(ear, event.playback.id, event.playback.target_uri, event.playback.state);
    case 'DeviceStateChanged':
      return deviceChanged(ear, event.device_state.name, event.device_state.state);
    default:
      return;
  }
}

function started(ear: Ear, event: StasisStart): void {
  const { host, legs } = ear;
  const { channel } = event;
  const role = event.args[0];
  if (role === ROLE.agent) {
    const leg = legs.agent(channel.id);
    // A leg that was given up while it was being answered, or one of a life before this one.
    if (!leg) return ear.drop(channel.id);
    leg.up = true;
    host.take({ kind: 'offer.answered', atMs: host.now(), offerId: channel.id });
    return;
  }
  if (role !== ROLE.caller && role !== ROLE.phone) return;
  const phone = role === ROLE.phone ? phoneOfChannel(channel.name) : undefined;
  const up = channel.state === 'Up';
  const contactId = channel.id;
  legs.add({ role: 'caller', legId: channel.id, contactId, up, endedByUs: false });
  host.take({
    kind: 'contact.arrived',
    atMs: host.now(),
    contactId,
    channel: 'voice',
    legId: channel.id,
    from: channel.caller.number,
    to: channel.dialplan.exten,
    ...(phone !== undefined && ear.phones.has(phone) ? { fromAgentId: phone } : {}),
  });
  if (up) host.take({ kind: 'contact.answered', atMs: host.now(), contactId });
}

function stateChanged(ear: Ear, channel: Channel): void {
  const { host, legs } = ear;
  const leg = legs.get(channel.id);
  if (leg?.role === 'agent' && channel.state === 'Ringing' && !leg.rang) {
    leg.rang = true;
    host.take({ kind: 'offer.rang', atMs: host.now(), offerId: leg.legId });
    return;
  }
  if (leg?.role === 'caller' && channel.state === 'Up' && !leg.up) {
    leg.up = true;
    host.take({ kind: 'contact.answered', atMs: host.now(), contactId: leg.contactId });
  }
}

function digit(ear: Ear, legId: string, pressed: string): void {
  const leg = ear.legs.caller(legId);
  if (leg) ear.host.take({ kind: 'digit.received', atMs: ear.host.now(), contactId: leg.contactId, digit: pressed });
}

/** StasisEnd and ChannelDestroyed may both come, in either order; the first one counts (research: ARI trap 6). */
function ended(ear: Ear, legId: string, destroyedCause: number | undefined): void {
  const { host } = ear;
  const leg = ear.legs.remove(legId);
  if (!leg) return;
  const cause = endCause(leg.cause ?? destroyedCause);
  const atMs = host.now();
  if (leg.role === 'caller') {
    const endedBy = leg.endedByUs ? 'system' : 'customer';
    host.take({ kind: 'contact.ended', atMs, contactId: leg.contactId, cause, endedBy });
    return;
  }
  host.take({ kind: leg.up ? 'offer.ended' : 'offer.failed', atMs, offerId: leg.legId, cause });
}

function playbackFinished(ear: Ear, promptId: string, target: string, state: string): void {
  const leg = ear.legs.caller(target.replace(/^channel:/, ''));
  if (!leg) return;
  const { host } = ear;
  const result = state === 'failed' ? 'failed' : 'done';
  host.take({ kind: 'prompt.finished', atMs: host.now(), contactId: leg.contactId, promptId, result });
}

function deviceChanged(ear: Ear, name: string, state: DeviceState['state']): void {
  const agentId = name.replace(/^PJSIP\//, '');
  const phone = ear.phones.read(agentId, state);
  if (phone !== undefined) ear.host.take({ kind: 'phone.changed', atMs: ear.host.now(), agentId, phone });
}
