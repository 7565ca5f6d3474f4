import type { Emit, Event, EventOf } from '../model/event.ts';
import type { AtMs } from '../model/ids.ts';
import type { Site } from '../model/site.ts';
import type { SpeechEvent } from '../model/speech/listening.ts';
import { confirmationFlow, dialledWish } from './built-in.ts';
import type { Floor } from './floor.ts';
import { type Beginning, beginningFor } from './numbers.ts';
import { customerLeft } from './running/clean-up.ts';
import { tellConfidence } from './running/confidence.ts';
import { flowOfStoppedQueue, flowOfStoppedSite } from './running/emergency.ts';
import { leftWithMessage, messageOver } from './running/hung-up-message.ts';
import { heardNow, stopListeningElsewhere } from './running/listening.ts';
import { fail, type Run } from './running/place.ts';
import { beginPlaced, greetingOver, isToBegin } from './running/placed.ts';
import { resume } from './running/resume.ts';
import { enterStep, happen, startFlow } from './running/run.ts';
import { beginWatch, watchBeginning } from './running/watch-code.ts';
import { backToQueue, endsWait, leavesQueueBy, waitsInQueue } from './running/while-waiting.ts';
import type { FlowState } from './session.ts';
import type { Happening } from './step-kind.ts';

/** What follows from an event that has just been applied; every decision is given to `emit` as an event of its own. */
export function decide(state: FlowState, event: Event, floor: Floor, emit: Emit): void {
  if (event.kind === 'time.passed') return timePassed(state, event.atMs, floor, emit);
  const { contactId } = event as { contactId?: string };
  const session = contactId === undefined ? undefined : state.sessions.get(contactId);
  if (!session) return;
  const run: Run = { state, session, floor, atMs: event.atMs, emit };
  decideFor(run, event);
  stopListeningElsewhere(run);
  tellConfidence(run);
}

function decideFor(run: Run, event: Event): void {
  const { session } = run;
  switch (event.kind) {
    case 'contact.arrived':
      return greet(run, event);
    case 'contact.answered':
      if (session.entersNow) enterStep(run);
      // Whose order stands in a queue leaves it first.
      else if (session.awaits !== 'queue') beginPlaced(run);
      return;
    case 'contact.ended':
      beginWatch(run);
      if (!leftWithMessage(run)) customerLeft(run);
      return;
    case 'flow.resumed':
      return resume(run);
    default:
      return toStep(run, event);
  }
}

/** Hands what happened to a contact to the step in which the contact is. */
function toStep(run: Run, event: Event): void {
  const { session } = run;
  if (endsWait(event)) backToQueue(run);
  if (session.flowId === null && session.placed) return beforeFlow(run, event);
  if (session.stage !== 'running' || session.stepId === null) return;
  switch (event.kind) {
    case 'digit.received':
      if (leavesQueueBy(run, event.digit)) backToQueue(run);
      return happen(run, { what: 'digit', digit: event.digit });
    case 'speech.started':
    case 'speech.heard':
    case 'speech.missed':
    case 'speech.failed':
      return heard(run, event);
    case 'message.received':
      if (leavesQueueBy(run, event.text.trim())) backToQueue(run);
      return happen(run, { what: 'reply', text: event.text });
    case 'prompt.finished':
      if (session.finishedPromptId === event.promptId) happen(run, promptFinished(event));
      return;
    case 'http.answered':
      return webAnswered(run, event);
    case 'contact.dequeued':
      return leftQueue(run, event);
    case 'contact.connected':
      // Whoever talks with an agent hears no announcement of the queue any more, but may come back to the queue.
      stopPrompt(run);
      if (session.awaits === 'queue') happen(run, { what: 'resumed' });
      return;
    case 'contact.handled':
      return handled(run, event);
    default:
      return callNews(run, event);
  }
}

function heard(run: Run, event: SpeechEvent): void {
  const happening = heardNow(run, event);
  if (happening) happen(run, happening);
}

