import type { LegTarget, Way } from '../../../model/call/leg.ts';
import type { CommandOf } from '../../../model/command.ts';
import { phoneAddress } from '../equipment/phones.ts';
import { trunkName } from '../equipment/trunk-objects.ts';
import { DETECT, markText, ROLE } from '../names.ts';
import { type Hand, send } from './hand.ts';
import { freeLine } from './lines.ts';
import { detectionVariables, LISTEN_MS } from './machine.ts';
import { callerIdOf, formatsFor, ringSeconds, TRANSFERS } from './offers.ts';

const HEADERS_MAX = 20;
const HEADER_LENGTH_MAX = 200;

/** Asks for a leg to an agent's phone or to a number. What becomes of it comes as `leg.rang`, `leg.answered` and `leg.ended`. */
export function dial(hand: Hand, command: CommandOf<'dial'>): void {
  const { ari, app, host, legs } = hand;
  const { contactId, legId, purpose, target, way, detectMachine } = command;
  const agent = target.to === 'agent' ? { agentId: target.agentId } : {};
  legs.add({
    role: 'asked',
    legId,
    channelId: legId,
    contactId,
    purpose,
    ...agent,
    rang: false,
    up: false,
    held: false,
  });
  const detection = detectMachine ? { contactId, listenMs: LISTEN_MS } : undefined;
  const request = ari.request('channels.originateWithId', {
    channelId: legId,
    endpoint: endpointOf(target, way),
    app,
    // It is listened to when the leg is in our hands: a call that went to the dialplan straight from the network would tell us nothing of its ringing and its end.
    appArgs: [ROLE.asked, purpose, contactId, ...(detection ? [DETECT] : [])].join(),
    callerId: callerIdOf(way?.callerId ?? ''),
    timeout: ringSeconds(hand, command.deadlineMs),
    ...formatsFor(hand, contactId),
    variables: {
      ...headerVariables(command.headers),
      ...TRANSFERS,
      ...(detection ? detectionVariables(detection) : {}),
      'CHANNEL(accountcode)': markText({ role: 'asked', purpose, legId }, legId),
    },
  });
  legs.asked(legId, request);
  send(hand, command, request, (error) => {
    // A request that was cut off may still ring somebody: hang up whatever became of it.
    ari.request('channels.hangup', { channelId: legId }).catch(() => undefined);
    if (!legs.remove(legId)) return;
    const cause = error.code === 'ari.failed' ? 'unavailable' : 'failed';
    host.take({ kind: 'leg.ended', atMs: host.now(), contactId, legId, cause });
  });
}

/** Taken back, or hung up when it was up; its end is told by its event. */
export function dropLeg(hand: Hand, command: CommandOf<'drop_leg'>): void {
  const leg = hand.legs.agent(command.legId);
  if (leg?.onLine) return freeLine(hand, leg);
  const channelId = hand.legs.channel(command.legId);
  send(hand, command, hand.ari.request('channels.hangup', { channelId, reason_code: '16' }));
}

function endpointOf(target: LegTarget, way: Way | null): string {
  if (target.to === 'agent') return phoneAddress(target.agentId);
  // Without a way there is no trunk, and Asterisk knows no endpoint of this name: the leg ends as unavailable.
  const number = (way?.number ?? target.number).replace(/[^0-9A-Za-z+*#._-]/g, '');
  return `PJSIP/${number}@${trunkName(way?.trunkId ?? '')}`;
}

/** Functions as variables are carried out on the new channel before its INVITE goes out. */
function headerVariables(headers: Readonly<Record<string, string>>): Record<string, string> {
  const fit = Object.entries(headers).filter(([name]) => /^X-[A-Za-z0-9-]{1,60}$/i.test(name));
  return Object.fromEntries(
    fit.slice(0, HEADERS_MAX).map(([name, value]) => [`PJSIP_HEADER(add,${name})`, headerValue(value)]),
  );
}

/** A header is one line: whatever could end it is left out. */
function headerValue(value: string): string {
  return value.replace(/\p{Cc}/gu, ' ').slice(0, HEADER_LENGTH_MAX);
}
