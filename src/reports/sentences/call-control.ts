import type { EventOf } from '../../model/event.ts';
import { capital, type Sentences, targetName } from './sentence.ts';

type Kind =
  | `call.${'held' | 'retrieved' | 'muted' | 'unmuted'}`
  | `consult.${'started' | 'answered' | 'joined' | 'completed' | 'returned' | 'ended'}`
  | `watch.${'started' | 'changed' | 'stopped' | 'took_over'}`
  | 'party.dropped'
  | 'talk.handed_over';

const CONSULT_END: Readonly<Record<EventOf<'consult.ended'>['reason'], string>> = {
  completed: 'the customer was handed over',
  returned: 'the agent went back to the customer',
  hung_up: 'who was asked hung up',
  no_answer: 'nobody answered',
  busy: 'busy',
  failed: 'the call failed',
  not_allowed: 'such numbers may not be dialled',
  customer_gone: 'the customer was gone',
};

const WATCHES: Readonly<Record<EventOf<'watch.started'>['mode'], string>> = {
  listen: 'to listen',
  whisper: 'to speak to the agent alone',
  barge: 'to speak to both',
};

/** What agents and supervisors do within a call. */
export const CALL_CONTROL: Sentences<Kind> = {
  'call.held': ({ offerId }, { offered }) => `${offered(offerId)} put the caller on hold.`,
  'call.retrieved': ({ offerId }, { offered }) => `${offered(offerId)} took the caller off hold.`,
  'call.muted': ({ legId }, { leg }) => `The microphone of ${leg(legId)} was turned off.`,
  'call.unmuted': ({ legId }, { leg }) => `The microphone of ${leg(legId)} was turned on again.`,
  'consult.started': ({ agentId, target }, about) =>
    `${about.agent(agentId)} asked ${targetName(target, about)} for help while the caller waited.`,
  'consult.answered': ({ legId }, { leg }) => `${capital(leg(legId))} was there to help.`,
  'consult.joined': () => 'All three talked to each other.',
  'consult.completed': () => 'The agent handed the caller to whom the agent had asked.',
  'consult.returned': () => 'The agent went back to the caller.',
  'consult.ended': ({ reason }) => `The question was over: ${CONSULT_END[reason]}.`,
  'party.dropped': ({ legId }, { leg }) => `${capital(leg(legId))} was sent out of the call.`,
  'talk.handed_over': ({ agentId }, { agent }) => `The talk was ${agent(agentId)}'s from then on.`,
  'watch.started': ({ agentId, watchedAgentId, mode, announced }, { agent }) =>
    `${agent(agentId)} joined the talk of ${agent(watchedAgentId)} ${WATCHES[mode]}${announced ? ', and both were told' : ''}.`,
  'watch.changed': ({ legId, mode }, { leg }) => `${capital(leg(legId))} went on ${WATCHES[mode]}.`,
  'watch.stopped': ({ legId }, { leg }) => `${capital(leg(legId))} left the talk.`,
  'watch.took_over': ({ legId }, { leg }) => `${capital(leg(legId))} took the talk over.`,
};
