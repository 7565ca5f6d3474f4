import type { EventOf } from '../../model/event.ts';
import { type About, CAUSES, numberName, type Sentences, seconds, targetName } from './sentence.ts';

type Kind =
  | `contact.${'arrived' | 'answered' | 'ended' | 'queued' | 'dequeued' | 'connected' | 'handled' | 'transferred'}`
  | `contact.${'closed' | 'requeued' | 'relaxed' | 'hold_ended' | 'overdue' | 'finished' | 'placed'}`
  | 'connection.failed'
  | 'wait.estimated'
  | 'queue.exit_requested';

const LEFT_QUEUE: Readonly<Record<EventOf<'contact.dequeued'>['reason'], string>> = {
  answered: 'an agent took the call',
  abandoned: 'the caller gave up',
  timeout: 'the longest wait of the flow was over',
  lost: 'the call was lost',
  overflow: 'a rule of the queue sent the call on',
  exit: 'the caller left by a key',
  unreached: 'the customer was not reached',
  emergency: 'the queue was stopped in an emergency',
};

const PLACED: Readonly<Record<EventOf<'contact.placed'>['mode'], string>> = {
  agent_first: 'An agent is to call',
  customer_first: 'The customer is to be called before an agent is, at',
  preview: 'An agent is to look at, and then to call,',
  hear: 'An agent is to hear the message of',
};

/** What becomes of a contact as a whole. */
export const CONTACT: Sentences<Kind> = {
  'contact.arrived': ({ from, to }) => `A call from ${from || 'an unknown number'} to ${to} arrived.`,
  'contact.placed': ({ mode, to, attempt }) => {
    const again = attempt > 1 ? `, the ${attempt}. time` : '';
    return `${PLACED[mode]} ${numberName(to)}${again}.`;
  },
  'contact.answered': () => 'The call was answered.',
  'contact.ended': ({ cause, endedBy }) => `The call ended (${CAUSES[cause]}), ended by the ${endedBy}.`,
  'contact.queued': ({ queueId, consult }, { queue }) =>
    consult ? `${queue(queueId)} was asked for help.` : `The caller began to wait in ${queue(queueId)}.`,
  'contact.dequeued': leftQueue,
  'contact.connected': ({ agentId }, { agent }) => `The caller was connected to ${agent(agentId)}.`,
  'contact.handled': ({ agentId, talkMs, endedBy }, { agent }) =>
    `The talk with ${agent(agentId)} ended after ${seconds(talkMs)}, ended by the ${endedBy}.`,
  'contact.transferred': ({ agentId, target }, about) =>
    `${about.agent(agentId)} handed the call on to ${targetName(target, about)}.`,
  'contact.closed': ({ agentId }, { agent }) => `${agent(agentId)} had done with the call.`,
  'contact.requeued': () => 'The caller went back to the same place in the queue.',
  'connection.failed': () => 'The caller and the agent could not be joined.',
  'contact.finished': () => 'All that belonged to the call was cleared away.',
  'wait.estimated': ({ queueId, p50Ms, p90Ms }, { queue }) =>
    `The wait in ${queue(queueId)} was estimated at ${seconds(p50Ms)}, and at most ${seconds(p90Ms)} for nine of ten.`,
  'contact.overdue': ({ queueId }, { queue }) =>
    `The caller had waited longer than the service level of ${queue(queueId)} allows.`,
  'contact.relaxed': ({ step }) => `The queue asked for less: step ${step} of its relaxation was reached.`,
  'contact.hold_ended': () => 'The call was no longer kept for a certain agent.',
  'queue.exit_requested': ({ digit }) =>
    digit === ''
      ? 'The contact was taken out of the queue by a flow, or with its order.'
      : 'The customer asked by a key to leave the queue.',
};

function leftQueue({ queueId, waitedMs, reason, overflow }: EventOf<'contact.dequeued'>, about: About): string {
  const left = `The caller left ${about.queue(queueId)} after ${seconds(waitedMs)}`;
  if (!overflow) return `${left}: ${LEFT_QUEUE[reason]}.`;
  return `${left}: overflow rule ${overflow.rule + 1} sent the call to ${targetName(overflow.target, about)}.`;
}
