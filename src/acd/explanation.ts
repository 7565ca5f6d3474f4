import { EXPLANATION_BYTES_MAX, type Explanation } from '../model/explanation.ts';
import { type Candidate, rejected } from './routing/choose-agent.ts';
import type { ChosenItem } from './routing/choose-item.ts';
import { queueOf } from './routing/tables.ts';
import type { AcdState, Item } from './state.ts';

/** Most that is written besides runners-up and reasons: the longest strategy, a score of 20 places, a step of two. */
const FRAME_BYTES = 96;
/** Quotes, colon, comma and up to five places of a count. */
const COUNT_BYTES = 9;
/** Brackets, quotes, commas and up to 20 places of a score. */
const SCORE_BYTES = 26;

/** Why this agent was chosen for an item: best first, as chooseAgent gives them. */
export function whyAgent(state: AcdState, item: Item, candidates: readonly Candidate[]): Explanation {
  const winner = candidates[0];
  const others = candidates.slice(1);
  const strategy = queueOf(state, item.queueId)?.strategy;
  return bounded({
    by: 'agent',
    ...(strategy ? { s: strategy } : {}),
    w: told(winner!.measure),
    r: others.map(({ agent, measure }) => [agent.id, told(measure)] as const),
    k: item.step,
    x: rejected(state, item),
  });
}

/** Why this item was chosen for an agent: the most urgent first, as chooseItem gives them. */
export function whyItem({ heads, waiting, eligible }: ChosenItem): Explanation {
  const winner = heads[0];
  const others = heads.slice(1);
  return bounded({
    by: 'contact',
    w: told(winner!.score),
    r: others.map(({ item, score }) => [item.contactId, told(score)] as const),
    k: winner!.item.step,
    n: [waiting, eligible],
  });
}

/** Three places after the point: enough to see who was ahead, and short. */
function told(measure: number): number {
  return Math.abs(measure) >= 1e15 ? Math.sign(measure) * 1e15 : Math.round(measure * 1000) / 1000;
}

/** Leaves runners-up out, the last first, until it is small enough whatever the numbers are. */
function bounded(why: Explanation): Explanation {
  let bytes = FRAME_BYTES;
  for (const because in why.x) bytes += because.length + COUNT_BYTES;
  let kept = 0;
  for (const [id] of why.r) {
    bytes += utf8Bytes(id) + SCORE_BYTES;
    if (bytes >= EXPLANATION_BYTES_MAX) break;
    kept += 1;
  }
  return kept === why.r.length ? why : { ...why, r: why.r.slice(0, kept) };
}

/** Length of a text in UTF-8 with what JSON puts before a character at most. */
function utf8Bytes(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    bytes += code < 0x20 ? 6 : code === 0x22 || code === 0x5c ? 2 : code < 0x80 ? 1 : 3;
  }
  return bytes;
}
