import type { CommandOf } from '../../../model/command.ts';
import type { LegId, RecordingId } from '../../../model/ids.ts';
import { beepName, ROLE, type SideName, sideName } from '../names.ts';
import { newSide, type Recording, type Side } from '../recordings.ts';
import { type Hand, send, tidy } from './hand.ts';
import { sideEnded, tellUnknown } from './recording-end.ts';

/** Files that Asterisk writes: 16 bit, 8 kHz, one channel. */
const FORMAT = 'wav';
/** A file that comes with Asterisk's core sounds. */
const BEEP = 'sound:beep';

/**
 * Records a talk, or a message. Each side is heard by a snoop channel of its own, so that both are on separate channels and the
 * legs can be joined with whom they like meanwhile. A message, too: a snoop channel makes silence where its leg sends
 * nothing, while a recording of the leg itself would wait for sound that a phone with silence suppression never sends.
 */
export function record(hand: Hand, command: CommandOf<'record'>): void {
  const { contactId, recordingId, sides, message } = command;
  if (hand.recordings.get(recordingId)) return;
  const left = newSide(recordingId, 'left', sides.left);
  const right = sides.right === null ? [] : [newSide(recordingId, 'right', sides.right)];
  const state = { paused: false, stopped: false, discard: false };
  const recording: Recording = { recordingId, contactId, message, sides: [left, ...right], ...state };
  hand.recordings.add(recording);
  if (message?.beep) beepFirst(hand, command, recording, left);
  else for (const side of recording.sides) snoop(hand, recording, side);
}

/** The customer hears the beep and then is heard; `beepOver` goes on. */
function beepFirst(hand: Hand, command: CommandOf<'record'>, recording: Recording, side: Side): void {
  const { ari, legs } = hand;
  const channelId = legs.channel(side.legId);
  hand.live.silence(channelId);
  const playbackId = beepName(recording.recordingId);
  send(hand, command, ari.request('channels.stopMoh', { channelId }));
  const request = ari.request('channels.playWithId', { channelId, playbackId, media: BEEP });
  send(hand, command, request, () => beepOver(hand, recording));
}

/** Also where the beep could not be played: the message matters more. */
export function beepOver(hand: Hand, recording: Recording): void {
  for (const side of recording.sides) {
    if (side.stage !== 'asked') continue;
    if (recording.stopped) sideEnded(hand, recording, side, 'failed');
    else snoop(hand, recording, side);
  }
}

/** When the snoop channel is there, `recordSide` goes on. */
function snoop(hand: Hand, recording: Recording, side: Side): void {
  const { ari, app, legs } = hand;
  const request = ari.request('channels.snoopChannelWithId', {
    channelId: legs.channel(side.legId),
    snoopId: side.name,
    spy: 'in',
    app,
    appArgs: [ROLE.record, recording.recordingId, side.side].join(),
  });
  request.catch(() => sideEnded(hand, recording, side, 'failed'));
}

export function recordSide(hand: Hand, recording: Recording, side: Side): void {
  begin(hand, recording, side).catch(() => sideEnded(hand, recording, side, 'failed'));
}

/** For a side whose channel was made just before a crash. It may run all the same, and goes on then. */
export function beginAgain(hand: Hand, recording: Recording, side: Side): void {
  tidy(begin(hand, recording, side));
}

function begin(hand: Hand, { message }: Recording, side: Side): Promise<unknown> {
  return hand.ari.request('channels.record', {
    channelId: side.name,
    name: side.name,
    format: FORMAT,
    ifExists: 'fail',
    terminateOn: 'none',
    ...(message ? { maxDurationSeconds: Math.max(1, Math.ceil(message.maxMs / 1000)) } : {}),
    // Asterisk counts in seconds; a silence that was asked for must not become none.
    ...(message && message.silenceMs > 0
      ? { maxSilenceSeconds: Math.max(1, Math.round(message.silenceMs / 1000)) }
      : {}),
  });
}

/** What is said meanwhile becomes silence in the file, so that both sides stay as long as each other. */
export function pauseRecording(hand: Hand, command: CommandOf<'pause_recording'>): void {
  const { recordingId, paused } = command;
  const recording = hand.recordings.get(recordingId);
  if (recording) recording.paused = paused;
  // One that was asked for but does not run yet is paused when it does (see listen/recording.ts).
  for (const name of runningSides(recordingId, recording)) muteSide(hand, name, paused);
}

export function muteSide({ ari }: Hand, recordingName: string, muted: boolean): void {
  tidy(muted ? ari.request('recordings.mute', { recordingName }) : ari.request('recordings.unmute', { recordingName }));
}

export function stopRecording(hand: Hand, command: CommandOf<'stop_recording'>): void {
  const { recordingId, discard, contactId } = command;
  const recording = hand.recordings.get(recordingId);
  if (!recording) return tellUnknown(hand, { recordingId, contactId, discard });
  recording.stopped = true;
  recording.discard = discard;
  for (const name of runningSides(recordingId, recording)) stopSide(hand, name, discard);
}

export function stopSide({ ari }: Hand, recordingName: string, discard: boolean): void {
  const operation = discard ? 'recordings.cancel' : 'recordings.stop';
  tidy(ari.request(operation, { recordingName }));
}

const SIDES: readonly SideName[] = ['left', 'right'];

function runningSides(recordingId: RecordingId, recording: Recording | undefined): string[] {
  if (!recording) return SIDES.map((side) => sideName(recordingId, side));
  return recording.sides.filter(({ stage }) => stage === 'running').map(({ name }) => name);
}

/** A message whose customer went before it began: nothing more will be told of it. */
export function customerGone(hand: Hand, legId: LegId): void {
  for (const recording of hand.recordings.messagesOf(legId)) {
    for (const side of recording.sides) if (side.stage === 'asked') sideEnded(hand, recording, side, 'failed');
  }
}
