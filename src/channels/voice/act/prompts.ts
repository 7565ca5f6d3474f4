import type { CommandOf, Media } from '../../../model/command.ts';
import type { ContactId, LegId } from '../../../model/ids.ts';
import type { AriError } from '../ari/error.ts';
import { toneNames } from '../prompts.ts';
import { type Hand, send, tidy } from './hand.ts';

/** Plays to the customer, or to another leg of the contact; either way its end is told as the contact's. */
export function play(hand: Hand, command: CommandOf<'play'> | CommandOf<'play_to'>): void {
  const { contactId, promptId } = command;
  const { ari, host, legs, prompts } = hand;
  if (prompts.has(promptId)) return;
  const channelId = legs.channel(command.do === 'play_to' ? command.legId : contactId);
  const isTone = command.media.some((media) => 'tone' in media);
  const playbackId = prompts.started(promptId, { contactId, channelId }, isTone);
  const failed = (): void => {
    if (!prompts.ended(promptId)) return;
    host.take({ kind: 'prompt.finished', atMs: host.now(), contactId, promptId, result: 'failed' });
  };
  for (const media of command.media)
    if ('recording' in media) assureRecording(hand, media.recording, playbackId, failed);
  const media = command.media.map(mediaUri);
  send(hand, command, ari.request('channels.playWithId', { channelId, playbackId, media }), failed);
}

export function stopPrompt(hand: Hand, command: CommandOf<'stop_prompt'>): void {
  const playbackId = hand.prompts.stop(command.promptId);
  send(hand, command, hand.ari.request('playbacks.stop', { playbackId }));
}

/** Asterisk 22.10.1 never tells the end of a playback whose recording is not there (research: ARI trap 12). */
function assureRecording({ ari }: Hand, recordingName: string, playbackId: string, onMissing: () => void): void {
  ari.request('recordings.getStored', { recordingName }).catch((error: AriError) => {
    if (error.code !== 'ari.not_found') return;
    tidy(ari.request('playbacks.stop', { playbackId }));
    onMissing();
  });
}

/** Stops what plays on a channel that is to be joined with others (see Prompts). */
export function stopPlaying({ ari, prompts }: Hand, channelId: string): void {
  for (const promptId of prompts.on(channelId)) {
    tidy(ari.request('playbacks.stop', { playbackId: prompts.stop(promptId) }));
  }
}

/**
 * Ends a tone that a life of this program before this one may have left on the contact's legs, before anything else is asked
 * of them: whoever is to hear one is told so anew. Not done for all of them at the start, where hundreds of requests would
 * stand before the first decision.
 */
export function stopInherited({ ari, prompts }: Hand, contactId: ContactId): void {
  for (const channelId of prompts.takeInherited(contactId))
    for (const playbackId of toneNames(channelId)) tidy(ari.request('playbacks.stop', { playbackId }));
}

/** What `stopPlaying` does, and no music: it would be heard beside the talk. */
export function silence(hand: Hand, command: CommandOf<'join'> | CommandOf<'watch'>, legIds: readonly LegId[]): void {
  for (const legId of legIds) {
    const channelId = hand.legs.channel(legId);
    stopPlaying(hand, channelId);
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
