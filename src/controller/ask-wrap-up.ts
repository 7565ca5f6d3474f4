import type { AgentRecord, Work } from '../acd/state.ts';
import type { EventOf } from '../model/event.ts';
import { failed, ok, type Result } from '../model/failure.ts';
import type { AtMs, ContactId } from '../model/ids.ts';
import { wrapUpRule } from './agent-view.ts';
import type { State } from './state.ts';

/** True when the agent may end this wrap-up only by saying what came of the contact. */
export function needsResult(state: State, work: Work): boolean {
  return wrapUpRule(state, work)?.mode === 'result_required';
}

/** Failures: `agent.not_in_wrap_up`, `agent.contact_required`, `agent.extension_refused`. */
export function extendWrapUp(
  state: State,
  agent: AgentRecord,
  contactId: ContactId | undefined,
  atMs: AtMs,
): Result<EventOf<'agent.wrap_up_extended'>> {
  const found = wrapUpOf(agent, contactId);
  if (!found.ok) return found;
  const work = found.value;
  const rule = wrapUpRule(state, work);
  if (rule?.mode !== 'extendable' || work.extensions >= rule.extensionsMax) {
    const message =
      rule?.mode === 'extendable'
        ? `This wrap-up was extended ${work.extensions} times, and more is not allowed.`
        : 'The queue of this contact does not let a wrap-up be extended.';
    return failed('agent.extension_refused', message, { agentId: agent.id, contactId: work.contactId });
  }
  const untilMs = Math.max(atMs, work.untilMs ?? atMs) + rule.extendMs;
  return ok({ kind: 'agent.wrap_up_extended', atMs, agentId: agent.id, contactId: work.contactId, untilMs });
}

/** Failures: `agent.not_in_wrap_up`, `agent.contact_required`, `agent.result_required`, `agent.result_unknown`. */
export function endWrapUp(
  state: State,
  agent: AgentRecord,
  asked: { readonly contactId?: ContactId; readonly result?: string },
  atMs: AtMs,
): Result<EventOf<'agent.wrap_up_ended'>> {
  const found = wrapUpOf(agent, asked.contactId);
  if (!found.ok) return found;
  const work = found.value;
  const { contactId } = work;
  const about = { agentId: agent.id, contactId };
  const results = wrapUpRule(state, work)?.results ?? [];
  const { result } = asked;
  if (result === undefined && needsResult(state, work)) {
    return failed('agent.result_required', `A result must be given: ${results.join(', ')}.`, about);
  }
  if (result !== undefined && !results.includes(result)) {
    const known = results.length > 0 ? `Known are: ${results.join(', ')}.` : 'The queue of this contact has none.';
    return failed('agent.result_unknown', `There is no such result. ${known}`, about);
  }
  const end = { kind: 'agent.wrap_up_ended', atMs, agentId: agent.id, contactId } as const;
  return ok(result === undefined ? end : { ...end, result });
}

/** The wrap-up that is meant: the one of the contact named, or the only one. */
function wrapUpOf(agent: AgentRecord, contactId: ContactId | undefined): Result<Work> {
  const all = agent.work.filter(({ stage }) => stage === 'wrap_up');
  const meant = contactId === undefined ? all : all.filter((work) => work.contactId === contactId);
  const agentId = agent.id;
  if (!meant[0]) {
    const message = contactId === undefined ? 'The agent has no wrap-up.' : 'The agent has no wrap-up of this contact.';
    return failed('agent.not_in_wrap_up', message, { agentId, ...(contactId !== undefined && { contactId }) });
  }
  // One contact may be wrapped up twice by one agent when it came back meanwhile; both end as one.
  if (contactId === undefined && meant.length > 1) {
    const message = `The agent wraps up ${meant.length} contacts; say which one is meant.`;
    return failed('agent.contact_required', message, { agentId });
  }
  return ok(meant[0]);
}
