import { TEXT_CHANNELS } from '../model/channel.ts';
import type { EndCause, Event, EventOf, TransferTarget } from '../model/event.ts';
import type { AgentId, AtMs, OfferId, QueueId } from '../model/ids.ts';
import type { PromptPart } from '../model/prompt.ts';
import type { OverflowTarget } from '../model/queue.ts';
import type { Site } from '../model/site.ts';
import { aboutLine, aboutQuietOffer, inChatWords } from './chat-sentence.ts';

/** Longest piece of a prompt's text that is repeated in a sentence. */
const PROMPT_CHARACTERS_MAX = 80;

type Offered = { readonly agentId: AgentId; sinceMs: AtMs };
type Names = { agent(id: AgentId): string; queue(id: QueueId): string };

const CAUSES: Readonly<Record<EndCause, string>> = {
  hung_up: 'hung up',
  busy: 'busy',
  rejected: 'rejected',
  no_answer: 'no answer',
  unavailable: 'not reachable',
  failed: 'failed',
  lost: 'connection lost',
};

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

const WITHDRAWN: Readonly<Record<EventOf<'offer.withdrawn'>['reason'], string>> = {
  customer_gone: 'the caller was gone',
  answered_elsewhere: 'somebody else answered first',
  queue_timeout: 'the longest wait of the flow was over',
  agent_gone: 'the agent was gone',
  leg_failed: 'the phone did not take the call',
  phone_unreachable: 'the phone was no longer reachable',
};

/** Gives one plain sentence for each event of one contact, taken in order. */
export function narrator(site: Site): (event: Event) => string {
  const names: Names = {
    agent: (id) => site.agents[id]?.name ?? id,
    queue: (id) => site.queues[id]?.name ?? ownQueueName(site, id) ?? id,
  };
  const offers = new Map<OfferId, Offered>();
  let written = false;
  return (event) => {
    if (event.kind === 'contact.arrived') written = TEXT_CHANNELS.has(event.channel);
    if (event.kind === 'offer.made') offers.set(event.offerId, { agentId: event.agentId, sinceMs: event.atMs });
    const offer = 'offerId' in event ? offers.get(event.offerId) : undefined;
    if (event.kind === 'offer.rang' && offer) offer.sinceMs = event.atMs;
    const agent = offer ? names.agent(offer.agentId) : 'The agent';
    const openMs = offer ? event.atMs - offer.sinceMs : undefined;
    const about = aboutContact(event, names) ?? aboutWaiting(event, names);
    if (about !== undefined) return written ? inChatWords(about) : about;
    return (
      aboutLine(event, names.agent) ??
      (written ? aboutQuietOffer(event, agent, openMs) : aboutOffer(event, `${agent}'s phone`, openMs)) ??
      aboutFlow(event) ??
      aboutFlowTold(event) ??
      aboutOthers(event, names)
    );
  };
}

/** The queue of one agent alone is called by the agent. */
function ownQueueName(site: Site, queueId: QueueId): string | undefined {
  const agent = queueId.startsWith('@') ? site.agents[queueId.slice(1)] : undefined;
  return agent && `${agent.name}'s own queue`;
}

function aboutContact(event: Event, names: Names): string | undefined {
  switch (event.kind) {
    case 'contact.arrived':
      return `A call from ${event.from || 'an unknown number'} to ${event.to} arrived.`;
    case 'contact.answered':
      return 'The call was answered.';
    case 'contact.ended':
      return `The call ended (${CAUSES[event.cause]}), ended by the ${event.endedBy}.`;
    case 'contact.queued':
      return `The caller began to wait in ${names.queue(event.queueId)}.`;
    case 'contact.dequeued':
      return leftQueue(event, names);
    case 'contact.connected':
      return `The caller was connected to ${names.agent(event.agentId)}.`;
    case 'contact.handled':
      return `The talk with ${names.agent(event.agentId)} ended after ${seconds(event.talkMs)}, ended by the ${event.endedBy}.`;
    case 'contact.transferred':
      return `${names.agent(event.agentId)} handed the call on to ${targetName(event.target, names)}.`;
    case 'contact.closed':
      return `${names.agent(event.agentId)} had done with the call.`;
    case 'contact.requeued':
      return 'The caller went back to the same place in the queue.';
    case 'connection.failed':
      return 'The caller and the agent could not be joined.';
    case 'contact.finished':
      return 'All that belonged to the call was cleared away.';
    default:
      return undefined;
  }
}

