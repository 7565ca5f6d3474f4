import type { LegPurpose } from '../../model/call/leg.ts';
import type { AtMs, ContactId, LegId } from '../../model/ids.ts';
import type { CallInventory, Inventory } from '../channel.ts';
import type { Ask } from './ari/client.ts';
import type { Bridge, Channel } from './ari/generated.ts';
import { picturesOf } from './equipment/codecs.ts';
import type { Phones } from './equipment/phones.ts';
import { trunkOfChannel } from './equipment/trunk-objects.ts';
import type { Leg } from './legs.ts';
import type { AgentLine } from './lines.ts';
import {
  agentOfLine,
  CONTEXT,
  carriesSound,
  contactOfId,
  isAskedLeg,
  isOfferLeg,
  NEW,
  phoneOfChannel,
  placeOfBridge,
  ROLE,
  readMark,
  recordingOfSide,
  targetOfSnoop,
  watcherOfSnoop,
} from './names.ts';
import type { Watch } from './watches.ts';

/** What Asterisk has, as the hall wants it and as the door's own books want it. */
export type Found = {
  readonly inventory: Inventory;
  readonly legs: readonly Leg[];
  /** The snoop channels of supervisors, by their legs. */
  readonly watches: readonly (Pick<Watch, 'legId' | 'targetLegId' | 'others' | 'mode'> & {
    readonly snoopId: string;
  })[];
  readonly lines: readonly AgentLine[];
  /** Snoop channels that were made for a recording which was not begun. */
  readonly unbegun: ReadonlySet<string>;
  /** The channels and bridges by which living sound comes and goes, by their ids. */
  readonly sound: { readonly channels: readonly string[]; readonly bridges: readonly string[] };
  /** How many things were listed. */
  readonly length: number;
};

/** Asks Asterisk what exists: channels of our application, our bridges, our recordings, the phones of our agents. */
export async function takeInventory(ask: Ask, app: string, phones: Phones, askedAtMs: AtMs): Promise<Found> {
  const [channels, bridges, stored, phoneStates] = await Promise.all([
    ask('channels.list', {}),
    ask('bridges.list', {}),
    ask('recordings.listStored', {}),
    phones.list(ask),
  ]);
  const legs = channels.flatMap((channel) => asLeg(channel, app));
  const names = new Map(legs.map((leg) => [leg.channelId, nameOf(leg)]));
  const places = bridges.flatMap((bridge) => asPlace(bridge, names));
  const watches = watchesOf(channels, names);
  const lines = channels.flatMap(asLine);
  const byChannel = new Map(channels.map((channel) => [channel.id, channel]));
  const storedNames = stored.map(({ name }) => name);
  const inventory: Inventory = {
    askedAtMs,
    contacts: legs.flatMap((leg) =>
      leg.role === 'caller' ? [asContact(leg, byChannel.get(leg.channelId)!, phones, askedAtMs)] : [],
    ),
    offers: legs.flatMap((leg) =>
      leg.role === 'agent' ? [{ offerId: leg.legId, agentId: leg.agentId, up: leg.up }] : [],
    ),
    talks: places.flatMap(({ place, contactId, legIds }) =>
      place === 'talk' && contactId !== null ? [{ contactId, legIds }] : [],
    ),
    phones: phoneStates,
    calls: {
      legs: legs.flatMap((leg) =>
        leg.role === 'asked' ? [{ legId: leg.legId, contactId: leg.contactId, purpose: leg.purpose, up: leg.up }] : [],
      ),
      places,
      lines: lines.map(({ agentId, up }) => ({ agentId, up })),
      watches: watches.map(({ legId, targetLegId }) => ({ legId, targetLegId })),
      recordings: recordingsOf(storedNames, new Set(byChannel.keys())),
    },
  };
  const unbegun = channels.flatMap(({ id }) => (recordingOfSide(id) && !storedNames.includes(id) ? [id] : []));
  const sound = { channels: ids(channels).filter(carriesSound), bridges: ids(bridges).filter(carriesSound) };
  const length = channels.length + bridges.length + stored.length + phoneStates.length;
  return { inventory, legs, watches, lines, unbegun: new Set(unbegun), sound, length };
}

function ids(things: readonly { id: string }[]): string[] {
  return things.map(({ id }) => id);
}

