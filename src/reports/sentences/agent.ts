import { CAUSES, type Sentences } from './sentence.ts';

type Kind =
  | `agent.${'logged_in' | 'logged_out' | 'paused' | 'readied' | 'pause_overran' | 'rest_started' | 'rest_ended'}`
  | `agent.${'wrap_up_started' | 'wrap_up_extended' | 'wrap_up_ended'}`
  | 'phone.changed'
  | 'line.asked'
  | 'line.opened'
  | 'line.closed';

/** What agents do, and what befalls them. */
export const AGENT: Sentences<Kind> = {
  'agent.logged_in': ({ agentId }, { agent }) => `${agent(agentId)} logged in.`,
  'agent.logged_out': ({ agentId }, { agent }) => `${agent(agentId)} logged out.`,
  'agent.paused': ({ agentId, reason }, { agent }) => `${agent(agentId)} was paused (${reason}).`,
  'agent.readied': ({ agentId }, { agent }) => `${agent(agentId)} was ready.`,
  'agent.pause_overran': ({ agentId, reason }, { agent }) =>
    `The pause of ${agent(agentId)} (${reason}) lasted longer than allowed.`,
  'agent.rest_started': ({ agentId, cause }, { agent }) =>
    `${agent(agentId)} was left alone for a while (${CAUSES[cause]}).`,
  'agent.rest_ended': ({ agentId }, { agent }) => `${agent(agentId)} was offered contacts again.`,
  'agent.wrap_up_started': ({ agentId }, { agent }) => `${agent(agentId)} began the wrap-up.`,
  'agent.wrap_up_extended': ({ agentId }, { agent }) => `${agent(agentId)} took more time for the wrap-up.`,
  'agent.wrap_up_ended': ({ agentId, result }, { agent }) =>
    result === undefined
      ? `${agent(agentId)} ended the wrap-up.`
      : `${agent(agentId)} ended the wrap-up with the result "${result}".`,
  'phone.changed': ({ agentId, phone }, { agent }) => `The phone of ${agent(agentId)} was ${phone}.`,
  'line.asked': ({ agentId }, { agent }) => `The persistent line of ${agent(agentId)} was asked for.`,
  'line.opened': ({ agentId }, { agent }) => `The persistent line of ${agent(agentId)} was connected.`,
  'line.closed': ({ agentId, cause }, { agent }) =>
    `The persistent line of ${agent(agentId)} was not connected any more (${CAUSES[cause]}).`,
};
