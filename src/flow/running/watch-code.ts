import { maySupervise, watchLeg } from '../../model/call/supervision.ts';
import type { AgentId } from '../../model/ids.ts';
import type { Site } from '../../model/site.ts';
import { confirmationFlow } from '../built-in.ts';
import type { Floor, LiveTalk } from '../floor.ts';
import { agentsByExtension, type Beginning } from '../numbers.ts';
import type { Run } from './place.ts';

/** The flow that tells a supervisor what comes of the code and an agent's extension; undefined when it is not the code. */
export function watchBeginning(
  site: Site,
  supervisorId: AgentId,
  dialled: string,
  floor: Floor,
): Beginning | undefined {
  const code = site.featureCodes.watch;
  if (code === '' || !dialled.startsWith(code)) return undefined;
  const agentId = agentsByExtension(site).get(dialled.slice(code.length));
  const talk = agentId === undefined ? undefined : floor.talk(agentId);
  if (agentId === undefined || !talk) return { flowId: confirmationFlow('watch_no_talk') };
  if (!maySupervise(site, supervisorId, agentId, talk.queueId)) {
    return { flowId: confirmationFlow('watch_not_allowed') };
  }
  return { flowId: confirmationFlow('watch'), set: { supervisor: supervisorId, agent: agentId } };
}

/**
 * The phone that dialled the code has hung up, and rings now for the watch: so there is one way in which a supervisor's leg
 * comes to be, whoever asked for it. The talk may be another one by now, or none.
 */
export function beginWatch({ state, session, floor, atMs, emit }: Run): void {
  if (session.flowId !== confirmationFlow('watch')) return;
  const site = state.sets.get(state.current ?? '')?.site;
  const [supervisorId, agentId] = [String(session.vars['supervisor']), String(session.vars['agent'])];
  const talk: LiveTalk | undefined = floor.talk(agentId);
  if (!site || !talk || !maySupervise(site, supervisorId, agentId, talk.queueId)) return;
  const { contactId, offerId, queueId } = talk;
  emit({
    kind: 'watch.started',
    atMs,
    contactId,
    legId: watchLeg(contactId, atMs),
    agentId: supervisorId,
    offerId,
    queueId,
    watchedAgentId: agentId,
    mode: 'listen',
    announced: site.supervision.announced,
    by: 'phone',
  });
}
