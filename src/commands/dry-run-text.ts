import type { ChangeKind, DryRunReport, QueueSummary, WaitingSummary } from '../controller/dry-run/dry-run-report.ts';

const KIND_WORDS: Readonly<Record<ChangeKind, string>> = {
  other_agent: 'to another agent',
  other_contact: 'another contact first',
  no_offer: 'no offer',
  sooner: 'offered sooner',
  sent_on: 'sent on',
  not_sent_on: 'not sent on',
  other_target: 'sent elsewhere',
};

/** The report for people. */
export function dryRunText(report: DryRunReport): string {
  return [
    head(report),
    queues(report.queues),
    changes(report),
    waiting(report.waiting),
    people(report),
    'Each change is told by itself: history goes on as it was, and what would have followed from a change is not counted.',
  ]
    .filter((part) => part !== '')
    .map((part) => `${part}\n`)
    .join('\n');
}

function head({ fromMs, toMs, events, decisions, changed }: DryRunReport): string {
  if (fromMs === null || toMs === null) return 'The journal has nothing in that time.';
  const span = `${new Date(fromMs).toISOString()} to ${new Date(toMs).toISOString()}`;
  return `${span}: ${events} events, ${decisions} decisions, of which ${changed} would be others.`;
}

function queues(summaries: readonly QueueSummary[]): string {
  return summaries
    .map(({ queueId, decisions, same, changes }) => {
      const kinds = Object.entries(changes).filter(([, count]) => count > 0);
      const words = kinds.map(([kind, count]) => `${count} ${KIND_WORDS[kind as ChangeKind]}`);
      return `${queueId}: ${decisions} decisions, ${same} the same${words.length > 0 ? `; ${words.join(', ')}` : ''}`;
    })
    .join('\n');
}

function changes({ changes, changed }: DryRunReport): string {
  if (changes.length === 0) return '';
  const lines = changes.map(({ atMs, queueId, text }) => `  ${new Date(atMs).toISOString()}  ${queueId}  ${text}`);
  const title = changed > changes.length ? `The first ${changes.length} changes:` : 'The changes:';
  return `${title}\n${lines.join('\n')}`;
}

function waiting(summaries: readonly WaitingSummary[]): string {
  if (summaries.length === 0) return '';
  const lines = summaries.map(({ queueId, contacts, first, agentsBefore, agentsAfter }) => {
    const many = `${contacts} contact${contacts === 1 ? '' : 's'} (${first}${contacts === 1 ? '' : ' ...'})`;
    if (agentsAfter === null) return `  ${queueId}  ${many}: the queue would be gone`;
    const alarm = agentsAfter === 0 ? ' - NOBODY could take them' : '';
    return `  ${queueId}  ${many}: ${agentsBefore ?? 0} agents may take them now, ${agentsAfter} then${alarm}`;
  });
  return `Waiting now:\n${lines.join('\n')}`;
}

function people({ agentsAdded, agentsRemoved }: DryRunReport): string {
  const added = agentsAdded.length > 0 ? `New agents, whom history does not know: ${agentsAdded.join(', ')}.` : '';
  const removed = agentsRemoved.length > 0 ? `Agents who would be gone: ${agentsRemoved.join(', ')}.` : '';
  return [added, removed].filter((part) => part !== '').join('\n');
}
