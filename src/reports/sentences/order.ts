import type { OrderKind } from '../../model/call/order.ts';
import type { EventOf } from '../../model/event.ts';
import { type Sentences, targetName } from './sentence.ts';

type Kind =
  | `order.${'asked' | 'placed' | 'refused' | 'moved' | 'attempted' | 'closed'}`
  | `do_not_call.${'added' | 'removed'}`
  | `list.${'started' | 'stopped'}`;

const ORDERS: Readonly<Record<OrderKind, string>> = {
  callback: 'A callback',
  click: 'A call',
  list: 'A call of a list',
  voicemail: 'A message',
};

const REFUSED: Readonly<Record<EventOf<'order.refused'>['code'], string>> = {
  invalid_number: 'it is no number that can be dialled',
  not_allowed: 'this number may not be called',
  duplicate: 'this number is to be called already',
  full: 'as much is to be called as can be remembered',
};

const ATTEMPTED: Readonly<Record<EventOf<'order.attempted'>['result'], string>> = {
  talked: 'they have talked',
  busy: 'busy',
  no_answer: 'nobody answered',
  machine: 'a machine answered',
  machine_message: 'a message was left on a machine',
  answered: 'they answered, and needed no agent',
  unavailable: 'not reachable',
  failed: 'the call failed',
  declined: 'the call was declined',
  skipped: 'the agent did not want to call',
  not_allowed: 'this number may not be called',
  withdrawn: 'taken back before anybody was dialled',
};

const CLOSED: Readonly<Record<EventOf<'order.closed'>['reason'], string>> = {
  done: 'done',
  expired: 'too late',
  attempts_used: 'tried as often as it may be',
  cancelled: 'cancelled',
  replaced: 'replaced by a newer one',
  not_allowed: 'this number may not be called',
};

/** What is to be called. Numbers and names of customers are not told. */
export const ORDER: Sentences<Kind> = {
  'order.asked': ({ order }, { agent, queue }) =>
    `${ORDERS[order.kind]} was asked for, for ${targetName({ to: 'queue', queueId: order.queueId }, { agent, queue })}.`,
  'order.placed': ({ order }, { queue }) => `${ORDERS[order.kind]} was placed, for ${queue(order.queueId)}.`,
  'order.refused': ({ code }) => `It was refused: ${REFUSED[code]}.`,
  'order.moved': () => 'It was moved to another time.',
  'order.attempted': ({ attempt, result, againAtMs }) =>
    `Attempt ${attempt}: ${ATTEMPTED[result]}${againAtMs === undefined ? '' : '; there is to be another'}.`,
  'order.closed': ({ reason }) => `Nothing more is to be called: ${CLOSED[reason]}.`,
  'do_not_call.added': () => 'A number was added to those that may not be called.',
  'do_not_call.removed': () => 'A number was taken from those that may not be called.',
  'list.started': ({ listId }) => `The list ${listId} was started.`,
  'list.stopped': ({ listId, by }) =>
    by === 'limit' ? `The list ${listId} was stopped by its limit.` : `The list ${listId} was stopped.`,
};
