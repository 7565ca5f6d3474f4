import type { Place } from '../../model/call/call-command.ts';
import type { LegPurpose } from '../../model/call/leg.ts';
import type { AgentId, ContactId, LegId, OfferId, RecordingId } from '../../model/ids.ts';

/**
 * The names that this door gives to Asterisk's things, so that each can be told from its name alone, also after a
 * restart: a caller's leg is the contact's id, an agent's leg the offer's id, a place is a bridge named after its contact.
 */

const TALK = 'talk-';
const ASIDE = 'aside-';
const ROOM = 'room-';
const WATCH = 'watch-';

export function talkBridge(contactId: ContactId): string {
  return `${TALK}${contactId}`;
}

/** A conference is one place for all its contacts, so its name has no contact's id in it. */
export function placeBridge(place: Place, contactId: ContactId): string {
  if (place === 'talk') return talkBridge(contactId);
  if (place === 'aside') return `${ASIDE}${contactId}`;
  return `${ROOM}${place.slice('room.'.length)}`;
}

/** What a bridge is: a place, with the contact where it is one contact's; undefined: it is none of these. */
export function placeOfBridge(bridgeId: string): { place: Place; contactId?: ContactId } | undefined {
  if (bridgeId.startsWith(TALK)) return { place: 'talk', contactId: bridgeId.slice(TALK.length) };
  if (bridgeId.startsWith(ASIDE)) return { place: 'aside', contactId: bridgeId.slice(ASIDE.length) };
  if (bridgeId.startsWith(ROOM)) return { place: `room.${bridgeId.slice(ROOM.length)}` };
  return undefined;
}

/** Where a supervisor hears an agent's leg. */
export function watchBridge(supervisorLegId: LegId): string {
  return `${WATCH}${supervisorLegId}`;
}

/** The supervisor's leg of such a bridge. */
export function watcherOfBridge(bridgeId: string): LegId | undefined {
  return bridgeId.startsWith(WATCH) ? bridgeId.slice(WATCH.length) : undefined;
}

/** Offer ids end in `.o` with a count and a time (see acd/offers.ts); Asterisk's own channel ids never do. */
export function isOfferLeg(legId: LegId): legId is OfferId {
  return /\.o\d+-[0-9a-z]+$/.test(legId);
}

/** Legs that we asked for, see model/call/leg.ts. */
export function isAskedLeg(legId: LegId): boolean {
  return /\.l\d+-[0-9a-z]+$/.test(legId);
}

/** The contact to which a leg or a recording of ours belongs, by its id. */
export function contactOfId(id: string): ContactId {
  return id.replace(/\.[olr]\d+-[0-9a-z]+$/, '');
}

/**
 * A snoop channel of a supervisor: its time makes each new one differ. `part` is 0 where it only listens to the agent, and a
 * number of its own where it listens to one of those whom the agent hears; one without a part lets the agent hear the supervisor.
 */
export function watchSnoop(supervisorLegId: LegId, atMs: number, part?: number): string {
  return `${supervisorLegId}-w${atMs.toString(36)}${part === undefined ? '' : `.${part}`}`;
}

export function watcherOfSnoop(channelId: string): { legId: LegId; part: number | undefined } | undefined {
  const [, legId, part] = /^(.+)-w[0-9a-z]+(?:\.(\d+))?$/.exec(channelId) ?? [];
  return legId === undefined ? undefined : { legId, part: part === undefined ? undefined : Number(part) };
}

/** The channel of an agent's persistent line; its time makes each new one differ. */
export function lineChannel(agentId: AgentId, atMs: number): string {
  return `line.${agentId}.n-${atMs.toString(36)}`;
}

export function agentOfLine(channelId: string): AgentId | undefined {
  return /^line\.(.+)\.n-[0-9a-z]+$/.exec(channelId)?.[1];
}

/** Tones that may be under way on one channel: one that is being stopped and the next. */
export const TONE_PLACES = 2;

/** The playback of a tone that goes on until it is stopped: known by its channel, so that it can be stopped after a restart. */
export function toneName(channelId: string, place: number): string {
  return `${channelId}-tone${place}`;
}

/** The playback of the beep that announces an offer on a persistent line. */
export function lineTone(offerId: OfferId): string {
  return `${offerId}-line`;
}

export function offerOfTone(playbackId: string): OfferId | undefined {
  return /^(.+\.o\d+-[0-9a-z]+)-line$/.exec(playbackId)?.[1];
}

