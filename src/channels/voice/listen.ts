import { toneOver } from './act/lines.ts';
import { beepOver } from './act/record.ts';
import { watchOn } from './act/watch.ts';
import type { UnknownAriEvent } from './ari/client.ts';
import type { AriEvent, DeviceState } from './ari/generated.ts';
import type { Ear } from './listen/ear.ts';
import { destroyed, leftStasis } from './listen/end.ts';
import { digit, held, retrieved, stateChanged } from './listen/phone.ts';
import { recordingEnded, recordingStarted } from './listen/recording.ts';
import { attendedTransfer, blindTransfer } from './listen/refer.ts';
import { started } from './listen/start.ts';
import { offerOfTone, recordingOfBeep } from './names.ts';

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
  'BridgeVideoSourceChanged',
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
      const leg = ear.legs.ofChannel(event.channel.id);
      // A soft request is a hang-up by our own hand; its 32 is no cause of Q.850.
      if (leg) leg.hungUp = true;
      if (leg && event.cause !== undefined && !event.soft) leg.cause = event.cause;
      return;
    }
    case 'StasisEnd':
      return leftStasis(ear, event.channel.id);
    case 'ChannelDestroyed':
      return destroyed(ear, event.channel.id, event.cause);
    case 'PlaybackFinished':
      return playbackFinished(ear, event.playback.id, event.playback.target_uri, event.playback.state);
    case 'DeviceStateChanged':
      return deviceChanged(ear, event.device_state.name, event.device_state.state);
    default:
      return listenOn(ear, event);
  }
}

/** What happens in calls of more than two. */
function listenOn(ear: Ear, event: AriEvent | UnknownAriEvent): void {
  switch (event.type) {
    case 'ChannelHold':
      return held(ear, event.channel.id);
    case 'ChannelUnhold':
      return retrieved(ear, event.channel.id);
    case 'BridgeBlindTransfer':
      return blindTransfer(ear, event);
    case 'BridgeAttendedTransfer':
      return attendedTransfer(ear, event);
    case 'RecordingStarted':
      return recordingStarted(ear, event.recording.name);
    case 'RecordingFinished':
      return recordingEnded(ear, event.recording, 'done');
    case 'RecordingFailed':
      return recordingEnded(ear, event.recording, 'failed');
    default:
      return;
  }
}

function playbackFinished(ear: Ear, playbackId: string, target: string, state: string): void {
  const { host, legs, prompts, recordings } = ear;
  const beeped = recordingOfBeep(playbackId);
  if (beeped !== undefined) {
    const recording = recordings.get(beeped);
    return recording && beepOver(ear, recording);
  }
  const offerId = offerOfTone(playbackId);
  if (offerId !== undefined) return toneOver(ear, offerId);
  const channelId = target.replace(/^channel:/, '');
  const promptId = prompts.named(playbackId, channelId);
  const leg = legs.ofChannel(channelId);
  watchOn(ear, channelId);
  if (promptId === undefined || !leg) return;
  const playing = prompts.ended(promptId);
  // A prompt of a life before this one is the contact's to which the leg belongs.
  const contactId = playing?.contactId ?? leg.contactId;
  const result = state === 'failed' ? 'failed' : 'done';
  host.take({ kind: 'prompt.finished', atMs: host.now(), contactId, promptId, result });
}

function deviceChanged(ear: Ear, name: string, state: DeviceState['state']): void {
  const agentId = name.replace(/^PJSIP\//, '');
  const phone = ear.phones.read(agentId, state);
  if (phone !== undefined) ear.host.take({ kind: 'phone.changed', atMs: ear.host.now(), agentId, phone });
}