/** What a channel is, by what is written on it, by its id, or by its place in the dialplan. */
function asLeg(channel: Channel, app: string): Leg[] {
  const mark = readMark(channel.accountcode, channel.id);
  const legId = mark?.legId ?? channel.id;
  const common = { legId, channelId: channel.id, up: channel.state === 'Up' && !isJudged(channel) };
  if (mark?.role === 'agent' || (!mark && isOfferLeg(channel.id))) {
    const agentId = phoneOfChannel(channel.name);
    return agentId === undefined
      ? []
      : [
          {
            role: 'agent',
            contactId: contactOfId(legId),
            agentId,
            rang: true,
            onLine: agentOfLine(channel.id) !== undefined,
            ...common,
          },
        ];
  }
  if (mark?.role === 'asked' || (!mark && isAskedLeg(channel.id))) {
    const purpose: LegPurpose = mark?.purpose ?? 'contact';
    const agentId = trunkOfChannel(channel.name) === undefined ? phoneOfChannel(channel.name) : undefined;
    const agent = agentId === undefined ? {} : { agentId };
    return [{ role: 'asked', contactId: contactOfId(legId), purpose, rang: true, ...agent, ...common }];
  }
  if (mark?.role === 'caller' || isCaller(channel, app)) {
    const pictures = picturesOf(channel.dialplan.app_data.split(',')[2]);
    return [{ role: 'caller', contactId: legId, endedByUs: false, pictures, ...common }];
  }
  return [];
}

/** The detector listens to a leg that has just been picked up. */
function isJudged({ dialplan: { context, exten, app_name } }: Channel): boolean {
  return context === CONTEXT.detection && exten.startsWith(NEW) && app_name !== 'Stasis';
}

/** Handed to us by the dialplan as a caller, or one to whom the detector listens or has listened. */
function isCaller({ dialplan }: Channel, app: string): boolean {
  const { app_name, app_data, context, exten } = dialplan;
  if (context === CONTEXT.detection && exten === ROLE.caller) return true;
  if (app_name !== 'Stasis' || !app_data.startsWith(`${app},`)) return false;
  const [role, was] = app_data.slice(app.length + 1).split(',');
  if (role === ROLE.detected) return was === ROLE.caller;
  return role === ROLE.caller || role === ROLE.phone;
}

function asContact(leg: Leg, channel: Channel, phones: Phones, askedAtMs: AtMs): Inventory['contacts'][number] {
  const since = Date.parse(channel.creationtime);
  const { app_data, exten } = channel.dialplan;
  const phone = app_data.split(',')[1] === ROLE.phone ? phoneOfChannel(channel.name) : undefined;
  return {
    contactId: leg.contactId,
    legId: leg.legId,
    up: leg.up,
    from: channel.caller.number,
    to: exten,
    sinceMs: Number.isNaN(since) ? askedAtMs : since,
    ...(phone !== undefined && phones.has(phone) ? { fromAgentId: phone } : {}),
  };
}

/** As commands name it: a customer by the contact. */
function nameOf(leg: Leg): LegId | ContactId {
  return leg.role === 'asked' && leg.purpose === 'contact' ? leg.contactId : leg.legId;
}

function asLine({ id, state, accountcode }: Channel): AgentLine[] {
  const agentId = agentOfLine(id);
  if (agentId === undefined) return [];
  return [{ agentId, channelId: id, up: state === 'Up', offerId: readMark(accountcode, id)?.legId }];
}

function asPlace(bridge: Bridge, names: ReadonlyMap<string, string>): CallInventory['places'][number][] {
  const found = placeOfBridge(bridge.id);
  if (!found) return [];
  const legIds = bridge.channels.map((channelId) => names.get(channelId) ?? channelId);
  return [{ place: found.place, contactId: found.contactId ?? null, legIds }];
}

function watchesOf(channels: readonly Channel[], names: ReadonlyMap<string, string>): Found['watches'] {
  const snoops = channels.flatMap(({ id, name }) => {
    const watcher = watcherOfSnoop(id);
    const target = targetOfSnoop(name);
    return watcher === undefined || target === undefined ? [] : [{ ...watcher, target, snoopId: id }];
  });
  const heard = snoops.filter(({ part = 0 }) => part > 0);
  return snoops
    .filter(({ part = 0 }) => part === 0)
    .map(({ legId, part, target, snoopId }) => ({
      legId,
      targetLegId: names.get(target) ?? target,
      mode: part === undefined ? 'whisper' : 'listen',
      snoopId,
      others: new Map(heard.filter((one) => one.legId === legId).map((one) => [one.target, one.snoopId])),
    }));
}

/** What runs has a snoop channel of the same name as its file. */
function recordingsOf(stored: readonly string[], channels: ReadonlySet<string>): CallInventory['recordings'] {
  const files = new Map<string, Set<string>>();
  for (const name of [...stored, ...channels]) {
    const recordingId = recordingOfSide(name)?.recordingId;
    if (recordingId === undefined) continue;
    files.set(recordingId, (files.get(recordingId) ?? new Set()).add(name));
  }
  return [...files].map(([recordingId, names]) => ({
    recordingId,
    contactId: contactOfId(recordingId),
    running: [...names].some((name) => channels.has(name)),
    files: [...names].sort(),
  }));
}
