import type { AtMs } from '../../model/ids.ts';
import type { AcdState, AgentRecord, Item } from '../state.ts';
import { bitsInWord, hasBit } from './bits.ts';
import type { RoutingClass } from './class.ts';
import { scoreOf } from './order.ts';

/** The first of a line, with how urgent it is. */
export type Head = { readonly item: Item; readonly score: number };

export type ChosenItem = {
  /** The most urgent first, at most three. */
  readonly heads: readonly Head[];
  /** Classes in which somebody waits, and those of them that the agent can have now. */
  readonly waiting: number;
  readonly eligible: number;
};

const KEPT = 3;

/**
 * The item that this agent is to have next, over all queues the agent serves. Only the first of each line is looked at:
 * those behind it are of the same kind and come later. An item that nobody can take holds up none of another class.
 */
export function chooseItem(state: AcdState, agent: AgentRecord, nowMs: AtMs): ChosenItem {
  const { classes, rows, rowWords, waiting, heads } = state.index;
  const room = roomOf(state, agent);
  const best: Head[] = [];
  let newest: Map<string, Head> | undefined;
  let all = 0;
  let eligible = 0;
  for (let word = 0; word < rowWords; word++) {
    if (waiting[word] === 0) continue;
    all += bitsInWord(waiting[word]!);
    let bits = room === 0 ? 0 : rows[agent.slot * rowWords + word]! & waiting[word]!;
    while (bits !== 0) {
      const number = (word << 5) + 31 - Math.clz32(bits & -bits);
      bits &= bits - 1;
      if ((room & (1 << heads.media[number]!)) === 0) continue;
      const one = classes[number]!;
      if (heads.special[number] === 1) {
        const head = headFor(one, agent, nowMs);
        if (!head) continue;
        if (one.lifo) {
          newest ??= new Map();
          keepNewest(newest, head);
        } else keepBest(best, head);
      } else {
        const score = (nowMs - heads.keys[number]!) / heads.objectivesMs[number]!;
        if (best.length < KEPT || score >= best[KEPT - 1]!.score) keepBest(best, { item: one.line.first()!, score });
      }
      eligible += 1;
    }
  }
  for (const head of newest?.values() ?? []) keepBest(best, head);
  return { heads: best, waiting: all, eligible };
}

/** A bit for each kind of contact for which the agent has room. */
function roomOf(state: AcdState, agent: AgentRecord): number {
  let room = 0;
  for (const { free, phone, number } of state.index.media) {
    if (hasBit(free, agent.slot) && (state.doorOpen || !phone)) room |= 1 << number;
  }
  return room;
}

function headFor(one: RoutingClass, agent: AgentRecord, nowMs: AtMs): Head | undefined {
  const item = firstFor(one, agent);
  return item && { item, score: scoreOf(item.key, one.lifo, one.objectiveMs, nowMs) };
}

/** The first in line that does not ring at the agent already; where everybody rings, those in line may have offers. */
function firstFor(one: RoutingClass, agent: AgentRecord): Item | undefined {
  const first = one.line.first();
  if (!first || first.offers.length === 0) return first;
  for (const item of one.line) if (!agent.work.some(({ contactId }) => contactId === item.contactId)) return item;
  return undefined;
}

/** In a queue that serves the newest first, its classes are compared by who is newest, and only that one with other queues. */
function keepNewest(newest: Map<string, Head>, head: Head): void {
  const other = newest.get(head.item.queueId);
  if (!other || head.item.key < other.item.key || (head.item.key === other.item.key && byId(head, other))) {
    newest.set(head.item.queueId, head);
  }
}

function keepBest(heads: Head[], head: Head): void {
  let place = heads.length;
  if (place === KEPT && !isBefore(head, heads[KEPT - 1]!)) return;
  if (place === KEPT) place -= 1;
  // Written out, for `splice` makes a new array at each call.
  for (; place > 0 && isBefore(head, heads[place - 1]!); place--) heads[place] = heads[place - 1]!;
  heads[place] = head;
}

/** The more urgent one; among equals the one with the earlier key, then the smaller id. */
export function isBefore(a: Head, b: Head): boolean {
  if (a.score !== b.score) return a.score > b.score;
  if (a.item.key !== b.item.key) return a.item.key < b.item.key;
  return byId(a, b);
}

function byId(a: Head, b: Head): boolean {
  return a.item.contactId < b.item.contactId;
}

/** The first of every line in which somebody stands, the most urgent first. */
export function allHeads(state: AcdState, nowMs: AtMs): { readonly one: RoutingClass; readonly head: Head }[] {
  return state.index.classes
    .flatMap((one) => {
      const item = one?.line.first();
      return one && item ? [{ one, head: { item, score: scoreOf(item.key, one.lifo, one.objectiveMs, nowMs) } }] : [];
    })
    .sort((a, b) => (isBefore(a.head, b.head) ? -1 : 1));
}
