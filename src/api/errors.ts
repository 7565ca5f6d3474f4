import type { Failure } from '../model/failure.ts';

/** Every error that the API answers with. docs/errors.md has a row for each; a test compares the two. */
export const API_ERRORS = {
  'auth.missing': { status: 401, meaning: 'The request has no API key.' },
  'auth.wrong': { status: 401, meaning: 'The API key is wrong.' },
  'auth.slow_down': {
    status: 429,
    meaning: 'Too many wrong API keys came from this address; wait as Retry-After says.',
  },
  'route.unknown': { status: 404, meaning: 'There is no such method and path.' },
  'request.invalid': { status: 400, meaning: 'A parameter or the body is not as described; details name the place.' },
  'request.malformed': { status: 400, meaning: 'The request is no well-formed HTTP, address or JSON.' },
  'request.timed_out': { status: 408, meaning: 'The request did not arrive whole in time.' },
  'request.too_large': { status: 413, meaning: 'The body is larger than 64 KiB.' },
  'request.unsupported_type': { status: 415, meaning: 'The body is not application/json.' },
  'request.headers_too_large': { status: 431, meaning: 'The header fields are larger than 16 KiB.' },
  'agent.unknown': { status: 404, meaning: 'The site has no such agent.' },
  'agent.logged_out': { status: 409, meaning: 'The agent is not logged in: nothing can be asked of the agent.' },
  'agent.reason_unknown': { status: 400, meaning: 'The site has no such pause reason.' },
  'agent.not_in_wrap_up': { status: 409, meaning: 'The agent has no wrap-up, or none of this contact.' },
  'agent.contact_required': { status: 400, meaning: 'The agent wraps up several contacts; name one of them.' },
  'agent.extension_refused': {
    status: 409,
    meaning: 'The queue lets this wrap-up not be extended, or not as often.',
  },
  'agent.result_required': { status: 409, meaning: 'The wrap-up ends only with a result.' },
  'agent.result_unknown': { status: 400, meaning: 'The queue of the contact has no such result.' },
  'callback.unknown': {
    status: 404,
    meaning: 'There is no such callback, or it has been over for so long that it is not shown any more.',
  },
  'callback.number_invalid': { status: 400, meaning: 'This is no telephone number.' },
  'callback.not_allowed': {
    status: 409,
    meaning: 'The site does not let this number be dialled, or it is on the list of numbers that nobody may call.',
  },
  'callback.duplicate': { status: 409, meaning: 'There is an open callback for this number and queue.' },
  'callback.full': {
    status: 503,
    meaning: 'There are as many open orders, in all or for this number, as are allowed.',
  },
  'callback.closed': { status: 409, meaning: 'The callback is over: nothing of it can be changed.' },
  'callback.expired': { status: 400, meaning: 'The callback would be over before it begins.' },
  'callback.flow_mode': { status: 400, meaning: 'A flow before the agent is for mode customer_first.' },
  'do_not_call.unknown': { status: 404, meaning: 'Nobody has forbidden this number.' },
  'do_not_call.full': { status: 409, meaning: 'As many numbers as allowed are forbidden: 200,000.' },
  'list.unknown': { status: 404, meaning: 'There is no such list.' },
  'list.exists': { status: 409, meaning: 'There is a list with this id.' },
  'list.running': { status: 409, meaning: 'The list is running, or calls of it are; stop it first.' },
  'list.busy': { status: 503, meaning: 'As many files as allowed are being loaded; try again.' },
  'list.full': {
    status: 409,
    meaning: 'There are as many lists, or rows in this one, as are allowed: 1,000 and 5,000,000.',
  },
  'list.malformed': { status: 400, meaning: 'The file is no CSV with a column number in its first line.' },
  'list.zone_unknown': { status: 400, meaning: 'The time zone of the list is no IANA name.' },
  'list.unavailable': { status: 503, meaning: 'The database does not answer; try again.' },
  'offer.not_preview': { status: 409, meaning: 'The agent has no number that is shown before it is called.' },
  'calendar.unknown': { status: 404, meaning: 'The site has no such calendar.' },
  'contact.unknown': { status: 404, meaning: 'The journal has no such contact.' },
  'flows.version_unknown': { status: 404, meaning: 'No flows of this version were ever in service.' },
  'flows.no_earlier': { status: 409, meaning: 'No other version of the flows was ever in service.' },
  'flows.recordings_gone': { status: 409, meaning: 'The recordings of this version are not kept any more.' },
  'contact.not_talking': { status: 409, meaning: 'Nobody talks to the contact, or another agent does.' },
  'contact.no_call': { status: 409, meaning: 'The contact is no telephone call.' },
  'call.customer_away': { status: 409, meaning: 'The customer is not on the line with the agent yet.' },
  'call.consulting': {
    status: 409,
    meaning: 'The agent asks somebody meanwhile: go back, join all or hand over first.',
  },
  'call.no_consult': { status: 409, meaning: 'The agent asks nobody.' },
  'call.not_answered': { status: 409, meaning: 'Whom the agent asks has not answered yet.' },
  'leg.unknown': { status: 404, meaning: 'There is nobody of this id in the call who could be meant.' },
  'outgoing.number_invalid': { status: 400, meaning: 'This is no number, and nobody at the site has it.' },
  'outgoing.not_allowed': { status: 403, meaning: 'No rule of the site allows such numbers.' },
  'outgoing.caller_id_not_allowed': {
    status: 403,
    meaning: 'The number that was to be shown is none of those that may be.',
  },
  'outgoing.calls_max': { status: 409, meaning: 'As many calls to the outside are up as the site allows.' },
  'outgoing.cost_max': { status: 409, meaning: 'Calls to the outside have cost as much today as the site allows.' },
  'outgoing.trunks_busy': {
    status: 503,
    meaning: 'Every trunk for such numbers has as many calls as it allows; try again.',
  },
  'contact.not_written': { status: 409, meaning: 'The contact is a call: nothing is written in it.' },
  'message.invalid': { status: 400, meaning: 'A line has 1 to 4,000 characters that can be seen.' },
  'offer.unknown': { status: 404, meaning: 'There is no such offer, or not any more.' },
  'offer.by_phone': { status: 409, meaning: 'The offer rings a phone and is answered there.' },
  'offer.taken': { status: 409, meaning: 'The offer was accepted already.' },
  'flow.unknown': { status: 404, meaning: 'There is no such flow in service.' },
  'watch.unknown': { status: 404, meaning: 'Nobody watches by this id, or not any more.' },
  'supervision.not_allowed': { status: 403, meaning: 'The site does not let this agent listen to this talk.' },
  'supervision.busy': { status: 409, meaning: 'The agent watches over a talk already.' },
  'supervision.unreachable': { status: 409, meaning: "The supervisor's phone cannot be reached." },
  'supervision.ringing': { status: 409, meaning: "The supervisor's phone has not been answered yet." },
  'supervision.full': { status: 409, meaning: 'At most 5 supervisors watch over one talk.' },
  'emergency.flow_required': { status: 400, meaning: 'No flow was named, and the site has no emergency_flow.' },
  'recording.unknown': { status: 404, meaning: 'There is no recording with this id.' },
  'recording.deleted': { status: 410, meaning: 'The recording was deleted; nothing can be heard of it any more.' },
  'recording.on_hold': { status: 409, meaning: 'The recording is under legal hold and cannot be deleted.' },
  'recording.range': { status: 416, meaning: 'The recording has no such bytes; details say how many it has.' },
  'recording.broken': {
    status: 500,
    meaning: 'The stored recording is not what was written: it was cut, changed or exchanged.',
  },
  'recording.key_missing': { status: 500, meaning: 'The key of the recording is not in recording-keys.json.' },
  'recording.busy': { status: 503, meaning: 'Too many recordings are read at once; try again.' },
  'recording.index_unavailable': { status: 503, meaning: 'The index of recordings cannot be read now; try again.' },
  'recording.folder_unwritable': {
    status: 503,
    meaning: 'The folder of the recordings cannot be written now; try again.',
  },
  'recording.closed': { status: 503, meaning: 'The program is being stopped; try again in a moment.' },
  'recording.no_talk': {
    status: 409,
    meaning: 'Nobody talks with the customer of this call now, or there is no such call.',
  },
  'recording.not_allowed': {
    status: 409,
    meaning: 'The rule says that such calls are never recorded, or the customer declined.',
  },
  'recording.not_running': { status: 409, meaning: 'Nothing of this call is recorded now.' },
  'transcription.no_talk': {
    status: 409,
    meaning: 'Nobody talks with the customer of this call now, or there is no such call.',
  },
  'transcription.not_allowed': {
    status: 409,
    meaning:
      'The call may not be recorded, by the rule or because the customer declined, and so it is not written down.',
  },
  'transcription.not_running': { status: 409, meaning: 'Nothing of this call is written down now.' },
  'transcription.no_engine': {
    status: 409,
    meaning: 'The site has no engine that writes down what is said in this language.',
  },
  'stream.full': { status: 503, meaning: 'As many streams as allowed are open; try again.' },
  'socket.full': { status: 503, meaning: "There are as many connections of agents' programs as are allowed." },
  'socket.too_slow': { status: 503, meaning: 'The connection took too long to take what was sent to it.' },
  'socket.stopping': { status: 503, meaning: 'The program is being restarted; connect again in a moment.' },
  'queue.unknown': { status: 404, meaning: 'The site has no such queue.' },
  'journal.unavailable': { status: 503, meaning: 'The journal cannot be read now; try again.' },
  'decision.busy': { status: 503, meaning: 'Another decision is being worked out again; try again.' },
  'decision.too_far': {
    status: 400,
    meaning: 'The decision lies too far back to be worked out again: more than 500,000 events.',
  },
  'report.busy': { status: 503, meaning: 'As many reports as allowed are being made; try again.' },
  'report.range_empty': { status: 400, meaning: 'The report must end after it begins.' },
  'report.range_too_long': { status: 400, meaning: 'A report spans at most 400 days.' },
  'report.too_many_rows': { status: 400, meaning: 'A report has at most 10,000 rows (intervals times queues).' },
  'report.too_many_contacts': { status: 400, meaning: 'A report counts at most 1,000,000 stays in queues.' },
  'report.timezone_unknown': { status: 400, meaning: 'The time zone is no IANA name.' },
  'asterisk.unavailable': { status: 503, meaning: 'Asterisk does not answer now; try again.' },
  'server.failed': { status: 500, meaning: 'Something broke inside; the log has it under the request id.' },
  'server.too_slow': { status: 503, meaning: 'The answer took too long; try again.' },
} as const satisfies Record<string, { status: number; meaning: string }>;

