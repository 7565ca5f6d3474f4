import { applyToEmergencies } from '../model/call/emergency.ts';
import type { Event, EventOf } from '../model/event.ts';
import type { Site } from '../model/site.ts';
import { applyToSession } from './running/apply-session.ts';
import { emptyFrame, type FlowState, LOCKS_MAX, type Session } from './session.ts';

/** The fold: brings the receptionist's state up to one event, live and at replay alike. It decides nothing. */
export function apply(state: FlowState, event: Event): void {
  switch (event.kind) {
    case 'flows.loaded':
      state.sets.set(event.flows.version, event.flows);
      state.current = event.flows.version;
      state.pinnedOver = event.pinned?.folderVersion ?? null;
      return forgetUnusedSets(state);
    case 'contact.arrived':
      return begin(state, event);
    case 'contact.placed':
      return placed(state, event);
    case 'calendar.forced':
      if (event.forced === null) state.forced.delete(event.calendarId);
      else state.forced.set(event.calendarId, event.forced);
      return;
    case 'emergency.declared':
    case 'emergency.lifted':
      return applyToEmergencies(state.emergencies, event);
    case 'authentication.failed':
      return lock(state, event);
    case 'authentication.passed':
      state.locks.delete(event.lock);
      return;
    case 'contact.finished':
      state.deadlines.clear('step', event.contactId);
      state.deadlines.clear('flow', event.contactId);
      if (state.sessions.delete(event.contactId)) forgetUnusedSets(state);
      return;
    case 'contact.ended':
      state.deadlines.clear('step', event.contactId);
  }
  const session = 'contactId' in event ? state.sessions.get(event.contactId) : undefined;
  if (session) applyToSession(session, event);
}

/** A contact of our own making is one with the customer, as if it had come by itself; its flow begins with the customer's answer. */
function placed(state: FlowState, event: EventOf<'contact.placed'>): void {
  const { contactId, atMs, to, from, language, onMachine = null } = event;
  const begins = event.mode === 'customer_first' ? (event.flowId ?? null) : null;
  const about = { contactId, atMs, channel: 'voice', from: to, to: from, language } as const;
  begin(state, about, { placed: true, begins, onMachine });
}

type Beginning = Omit<EventOf<'contact.arrived'>, 'kind' | 'legId'>;

type OwnMaking = Pick<Session, 'placed' | 'begins' | 'onMachine'>;
const CAME_BY_ITSELF: OwnMaking = { placed: false, begins: null, onMachine: null };

function begin(state: FlowState, event: Beginning, made: OwnMaking = CAME_BY_ITSELF): void {
  if (state.sessions.has(event.contactId)) return;
  const site = state.sets.get(state.current ?? '')?.site;
  const { language = '' } = event;
  state.sessions.set(event.contactId, {
    contactId: event.contactId,
    channel: event.channel,
    from: event.from,
    to: event.to,
    given: event.given ?? {},
    startedAtMs: event.atMs,
    language: spokenHere(language, site),
    answered: false,
    entersNow: false,
    version: state.current ?? '',
    machine: false,
    callers: [],
    stepsTaken: 0,
    stepsWaited: 0,
    queuePlace: null,
    orderId: null,
    message: null,
    confidential: false,
    error: null,
    promptId: null,
    finishedPromptId: null,
    promptCount: 0,
    listening: null,
    listenCount: 0,
    endedListenId: null,
    requestId: null,
    requestCount: 0,
    returned: null,
    gone: false,
    stage: 'running',
    // What is spread comes last: V8 takes 0.2 ms for thirty properties behind a spread, and none of it for a spread behind them.
    ...made,
    ...emptyFrame(),
  });
}

/** What the customer's program asked for, or its stem (`de` for `de-AT`), where the site speaks it; else the site's own. */
function spokenHere(asked: string, site: Site | undefined): string {
  const found = [asked, asked.split('-')[0]!].find((one) => site?.languages.includes(one));
  return found ?? site?.language ?? 'en';
}

/** Failures are counted until the last one is forgotten. */
function lock(state: FlowState, event: EventOf<'authentication.failed'>): void {
  const known = state.locks.get(event.lock);
  const failures = known && known.forgetMs > event.atMs ? known.failures : 0;
  state.locks.delete(event.lock);
  state.locks.set(event.lock, {
    failures: failures + 1,
    untilMs: event.untilMs ?? null,
    forgetMs: event.forgetMs,
  });
  for (const [name, { forgetMs }] of state.locks) {
    if (state.locks.size <= LOCKS_MAX && forgetMs > event.atMs) break;
    state.locks.delete(name);
  }
}

/** Old versions stay as long as a contact runs in them. */
function forgetUnusedSets(state: FlowState): void {
  if (state.sets.size <= 1) return;
  const used = new Set([...state.sessions.values()].map((session) => session.version));
  for (const version of state.sets.keys()) {
    if (version !== state.current && !used.has(version)) state.sets.delete(version);
  }
}