/** Whom we called may have been in no flow before an agent hands the contact to one, or its own begins. */
function beforeFlow(run: Run, event: Event): void {
  switch (event.kind) {
    case 'contact.handled':
      if (event.transferred?.to !== 'flow') return;
      if (isToBegin(run.session)) return beginPlaced(run);
      return leaveFor(run, event.transferred.flowId, 'transferred');
    case 'contact.dequeued':
      return event.reason === 'exit' ? beginPlaced(run) : undefined;
    case 'machine.detected':
      return greetingOver(run);
    default:
      return;
  }
}

/** What the switchboard, the recorder and the orders tell the step that asked them. */
function callNews(run: Run, event: Event): void {
  switch (event.kind) {
    case 'dial.ended':
      return happen(run, { what: 'dialled', outcome: event.outcome });
    case 'far_talk.ended':
      // Whom an agent handed to a number outside is still in the step that brought the contact to the agent.
      return happen(run, { what: 'left_queue', reason: 'handled' });
    case 'recording.finished': {
      const { recordingId, result, durationMs } = event;
      if (run.session.gone) return run.session.message?.recordingId === recordingId ? messageOver(run) : undefined;
      return happen(run, { what: 'recorded', recordingId, result, durationMs });
    }
    case 'machine.detected':
      return happen(run, { what: 'detected', verdict: event.verdict });
    case 'room.left':
      return happen(run, { what: 'left_room', reason: event.reason });
    case 'order.placed':
      return happen(run, { what: 'order_placed', orderId: event.order.id });
    case 'order.refused':
      return happen(run, { what: 'order_refused', code: event.code });
    default:
      return;
  }
}

function promptFinished({ result }: EventOf<'prompt.finished'>): Happening {
  return result === 'failed' ? { what: 'prompt_finished', failed: true } : { what: 'prompt_finished' };
}

/** An answer that comes after the step was left, or for a request before a restart, is nobody's. */
function webAnswered(run: Run, { requestId, outcome, values }: EventOf<'http.answered'>): void {
  const awaited = `${run.session.contactId}.h${run.session.requestCount}`;
  if (run.session.requestId === null && requestId === awaited) happen(run, { what: 'web_answered', outcome, values });
}

/** Who is handed on to another queue is still in the same step; another flow begins at once. */
function handled(run: Run, { transferred }: EventOf<'contact.handled'>): void {
  if (transferred?.to === 'queue') return;
  if (transferred?.to === 'flow') return leaveFor(run, transferred.flowId, 'transferred');
  // The customer still talks, to somebody else; the end of that is told by an event of its own.
  if (transferred) return;
  happen(run, { what: 'left_queue', reason: 'handled' });
}

/** Answered and abandoned contacts leave the queue, too, but not the step: what becomes of them comes as an event of its own. */
function leftQueue(run: Run, { reason, overflow, queueId }: EventOf<'contact.dequeued'>): void {
  if (reason === 'emergency') return stopped(run, queueId);
  if (reason === 'timeout' || reason === 'exit') return happen(run, { what: 'left_queue', reason });
  const target = reason === 'overflow' ? overflow?.target : undefined;
  // The dispatcher itself puts the contact into the other queue; for the flow it is still the same wait.
  if (!target || target.to === 'queue') return;
  if (target.to === 'flow') return leaveFor(run, target.flowId, 'overflow');
  happen(run, { what: 'overflowed', target });
}

/** The queue is out of service by hand. What is announced there would be heard before the words of the emergency. */
function stopped(run: Run, queueId: string): void {
  const flowId = flowOfStoppedQueue(run, queueId);
  stopPrompt(run);
  if (flowId === undefined) happen(run, { what: 'left_queue', reason: 'timeout' });
  else leaveFor(run, flowId, 'emergency');
}

/** Leaves the step, whose queue or agent sends the contact to another flow. */
function leaveFor(run: Run, flowId: string, outcome: string): void {
  const { state, session, atMs, emit } = run;
  const { contactId, stepId } = session;
  state.deadlines.clear('step', contactId);
  if (stepId !== null) emit({ kind: 'step.left', atMs, contactId, stepId, outcome });
  startFlow(run, flowId);
}

