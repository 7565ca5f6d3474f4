import { classOf } from '../../acd/routing/class.ts';
import type { AcdState, Item } from '../../acd/state.ts';
import type { WaitingSummary } from './dry-run-report.ts';

/** Who waits now, by class, and how many agents may have them in one site and in the other. */
export function waitingSummaries(before: AcdState, after: AcdState): WaitingSummary[] {
  const groups = new Map<string, { items: Item[]; summary: Pick<WaitingSummary, 'agentsBefore' | 'agentsAfter'> }>();
  for (const item of before.items.values()) {
    if (item.stage !== 'waiting') continue;
    const other = after.items.get(item.contactId);
    const one = classOf(before, item);
    const two = other && classOf(after, other);
    const key = `${item.queueId} ${one?.number ?? '-'} ${two?.number ?? '-'}`;
    const group = groups.get(key);
    if (group) group.items.push(item);
    else {
      const summary = { agentsBefore: one?.eligibleCount ?? null, agentsAfter: two?.eligibleCount ?? null };
      groups.set(key, { items: [item], summary });
    }
  }
  return [...groups.values()]
    .map(({ items, summary }) => {
      const first = items.reduce((a, b) => (b.queuedAtMs < a.queuedAtMs ? b : a));
      return { queueId: first.queueId, contacts: items.length, first: first.contactId, ...summary };
    })
    .sort((a, b) => (a.queueId === b.queueId ? b.contacts - a.contacts : a.queueId < b.queueId ? -1 : 1));
}
