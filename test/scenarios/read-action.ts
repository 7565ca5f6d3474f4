import type { AcdState } from '../../src/acd/state.ts';
import { CHANNELS, type Channel } from '../../src/model/channel.ts';
import type { EndCause, Event, EventOf, PhoneState } from '../../src/model/event.ts';
import { NO_NEEDS } from '../../src/model/needs.ts';
import type { Site } from '../../src/model/site.ts';
import { queueOf } from '../acd/oracle.ts';

const VERBS: Readonly<Record<string, Channel>> = { calls: 'voice', 'chats to': 'chat', mails: 'email' };
const FAILS: Readonly<Record<string, EndCause>> = {
  rejects: 'rejected',
  'is busy for': 'busy',
  'lets ring': 'no_answer',
  'is unavailable for': 'unavailable',
  'fails for': 'failed',
  'is lost for': 'lost',
};

/** The events that a row stands for; a text: why it cannot be understood. */
export function readAction(
  state: AcdState,
  sites: ReadonlyMap<string, Site>,
  who: string,
  does: string,
  atMs: number,
): Event[] | string {
  if (who === '') return does === '' ? [] : 'somebody must do it: the second column is empty';
  if (who === 'door') return door(does, atMs);
  if (who === 'site') {
    const name = /^becomes (.+)$/.exec(does)?.[1];
    const site = name === undefined ? undefined : sites.get(name);
    if (!site) return `there is no "=== site ${name ?? ''}"`;
    return [{ kind: 'flows.loaded', atMs, flows: { version: name!, site, flows: {}, tables: {} } }];
  }
  if (who.startsWith('calendar ')) return calendar(who.slice(9), does, atMs);
  if (Object.hasOwn(state.site.agents, who)) return agentAction(state, who, does, atMs);
  return contactAction(who, does, atMs);
}

function door(does: string, atMs: number): Event[] | string {
  if (does === 'is lost') return [{ kind: 'door.lost', atMs, door: 'voice', reason: 'story' }];
  if (does === 'is back') return [{ kind: 'door.agreed', atMs, door: 'voice' }];
  return `the door "is lost" or "is back", not "${does}"`;
}

function calendar(calendarId: string, does: string, atMs: number): Event[] | string {
  const forced = { 'is forced open': 'open', 'is forced closed': 'closed', 'is not forced': null } as const;
  if (!Object.hasOwn(forced, does)) return `a calendar ${Object.keys(forced).join(', or ')}`;
  return [{ kind: 'calendar.forced', atMs, calendarId, forced: forced[does as keyof typeof forced], by: 'api' }];
}

function agentAction(state: AcdState, agentId: string, does: string, atMs: number): Event[] | string {
  const phone = (to: PhoneState): Event => ({ kind: 'phone.changed', atMs, agentId, phone: to });
  const login: Event = { kind: 'agent.logged_in', atMs, agentId, by: 'phone' };
  if (does === 'is ready') return [phone('idle'), login];
  if (does === 'logs in') return [login];
  if (does === 'logs out') return [{ kind: 'agent.logged_out', atMs, agentId, by: 'phone' }];
  if (does === 'comes back') return [{ kind: 'agent.readied', atMs, agentId, by: 'phone' }];
  const pause = /^pauses for (.+)$/.exec(does);
  if (pause) return [{ kind: 'agent.paused', atMs, agentId, reason: pause[1]!, by: 'phone' }];
  const changed = /^phone is (idle|busy|unreachable)$/.exec(does);
  if (changed) return [phone(changed[1] as PhoneState)];
  const wrapUp = /^(ends|extends) wrap-up of (\S+?)(?: as (.+))?$/.exec(does);
  if (wrapUp) return wrapUpAction(state, agentId, wrapUp, atMs);
  return phoneAction(state, agentId, does, atMs);
}

function wrapUpAction(
  state: AcdState,
  agentId: string,
  [, what, contactId, result]: RegExpExecArray,
  atMs: number,
): Event[] | string {
  const work = state.agents.get(agentId)?.work.find((one) => one.stage === 'wrap_up' && one.contactId === contactId);
  if (!work) return `${agentId} does not wrap up ${contactId}`;
  const about = { atMs, agentId, contactId: contactId! };
  if (what === 'ends') return [{ kind: 'agent.wrap_up_ended', ...about, ...(result === undefined ? {} : { result }) }];
  const extendMs = queueOf(state, work.queueId)?.wrapUp.extendMs ?? 0;
  return [{ kind: 'agent.wrap_up_extended', ...about, untilMs: (work.untilMs ?? atMs) + extendMs }];
}

