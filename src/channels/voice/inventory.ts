import type { AtMs } from '../../model/ids.ts';
import type { Inventory } from '../channel.ts';
import type { AriClient } from './ari/client.ts';
import type { Channel } from './ari/generated.ts';
import { contactOfBridge, isOfferLeg, phoneOfChannel, ROLE } from './names.ts';
import type { Phones } from './phones.ts';

/** Asks Asterisk what exists: channels of our application, our bridges, the phones of our agents. */
export async function takeInventory(ari: AriClient, app: string, phones: Phones, askedAtMs: AtMs): Promise<Inventory> {
  const [channels, bridges, phoneStates] = await Promise.all([
    ari.request('channels.list', {}),
    ari.request('bridges.list', {}),
    phones.list(),
  ]);
  return {
    askedAtMs,
    contacts: channels.flatMap((channel) => asContact(channel, app, phones, askedAtMs)),
    offers: channels.flatMap(({ id, name, state }) => {
      const agentId = isOfferLeg(id) ? phoneOfChannel(name) : undefined;
      return agentId === undefined ? [] : [{ offerId: id, agentId, up: state === 'Up' }];
    }),
    talks: bridges.flatMap((bridge) => {
      const contactId = contactOfBridge(bridge.id);
      return contactId === undefined ? [] : [{ contactId, legIds: bridge.channels }];
    }),
    phones: phoneStates,
  };
}

function asContact(channel: Channel, app: string, phones: Phones, askedAtMs: AtMs): Inventory['contacts'][number][] {
  const { app_name, app_data, exten } = channel.dialplan;
  const role = app_name === 'Stasis' && app_data.startsWith(`${app},`) ? app_data.slice(app.length + 1) : undefined;
  if (isOfferLeg(channel.id) || (role !== ROLE.caller && role !== ROLE.phone)) return [];
  const since = Date.parse(channel.creationtime);
  const phone = role === ROLE.phone ? phoneOfChannel(channel.name) : undefined;
  return [
    {
      contactId: channel.id,
      legId: channel.id,
      up: channel.state === 'Up',
      from: channel.caller.number,
      to: exten,
      sinceMs: Number.isNaN(since) ? askedAtMs : since,
      ...(phone !== undefined && phones.has(phone) ? { fromAgentId: phone } : {}),
    },
  ];
}
