import { VERDICTS, type Verdict } from '../../../model/call/leg.ts';
import { tidy } from '../act/hand.ts';
import { detectAtAnswer } from '../act/machine.ts';
import { bring } from '../act/places.ts';
import { recordSide } from '../act/record.ts';
import type { Channel, StasisStart } from '../ari/generated.ts';
import { picturesOf } from '../equipment/codecs.ts';
import type { Leg } from '../legs.ts';
import { DETECT, markText, phoneOfChannel, ROLE, watchBridge, watcherOfSnoop } from '../names.ts';
import { snoopsOf } from '../watches.ts';
import type { Ear } from './ear.ts';
import { textTold } from './text.ts';

/** A channel is in our hands: a new one, one that comes back, or one that took another's place. */
export function started(ear: Ear, event: StasisStart): void {
  const { channel, replace_channel: replaced } = event;
  if (replaced) return takesPlace(ear, channel, replaced);
  switch (event.args[0]) {
    case ROLE.agent:
      return agentAnswered(ear, channel);
    case ROLE.asked:
      return event.args[3] === DETECT ? detect(ear, channel) : legAnswered(ear, channel, undefined);
    case ROLE.detected:
      return detected(ear, channel, event.args[3] ?? '');
    case ROLE.line:
      return lineOpened(ear, channel.id);
    case ROLE.watch:
      return watching(ear, channel.id);
    case ROLE.record:
      return recording(ear, channel.id);
    case ROLE.sound:
      return ear.live.entered(channel.id);
    case ROLE.text:
      return textTold(ear, event);
    case ROLE.caller:
    case ROLE.phone:
      return arrived(ear, channel, event.args);
    default:
      return;
  }
}

function agentAnswered({ host, legs, drop }: Ear, channel: Channel): void {
  const leg = legs.agent(channel.id);
  // A leg that was given up while it was being answered, or one of a life before this one.
  if (!leg) return drop(channel.id);
  leg.up = true;
  host.take({ kind: 'offer.answered', atMs: host.now(), offerId: channel.id });
}

function legAnswered({ host, legs, drop }: Ear, channel: Channel, verdict: Verdict | undefined): void {
  const leg = legs.ofChannel(channel.id);
  if (leg?.role !== 'asked') return drop(channel.id);
  leg.up = true;
  const { contactId, legId } = leg;
  const said = verdict === undefined ? {} : { verdict };
  host.take({ kind: 'leg.answered', atMs: host.now(), contactId, legId, ...said });
}

function detect(ear: Ear, channel: Channel): void {
  const leg = ear.legs.ofChannel(channel.id);
  if (leg?.role !== 'asked') return ear.drop(channel.id);
  detectAtAnswer(ear, leg, (verdict) => legAnswered(ear, channel, verdict));
}

/** Back from Asterisk's own detector: of a leg that was up before it is an answer to a question, of a new one part of its answer. */
function detected(ear: Ear, channel: Channel, said: string): void {
  const { host, legs, drop } = ear;
  const verdict = verdictOf(said);
  const leg = legs.ofChannel(channel.id);
  if (!leg) return drop(channel.id);
  if (leg.role === 'asked' && !leg.up) return legAnswered(ear, channel, verdict);
  host.take({ kind: 'machine.detected', atMs: host.now(), contactId: leg.contactId, verdict });
}

/** AMDSTATUS of app_amd: HUMAN, MACHINE, NOTSURE or HANGUP; FAX is our dialplan's own. */
export function verdictOf(said: string): Verdict {
  const word = said.toLowerCase();
  return VERDICTS.find((verdict) => verdict === word) ?? 'unknown';
}

function lineOpened({ host, lines, drop }: Ear, channelId: string): void {
  const line = lines.ofChannel(channelId);
  if (!line) return drop(channelId);
  line.up = true;
  host.take({ kind: 'line.opened', atMs: host.now(), agentId: line.agentId });
}

function watching(ear: Ear, snoopId: string): void {
  const { ari, legs, watches, drop } = ear;
  const watch = watches.get(watcherOfSnoop(snoopId)?.legId ?? '');
  if (!watch || !snoopsOf(watch).includes(snoopId)) return drop(snoopId);
  const { legId } = watch;
  bring(ear, watchBridge(legId), [legs.channel(legId), snoopId]).catch(() =>
    // The supervisor has hung up meanwhile.
    tidy(ari.request('channels.hangup', { channelId: snoopId })),
  );
}

function recording(ear: Ear, snoopId: string): void {
  const found = ear.recordings.ofSide(snoopId);
  // One that was stopped before it began has no file: hanging up is its end (see listen/end.ts).
  if (!found || found.recording.stopped) return ear.drop(snoopId);
  recordSide(ear, found.recording, found.side);
}

function arrived(ear: Ear, channel: Channel, [role, pictures]: readonly string[]): void {
  const { host, legs, phones } = ear;
  const phone = role === ROLE.phone ? phoneOfChannel(channel.name) : undefined;
  const up = channel.state === 'Up';
  const contactId = channel.id;
  const leg = { legId: contactId, channelId: contactId, contactId, up, pictures: picturesOf(pictures) };
  legs.add({ role: 'caller', endedByUs: false, ...leg });
  host.take({
    kind: 'contact.arrived',
    atMs: host.now(),
    contactId,
    channel: 'voice',
    legId: channel.id,
    from: channel.caller.number,
    to: channel.dialplan.exten,
    ...(phone !== undefined && phones.has(phone) ? { fromAgentId: phone } : {}),
  });
  if (up) host.take({ kind: 'contact.answered', atMs: host.now(), contactId });
}

/** A pickup or another exchange's attended transfer put another channel where one of ours was (research: ARI trap 19). */
function takesPlace(ear: Ear, channel: Channel, replaced: Channel): void {
  const { legs } = ear;
  // Asterisk's own half of a transfer (see refer.ts): whose place it took leaves by itself.
  if (channel.name.startsWith('Local/')) return ear.drop(channel.id);
  const leg = legs.ofChannel(replaced.id);
  if (!leg) return;
  legs.replace(leg, channel.id);
  mark(ear, leg);
  // Asterisk leaves it up and alone, though its call is over (RFC 3891, section 3).
  ear.drop(replaced.id);
}

/** Writes on the new channel whose place it has, for a life after this one. */
function mark({ ari }: Ear, leg: Leg): void {
  const purpose = leg.role === 'asked' ? { purpose: leg.purpose } : {};
  const value = markText({ role: leg.role, legId: leg.legId, ...purpose }, leg.channelId);
  tidy(ari.request('channels.setChannelVar', { channelId: leg.channelId, variable: 'CHANNEL(accountcode)', value }));
}