function greet(run: Run, event: EventOf<'contact.arrived'>): void {
  const { state, session, floor, emit } = run;
  const { contactId, atMs } = event;
  const set = state.current === null ? undefined : state.sets.get(state.current);
  if (session.flowId !== null) return;
  // What our own agents dial is no call of a customer.
  const stop = event.fromAgentId === undefined ? flowOfStoppedSite(state) : undefined;
  if (stop !== undefined) return startFlow(run, stop);
  const beginning = set && (dialledFlow(set.site, event, floor, emit) ?? dialledNumberFlow(set.site, event));
  if (beginning) return startFlow(run, beginning.flowId, beginning.set);
  emit({ kind: 'flow.failed', atMs, contactId, code: set ? 'number.unknown' : 'flow.missing' });
  emit({ kind: 'hangup.requested', atMs, contactId, cause: set ? 'unallocated' : 'congestion' });
}

function dialledNumberFlow(site: Site, event: EventOf<'contact.arrived'>): Beginning | undefined {
  return beginningFor(site, event.to, event.channel, event.fromAgentId !== undefined);
}

/** The confirmation flow when one of our agents dialled a feature code; what the code asks for is emitted on the way. */
function dialledFlow(site: Site, event: EventOf<'contact.arrived'>, floor: Floor, emit: Emit): Beginning | undefined {
  const agentId = event.fromAgentId;
  const watch = agentId === undefined ? undefined : watchBeginning(site, agentId, event.to, floor);
  if (watch) return watch;
  const asked = agentId === undefined ? undefined : dialledWish(site, event.to);
  if (agentId === undefined || !asked) return undefined;
  const { atMs } = event;
  const inService = floor.loggedIn(agentId);
  if (!inService && (asked.wish === 'pause' || asked.wish === 'ready'))
    return { flowId: confirmationFlow('not_logged_in') };
  switch (asked.wish) {
    case 'log_in':
      if (!inService) emit({ kind: 'agent.logged_in', atMs, agentId, by: 'phone' });
      break;
    case 'log_out':
      if (inService) emit({ kind: 'agent.logged_out', atMs, agentId, by: 'phone' });
      break;
    case 'ready':
      emit({ kind: 'agent.readied', atMs, agentId, by: 'phone' });
      break;
    case 'pause':
      emit({ kind: 'agent.paused', atMs, agentId, reason: asked.reason, by: 'phone' });
      break;
    case 'unknown_reason':
      break;
  }
  return { flowId: confirmationFlow(asked.wish) };
}

/** How long a contact that waits in a queue is left alone when its time in flows is over. */
const LOOK_AGAIN_MS = 60_000;

function timePassed(state: FlowState, nowMs: AtMs, floor: Floor, emit: Emit): void {
  for (let due = state.deadlines.takeDue(nowMs); due; due = state.deadlines.takeDue(nowMs)) {
    const session = state.sessions.get(due.id);
    if (session?.stage !== 'running') continue;
    const run: Run = { state, session, floor, atMs: nowMs, emit };
    if (session.awaits === 'greeting') greetingOver(run);
    else if (due.kind === 'step') happen(run, TIME_OUT);
    else if (session.gone && session.awaits === 'message') customerLeft(run);
    else if (!waitsInQueue(session)) tooLong(run);
    else state.deadlines.set('flow', due.id, nowMs + LOOK_AGAIN_MS);
    stopListeningElsewhere(run);
    tellConfidence(run);
  }
}

const TIME_OUT: Happening = { what: 'time_out' };

function tooLong(run: Run): void {
  stopPrompt(run);
  fail(run, 'flow.too_long');
}

function stopPrompt({ session: { contactId, promptId }, atMs, emit }: Run): void {
  if (promptId !== null) emit({ kind: 'prompt.stopped', atMs, contactId, promptId });
}