function leftQueue({ queueId, waitedMs, reason, overflow }: EventOf<'contact.dequeued'>, names: Names): string {
  const left = `The caller left ${names.queue(queueId)} after ${seconds(waitedMs)}`;
  if (!overflow) return `${left}: ${LEFT_QUEUE[reason]}.`;
  return `${left}: overflow rule ${overflow.rule + 1} sent the call to ${targetName(overflow.target, names)}.`;
}

function targetName(target: OverflowTarget | TransferTarget, names: Names): string {
  switch (target.to) {
    case 'queue':
      return names.queue(target.queueId);
    case 'flow':
      return `the flow ${target.flowId}`;
    case 'agent':
      return names.agent(target.agentId);
    case 'number':
    case 'external':
      return `the number ${target.number}`;
    case 'voicemail':
      return 'voicemail';
    case 'callback':
      return 'a callback';
  }
}

function aboutWaiting(event: Event, names: Names): string | undefined {
  switch (event.kind) {
    case 'wait.estimated':
      return `The wait in ${names.queue(event.queueId)} was estimated at ${seconds(event.p50Ms)}, and at most ${seconds(event.p90Ms)} for nine of ten.`;
    case 'contact.overdue':
      return `The caller had waited longer than the service level of ${names.queue(event.queueId)} allows.`;
    case 'contact.relaxed':
      return `The queue asked for less: step ${event.step} of its relaxation was reached.`;
    case 'contact.hold_ended':
      return 'The call was no longer kept for a certain agent.';
    default:
      return undefined;
  }
}

function aboutOffer(event: Event, phone: string, rangMs: number | undefined): string | undefined {
  const rang = rangMs === undefined ? `${phone} rang` : `${phone} rang for ${seconds(rangMs)}`;
  switch (event.kind) {
    case 'offer.made':
      return `${phone} was asked to ring.`;
    case 'offer.rang':
      return `${phone} began to ring.`;
    case 'offer.answered':
      return `${rang} and was answered.`;
    case 'offer.expired':
      return `${rang}; nobody answered.`;
    case 'offer.withdrawn':
      return `${phone} stopped ringing: ${WITHDRAWN[event.reason]}.`;
    case 'offer.failed':
      return `${phone} did not take the call (${CAUSES[event.cause]}).`;
    case 'offer.ended':
      return `${phone} left the call (${CAUSES[event.cause]}).`;
    default:
      return undefined;
  }
}

/** What flows tell, ask and hear besides prompts and keys; nothing of it is quoted. */
function aboutFlowTold(event: Event): string | undefined {
  switch (event.kind) {
    case 'flow.called':
      return `The flow ${event.flowId} was called.`;
    case 'flow.returned':
      return `The called flow came back with the outcome "${event.outcome}".`;
    case 'flow.cleaning_up':
      return `The flow ${event.flowId} went on after the customer had left.`;
    case 'flow.ended':
      return 'The flow had nothing left to do.';
    case 'flow.emitted':
      return `The flow told the event ${event.name}.`;
    case 'flow.noted':
      return `The flow noted something (${event.level}).`;
    case 'http.requested':
      return 'Another system was asked.';
    case 'http.answered':
      return 'status' in event.outcome
        ? `The other system answered with ${event.outcome.status} after ${seconds(event.tookMs)}.`
        : `The other system gave no answer (${event.outcome.failed}).`;
    case 'speech.heard':
      return 'The caller said something.';
    case 'language.chosen':
      return `The language ${event.language} was chosen.`;
    case 'contact.tagged':
      return `The contact was given the tags ${Object.keys(event.tags).join(', ')}.`;
    case 'music.started':
      return 'Music began.';
    case 'music.stopped':
      return 'Music ended.';
    case 'ringing.requested':
      return 'The flow let the caller hear that it rings.';
    case 'queue.exit_requested':
      return 'The customer asked by a key to leave the queue.';
    case 'authentication.failed':
      return event.untilMs === undefined
        ? 'A proof of who it is failed.'
        : 'A proof of who it is failed, and no more are taken for a while.';
    case 'authentication.passed':
      return 'It was proven who it is.';
    default:
      return undefined;
  }
}