/** What an agent does with a contact that rings or talks. */
function phoneAction(state: AcdState, agentId: string, does: string, atMs: number): Event[] | string {
  const [, verb, contactId] = /^(.+?) (\S+)$/.exec(does) ?? [];
  const found = [...state.offers.values()].find((offer) => offer.agentId === agentId && offer.contactId === contactId);
  if (verb === undefined) return `an agent cannot "${does}"`;
  if (!found) return `${contactId} neither rings nor talks at ${agentId}`;
  const offerId = found.id;
  if (verb === 'answers') return [{ kind: 'offer.answered', atMs, offerId }];
  if (verb === 'hangs up on') return [{ kind: 'offer.ended', atMs, offerId, cause: 'hung_up' }];
  if (verb === 'cannot be joined with') return [{ kind: 'connection.failed', atMs, contactId: contactId!, offerId }];
  const cause = FAILS[verb];
  return cause ? [{ kind: 'offer.failed', atMs, offerId, cause }] : `an agent cannot "${does}"`;
}

function contactAction(contactId: string, does: string, atMs: number): Event[] | string {
  if (does === 'hangs up') return [{ kind: 'contact.ended', atMs, contactId, cause: 'hung_up', endedBy: 'customer' }];
  const [first, ...more] = does.split(',').map((part) => part.trim());
  const verb = Object.keys(VERBS).find((one) => first!.startsWith(`${one} `));
  const comes = /^comes to (\S+) by (\S+)$/.exec(first!);
  const channel = verb !== undefined ? VERBS[verb] : CHANNELS.find((one) => one === comes?.[2]);
  if (!channel) return `"${contactId}" is no agent of the site, and a contact cannot "${does}"`;
  const queueId = verb !== undefined ? first!.slice(verb.length + 1) : comes![1]!;
  let event: EventOf<'contact.queued'> = {
    kind: 'contact.queued',
    atMs,
    contactId,
    queueId,
    channel,
    priority: 0,
    skills: [],
    virtualStartMs: atMs,
  };
  for (const part of more) {
    const about = detail(part, atMs);
    if (typeof about === 'string') return about;
    event = { ...event, ...about };
  }
  return [event];
}

/** One of the details behind the queue, each after a comma. */
function detail(text: string, atMs: number): Partial<EventOf<'contact.queued'>> | string {
  const [, key, value] =
    /^(priority|needs|label|customer|attribute|waits since|due in|gives up after|prefers) (.+)$/.exec(text) ?? [];
  switch (key) {
    case 'priority':
      return { priority: Number(value) };
    case 'needs': {
      const levels = value!.split(' and ').map((one) => one.trim().split(' '));
      const required = Object.fromEntries(levels.map(([skill, level]) => [skill!, Number(level ?? 1)]));
      return { needs: { ...NO_NEEDS, required } };
    }
    case 'label':
      return { label: value! };
    case 'customer':
      return { customer: value! };
    case 'attribute': {
      const [name, is] = value!.split('=');
      return { attributes: { [name!.trim()]: (is ?? '').trim() } };
    }
    case 'waits since':
      return { virtualStartMs: Date.parse(`${new Date(atMs).toISOString().slice(0, 10)}T${value}Z`) };
    case 'due in':
      return { deadlineMs: atMs + durationMs(value!) };
    case 'gives up after':
      return { giveUpAtMs: atMs + durationMs(value!) };
    case 'prefers': {
      const [, agents, time] = /^(.+) for (\S+)$/.exec(value!) ?? [];
      if (agents === undefined) return 'write: prefers anna then ben for 30s';
      return { preferred: { agentIds: agents.split(' then '), untilMs: atMs + durationMs(time!) } };
    }
    default:
      return `"${text}" is not understood`;
  }
}

function durationMs(text: string): number {
  const [, count, unit] = /^(\d+)(s|m|h)$/.exec(text) ?? [];
  const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };
  return Number(count) * (units[unit ?? ''] ?? Number.NaN);
}
