import type { CommandOf, Media } from '../../../model/command.ts';
import type { LegId } from '../../../model/ids.ts';
import type { AriError } from '../ari/error.ts';
import { type Hand, send, tidy } from './hand.ts';

/** Plays to the customer, or to another leg of the contact; either way its end is told as the contact's. */
export function play(hand: Hand, command: CommandOf<'play'> | CommandOf<'play_to'>): void {
  const { contactId, promptId } = command;
  const { ari, host, legs, prompts } = hand;
  const channelId = legs.channel(command.do === 'play_to' ? command.legId : contactId);
  prompts.started(promptId, { contactId, channelId });
  const failed = (): void => {
    if (!prompts.ended(promptId)) return;
    host.take({ kind: 'prompt.finished', atMs: host.now(), contactId, promptId, result: 'failed' });
  };
  for (const media of command.media) if ('recording' in media) assureRecording(hand, media.recording, promptId, failed);
  const media = command.media.map(mediaUri);
  send(hand, command, ari.request('channels.playWithId', { channelId, playbackId: promptId, media }), failed);
}

/** Asterisk 22.10.1 never tells the end of a playback whose recording is not there (research: ARI trap 12). */
function assureRecording({ ari }: Hand, recordingName: string, playbackId: string, onMissing: () => void): void {
  ari.request('recordings.getStored', { recordingName }).catch((error: AriError) => {
    if (error.code !== 'ari.not_found') return;
    tidy(ari.request('playbacks.stop', { playbackId }));
    onMissing();
  });
}

/**
 * Silences legs that are to be joined with others: a playback that still runs keeps its channel busy, and Asterisk
 * would make all later requests wait for its end. Music would be heard beside the talk.
 */
export function silence(hand: Hand, command: CommandOf<'join'> | CommandOf<'watch'>, legIds: readonly LegId[]): void {
  for (const legId of legIds) {
    const channelId = hand.legs.channel(legId);
    for (const playbackId of hand.prompts.on(channelId)) {
      send(hand, command, hand.ari.request('playbacks.stop', { playbackId }));
    }
    send(hand, command, hand.ari.request('channels.stopMoh', { channelId }));
  }
}

/** ARI's media addresses (POST /channels/{id}/play): sound files, digits read out, tones, and the silent files that Asterisk brings. */
function mediaUri(media: Media): string {
  if ('sound' in media) return `sound:${media.sound}`;
  if ('digits' in media) return `digits:${media.digits}`;
  if ('recording' in media) return `recording:${media.recording}`;
  if ('tone' in media) return `tone:${media.tone}`;
  return `sound:silence/${Math.min(10, Math.max(1, Math.round(media.silenceMs / 1000)))}`;
}
