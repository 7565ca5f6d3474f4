import type { Node } from 'yaml';
import type { Source } from '../flow/source.ts';
import { durationMs, oneOf, texts, wholeNumber } from '../flow/values.ts';
import type { AgentId, AtMs } from '../model/ids.ts';
import type { Agent, Site } from '../model/site.ts';
import type { Break, Shift, StaffGroup } from './scenario.ts';
import type { Day } from './scenario-traffic.ts';
import { LENGTH_MS_MAX, timeOfDayMs } from './scenario-values.ts';
import { AFTER_HOURS_MS_MAX } from './virtual-day.ts';

/** Most agents of one group that are modelled on another. */
export const COUNT_MAX = 10_000;
/** A group that is modelled on one agent. */
export type Copies = { readonly like: AgentId; readonly count: number };
export type ReadGroup = StaffGroup & { readonly copies: Copies | null };

const GROUP_KEYS = ['agents', 'like', 'count', 'shifts', 'back_after'];
const BACK_AFTER_MS = 60_000;

/**
 * Reads `staff`: one group of agents per key; absent: all agents of the site. Without shifts they are there from the
 * beginning of the day until nobody waits any more.
 */
export function readStaff(source: Source, node: Node | null | undefined, site: Site, day: Day): ReadGroup[] {
  const allDay: Shift[] = [{ fromMs: day.fromMs, toMs: day.toMs + AFTER_HOURS_MS_MAX, breaks: [] }];
  if (!node) {
    const agentIds = Object.keys(site.agents);
    return [{ name: 'all', agentIds, shifts: allDay, copies: null, backAfterMs: BACK_AFTER_MS }];
  }
  const groups: ReadGroup[] = [];
  const named = new Set<AgentId>();
  for (const { key, keyNode, value } of source.entries(node, 'staff')) {
    const fields = source.fields(value, `Staff ${key}`, GROUP_KEYS);
    if (fields.has('agents') === fields.has('like')) {
      const message = `Staff ${key} needs either "agents", a list, or "like" with "count".`;
      source.problem('key.missing', keyNode, message);
      continue;
    }
    const copies = fields.has('like') ? readCopies(source, keyNode, key, fields, site) : null;
    const agentIds = copies ? copyIds(key, copies.count) : namedAgents(source, fields.get('agents'), site, named);
    const shifts = fields.has('shifts') ? readShifts(source, fields.get('shifts'), day) : allDay;
    const limits = { minMs: 0, maxMs: LENGTH_MS_MAX };
    const backAfterMs =
      (fields.has('back_after') ? durationMs(source, fields.get('back_after'), 'back_after', limits) : undefined) ??
      BACK_AFTER_MS;
    groups.push({ name: key, agentIds, shifts, copies, backAfterMs });
  }
  return groups;
}

/** The site with agents of its own for every group that is modelled on one. */
export function staffedSite(site: Site, groups: readonly ReadGroup[]): Site {
  const agents: Record<AgentId, Agent> = { ...site.agents };
  for (const { copies, agentIds } of groups) {
    const like = copies && site.agents[copies.like];
    if (!like) continue;
    for (const id of agentIds) agents[id] = { ...like, id, name: id, extension: id };
  }
  return { ...site, agents };
}

/** The hyphen in front keeps them apart from the agents of any site, whose ids begin with a letter. */
export function copyIds(group: string, count: number): AgentId[] {
  return Array.from({ length: count }, (_, place) => `-${group}-${place + 1}`);
}

function readCopies(
  source: Source,
  at: Node,
  name: string,
  fields: Map<string, Node | null>,
  site: Site,
): Copies | null {
  if (!fields.has('count'))
    source.problem('key.missing', at, `Staff ${name} needs "count": how many agents there are.`);
  const like = oneOf(source, fields.get('like'), 'like', Object.keys(site.agents));
  const limits = { min: 0, max: COUNT_MAX };
  const count = fields.has('count') ? wholeNumber(source, fields.get('count'), 'count', limits) : undefined;
  return like === undefined || count === undefined ? null : { like, count };
}

function namedAgents(source: Source, node: Node | null | undefined, site: Site, named: Set<AgentId>): AgentId[] {
  const ids = texts(source, node, 'agents');
  const known = Object.keys(site.agents);
  for (const id of ids) {
    if (!known.includes(id)) {
      source.problem(
        'value.choice',
        node,
        `There is no agent "${id}" in site.yaml. Use "like" for agents that are not there.`,
      );
    }
    if (named.has(id)) source.problem('value.choice', node, `Agent ${id} stands in two groups. Take it out of one.`);
    named.add(id);
  }
  return ids;
}

function readShifts(source: Source, node: Node | null | undefined, day: Day): Shift[] {
  const shifts = source.list(node, 'shifts').flatMap((item): Shift[] => {
    const fields = source.fields(item, 'A shift', ['from', 'to', 'breaks']);
    const span = readSpan(source, item, fields, 'A shift', day);
    if (!span) return [];
    const breaks = fields.has('breaks') ? readBreaks(source, fields.get('breaks'), day, span) : [];
    return [{ ...span, breaks }];
  });
  if (!inOrder(shifts)) source.problem('value.range', node, 'Shifts must stand in order and may not overlap.');
  return shifts;
}

function readBreaks(source: Source, node: Node | null | undefined, day: Day, shift: Span): Break[] {
  const breaks = source.list(node, 'breaks').flatMap((item): Break[] => {
    const fields = source.fields(item, 'A break', ['from', 'to', 'reason']);
    const span = readSpan(source, item, fields, 'A break', day);
    const reason = fields.has('reason') ? source.text(fields.get('reason'), 'reason') : 'break';
    return span ? [{ ...span, reason: reason ?? 'break' }] : [];
  });
  const within = breaks.every(({ fromMs, toMs }) => fromMs >= shift.fromMs && toMs <= shift.toMs);
  if (!within || !inOrder(breaks)) {
    source.problem('value.range', node, 'Breaks must lie within their shift, in order and without overlap.');
  }
  return breaks;
}

type Span = { readonly fromMs: AtMs; readonly toMs: AtMs };

function readSpan(
  source: Source,
  node: Node,
  fields: Map<string, Node | null>,
  what: string,
  day: Day,
): Span | undefined {
  const moment = (key: 'from' | 'to'): number | undefined => {
    if (fields.has(key)) return timeOfDayMs(source, fields.get(key), key);
    source.problem('key.missing', node, `${what} needs "${key}", such as 08:00.`);
    return undefined;
  };
  const [from, to] = [moment('from'), moment('to')];
  if (from === undefined || to === undefined) return undefined;
  if (from >= to) source.problem('value.range', node, `${what} must end after it begins.`);
  return { fromMs: day.midnightMs + from, toMs: day.midnightMs + to };
}

function inOrder(spans: readonly Span[]): boolean {
  return spans.every((span, place) => place === 0 || spans[place - 1]!.toMs <= span.fromMs);
}
