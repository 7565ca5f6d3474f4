import { type Order, PLAIN_ORDER } from '../../../model/call/order.ts';
import type { AtMs, QueueId, RecordingId } from '../../../model/ids.ts';
import type { Site } from '../../../model/site.ts';
import type { StepContext } from '../../step-kind.ts';

/** A message that nobody has heard after so long is not brought to anybody any more; it stays in the list of recordings. */
const EXPIRES_MS = 30 * 24 * 3_600_000;
/** How often it is brought to an agent: a talk with it that broke off is no talk. */
const ATTEMPTS = { attemptsMax: 10, retryMs: 60_000, ringMs: 30_000 };

/**
 * The queue whose agents hear the messages of a mailbox: a queue itself, an agent (`anna` or `@anna`), or for a team the first
 * queue that it serves. Undefined: there is no such mailbox.
 */
export function queueOfMailbox(site: Site, mailbox: string): QueueId | undefined {
  if (Object.hasOwn(site.queues, mailbox)) return mailbox;
  const agentId = mailbox.replace(/^@/, '');
  if (Object.hasOwn(site.agents, agentId)) return `@${agentId}`;
  if (!Object.hasOwn(site.teams, mailbox)) return undefined;
  const own = Object.values(site.queues).find(({ teams }) => teams?.includes(mailbox));
  return own?.id;
}

/** The order by which an agent comes to hear a message, and may call its sender. */
export function messageOrder(context: StepContext, queueId: QueueId, recordingId: RecordingId): Order {
  const { contactId, atMs, language } = context;
  return {
    ...PLAIN_ORDER,
    // The recording's own id: said twice, as after a restart, it is one order.
    id: recordingId,
    kind: 'voicemail',
    mode: 'hear',
    number: numberOf(context),
    queueId,
    language,
    fromContactId: contactId,
    virtualStartMs: atMs,
    dueAtMs: atMs,
    expiresAtMs: expiryAfter(atMs),
    rules: ATTEMPTS,
    recordingId,
  };
}

function expiryAfter(atMs: AtMs): AtMs {
  return atMs + EXPIRES_MS;
}

/** Empty for a customer who hides it. */
function numberOf({ scope }: StepContext): string {
  const { from } = scope['contact'] as { readonly from: string };
  return from;
}
