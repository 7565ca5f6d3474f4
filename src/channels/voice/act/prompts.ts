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
  const [first] = command.media;
  if (first && 'stream' in first && command.do === 'play') return hand.live.speak(contactId, promptId, first.stream);
  const channelId = legs.channel(command.do === 'play_to' ? command.legId : contactId);
  // A leg hears one thing: what plays would wait for the end of what is spoken, and hold up the socket meanwhile.
  hand.live.silence(channelId);
  const isTone = command.media.some((media) => 'tone' in media);
  const playbackId = prompts.started(promptId, { contactId, channelId }, isTone);
  const failed = (): void => {
    if (!prompts.ended(promptId)) return;
    host.take({ kind: 'prompt.finished', atMs: host.now(), contactId, promptId, result: 'failed' });
  };
  for (const media of command.media)
    if ('recording' in media) assureRecording(hand, media.recording, playbackId, failed);
  const media = command.media.flatMap((one) => ('stream' in one ? [] : mediaUri(one)));
  send(hand, command, ari.request('channels.playWithId', { channelId, playbackId, media }), failed);
}

export function stopPrompt(hand: Hand, command: CommandOf<'stop_prompt'>): void {
  if (hand.live.stop(command.promptId)) return;
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

/** Stops what plays on a channel that is to be joined with others (see Prompts), and what is spoken to it. */
export function stopPlaying({ ari, live, prompts }: Hand, channelId: string): void {
  live.silence(channelId);
  stopPlaybacks({ ari, prompts }, channelId);
}

function stopPlaybacks({ ari, prompts }: Pick<Hand, 'ari' | 'prompts'>, channelId: string): void {
  for (const promptId of prompts.on(channelId)) {
    tidy(ari.request('playbacks.stop', { playbackId: prompts.stop(promptId) }));
  }
}

/** Makes room on a leg for what is spoken to it: no playback, no music. One that was not answered gets early media, as by a playback. */
export function makeRoom({ ari, legs, prompts }: Pick<Hand, 'ari' | 'legs' | 'prompts'>, channelId: string): void {
  if (legs.ofChannel(channelId)?.up === false) tidy(ari.request('channels.progress', { channelId }));
  stopPlaybacks({ ari, prompts }, channelId);
  tidy(ari.request('channels.stopMoh', { channelId }));
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
function mediaUri(media: Exclude<Media, { stream: unknown }>): string {
  if ('sound' in media) return `sound:${media.sound}`;
  if ('digits' in media) return `digits:${media.digits}`;
  if ('recording' in media) return `recording:${media.recording}`;
  if ('tone' in media) return `tone:${media.tone}`;
  return `sound:silence/${Math.min(10, Math.max(1, Math.round(media.silenceMs / 1000)))}`;
}