function aboutFlow(event: Event): string | undefined {
  switch (event.kind) {
    case 'flow.started':
      return `The flow ${event.flowId} began.`;
    case 'flow.resumed':
      return 'The flow was taken up where it stood, after an interruption.';
    case 'step.entered':
      return `Step ${event.stepId} (${event.type}) began.`;
    case 'step.left':
      // The outcome of a menu may be the key itself; the step that follows tells the way that was taken.
      return /^[\d*#]+$/.test(event.outcome)
        ? `Step ${event.stepId} ended with a key that the caller pressed.`
        : `Step ${event.stepId} ended with the outcome "${event.outcome}".`;
    case 'prompt.started':
      return `A prompt began: ${promptText(event.parts)}`;
    case 'prompt.stopped':
      return 'The prompt was told to stop.';
    case 'prompt.finished':
      return {
        done: 'The prompt ended.',
        stopped: 'The prompt was cut short.',
        failed: 'The prompt could not be played.',
      }[event.result];
    case 'digit.received':
      // Which key it was is the caller's secret: it may be a PIN.
      return 'The caller pressed a key.';
    case 'answer.requested':
      return 'The flow asked for the call to be answered.';
    case 'hangup.requested':
      return `The flow asked for the call to be ended (${event.cause}).`;
    default:
      return undefined;
  }
}

function aboutOthers(event: Event, names: Names): string {
  switch (event.kind) {
    case 'agent.wrap_up_started':
      return `${names.agent(event.agentId)} began the wrap-up.`;
    case 'agent.wrap_up_extended':
      return `${names.agent(event.agentId)} took more time for the wrap-up.`;
    case 'agent.wrap_up_ended':
      return event.result === undefined
        ? `${names.agent(event.agentId)} ended the wrap-up.`
        : `${names.agent(event.agentId)} ended the wrap-up with the result "${event.result}".`;
    case 'agent.rest_started':
      return `${names.agent(event.agentId)} was left alone for a while (${CAUSES[event.cause]}).`;
    case 'agent.paused':
      return `${names.agent(event.agentId)} was paused (${event.reason}).`;
    case 'agent.pause_overran':
      return `The pause of ${names.agent(event.agentId)} (${event.reason}) lasted longer than allowed.`;
    case 'calendar.forced':
      return event.forced === null
        ? `The calendar ${event.calendarId} went by its hours again.`
        : `The calendar ${event.calendarId} was set to ${event.forced} by hand.`;
    default:
      return `${event.kind} was noted.`;
  }
}

/** What was said; longer numbers are left out, because a flow may read back what the caller typed. */
function promptText(parts: readonly PromptPart[]): string {
  const texts = parts.map((part) => {
    if ('say' in part) return `"${part.say.replaceAll(/\d(?:[\s.,-]*\d)+/g, '…')}"`;
    if ('file' in part) return `the recording ${part.file}`;
    if ('digits' in part) return 'digits';
    return `silence of ${seconds(part.silenceMs)}`;
  });
  const text = texts.join(', ');
  return text.length > PROMPT_CHARACTERS_MAX ? `${text.slice(0, PROMPT_CHARACTERS_MAX)}…` : text;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