export type SideName = 'left' | 'right';

/** One side of a recording: the name of its snoop channel and of its stored file alike. */
export function sideName(recordingId: RecordingId, side: SideName): string {
  return `${recordingId}-${side}`;
}

export function recordingOfSide(name: string): { recordingId: RecordingId; side: SideName } | undefined {
  const found = /^(.+\.r\d+-[0-9a-z]+)-(left|right)$/.exec(name);
  return found ? { recordingId: found[1]!, side: found[2] as SideName } : undefined;
}

const TAP = 'tap.';
const VOICE = 'voice.';

/** What is made to hear a leg: the bridge bears this name, its two channels begin with it. Its time makes each new one differ. */
export function tapName(channelId: string, atMs: number): string {
  return `${TAP}${channelId}-${atMs.toString(36)}`;
}

/** The same of what is made to speak to a customer. */
export function voiceName(channelId: string, atMs: number): string {
  return `${VOICE}${channelId}-${atMs.toString(36)}`;
}

/** The channel that hears the leg: it is joined with `socketChannel` in the bridge of their name. */
export function snoopChannel(name: string): string {
  return `${name}-snoop`;
}

/** The channel whose sound goes over a socket, to us or from us. */
export function socketChannel(name: string): string {
  return `${name}-socket`;
}

/** True for the channels and bridges by which the living sound of a call comes and goes. */
export function carriesSound(id: string): boolean {
  return id.startsWith(TAP) || id.startsWith(VOICE);
}

/** The playback of the beep before a message. */
export function beepName(recordingId: RecordingId): string {
  return `${recordingId}-beep`;
}

export function recordingOfBeep(playbackId: string): RecordingId | undefined {
  return /^(.+\.r\d+-[0-9a-z]+)-beep$/.exec(playbackId)?.[1];
}

/** `Snoop/1700000000.12-00000003` listens to the channel 1700000000.12. */
export function targetOfSnoop(channelName: string): string | undefined {
  return /^Snoop\/(.+)-[0-9a-f]{8}$/.exec(channelName)?.[1];
}

/** Roles that the dialplan and our own requests give to Stasis as its first argument. */
export const ROLE = {
  caller: 'caller',
  phone: 'phone',
  agent: 'agent',
  asked: 'asked',
  /** Comes back from the machine detector: what it was before, its contact where it is none's own, the verdict. */
  detected: 'detected',
  watch: 'watch',
  line: 'line',
  record: 'record',
  text: 'text',
  sound: 'sound',
} as const;

/** Fourth argument of a leg that goes to the machine detector when it is answered. */
export const DETECT = 'detect';

/** Begins the extension of such a leg there: until the verdict it counts as not answered. */
export const NEW = 'new-';

/** Contexts of asterisk-config/extensions.conf. */
export const CONTEXT = {
  absent: 'controller-absent',
  detection: 'machine-detection',
  referred: 'referred',
} as const;

/**
 * What is written on a channel (its account code, which every listing shows) where its id and its place in the dialplan do not say what it is:
 * a leg that still rings, or one that took another's place.
 */
export type Mark = {
  readonly role: 'caller' | 'agent' | 'asked';
  readonly purpose?: LegPurpose;
  readonly legId: LegId;
};

/** The channel is named where it is another than the leg's own id and no persistent line. An account code has 79 characters. */
export function markText(mark: Mark, channelId: string): string {
  const plain = `${mark.role},${mark.purpose ?? ''},${mark.legId}`;
  return channelId === mark.legId || agentOfLine(channelId) !== undefined ? plain : `${plain},${channelId}`;
}

/**
 * What is written on this channel. A channel without an account code takes over that of whom it is joined with (Asterisk's
 * ast_bridge_update_accountcodes), so a mark that is not of the channel itself says nothing.
 */
export function readMark(text: string, channelId: string): Mark | undefined {
  const [role, purpose, legId, written = legId] = text.split(',');
  if (legId === undefined || legId === '') return undefined;
  if (written !== channelId && agentOfLine(channelId) === undefined) return undefined;
  if (role === 'caller' || role === 'agent') return { role, legId };
  return role === 'asked' ? { role, purpose: purpose as LegPurpose, legId } : undefined;
}

/** `PJSIP/anna-0000001f` is a leg of the phone anna. */
export function phoneOfChannel(channelName: string): string | undefined {
  return /^PJSIP\/(.+)-[0-9a-f]{8}$/.exec(channelName)?.[1];
}