export type ApiErrorCode = keyof typeof API_ERRORS;

/** What may be wrong with the body of any POST. */
export const BODY_ERRORS: readonly ApiErrorCode[] = [
  'request.malformed',
  'request.too_large',
  'request.unsupported_type',
];

/** After how many seconds a request may be tried again when the answer is 503. */
const RETRY_AFTER_S = 5;

/** A refusal on its way to the client: one of the codes above, or a failure of the controller. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: Failure['details'];
  readonly retryAfterS: number | undefined;

  constructor(failure: Failure, retryAfterS?: number) {
    super(failure.message);
    this.code = failure.code;
    this.status = statusOf(failure.code);
    this.details = failure.details;
    this.retryAfterS = retryAfterS ?? (this.status === 503 ? RETRY_AFTER_S : undefined);
  }
}

/** An error from the table, in its own words or in better ones. */
export function apiError(code: ApiErrorCode, message?: string, details?: Failure['details']): ApiError {
  return new ApiError({ code, message: message ?? API_ERRORS[code].meaning, ...(details && { details }) });
}

/** The one shape of every failure. */
export function errorBody(error: ApiError, requestId: string): object {
  const { code, message, details } = error;
  return { error: { code, message, ...(details && { details }), requestId } };
}

/** Failures of the controller that the table does not have: `*.unknown` is not found, the rest is a conflict. */
function statusOf(code: string): number {
  if (Object.hasOwn(API_ERRORS, code)) return API_ERRORS[code as ApiErrorCode].status;
  return code.endsWith('.unknown') ? 404 : 409;
}
