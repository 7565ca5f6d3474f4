import type { QueueId } from '../../../model/ids.ts';
import type { Prompt } from '../../prompt.ts';
import { byKey } from '../../shape/keys.ts';
import { listOrOne } from '../../shape/list.ts';
import { defaulted, required } from '../../shape/object.ts';
import { PROMPT } from '../../shape/prompt.ts';
import { choice, text } from '../../shape/scalars.ts';
import { template } from '../../shape/template.ts';
import { YES_NO } from '../../shape/yes-no.ts';
import { type Happening, type Move, type StepContext, stepKind, type Told } from '../../step-kind.ts';
import { refused } from '../refused.ts';
import { messageOrder, queueOfMailbox } from './mailbox.ts';
import { beginTaking, discarded, startTaking, type Taken, type Taking, takeMessage } from './message-taking.ts';
import { REVIEW_ACTIONS, type ReviewKey, reviewWords, usualGreeting } from './message-words.ts';
import { RECORDED, takingOf } from './recording-fields.ts';

const NOTIFIED_MAX = 20;
/** How long a key is waited for after the review was spoken; after the second time the message is saved as it is. */
const REVIEW_WAIT_MS = 8_000;
const REVIEWS_MAX = 2;

type Given = Taking & {
  readonly mailbox: string;
  readonly greeting: Prompt;
  readonly review: readonly ReviewKey[];
  readonly notify: readonly string[];
  readonly transcribe: boolean;
};

/** Lets the caller leave a message in a mailbox. */
export const voicemail = stepKind({
  type: 'voicemail',
  summary: 'Lets the caller leave a message in a mailbox.',
  fields: {
    mailbox: required(
      template('kept'),
      'Whose mailbox: the id of a queue, a team or an agent. May hold expressions.',
      '',
    ),
    greeting: defaulted(PROMPT, [], 'Played before the tone; words of its own in English or German when left out.'),
    ...RECORDED,
    review: defaulted(
      byKey(choice(REVIEW_ACTIONS)),
      [],
      'Keys that the caller has after the message, and what each does. The message is saved at once when left out.',
      {},
    ),
    notify: defaulted(
      listOrOne(text(), NOTIFIED_MAX),
      [],
      'Addresses that go along with the event `voicemail.saved`, for whoever sends them word.',
      [],
    ),
    transcribe: defaulted(
      YES_NO,
      false,
      'Whether it is written down, too. Not available yet: it is noted and passed over.',
    ),
  },
  given: (written): Given => ({
    ...takingOf(written),
    mailbox: written.mailbox,
    greeting: written.greeting,
    review: written.review,
    notify: written.notify,
    transcribe: written.transcribe,
  }),
  answers: true,
  needsCustomer: true,
  channels: ['voice'],
  outcomes: () => ['saved', 'too_short', 'cancelled', 'hangup_saved'],
  gives: () => ({ result: { fields: { recording: 'text', duration_ms: 'number' } } }),
  keys: ({ terminator, review }) => [terminator, ...review.map(({ key }) => key)],
  enter: (given, context) => {
    const queueId = queueOfMailbox(context.site, context.fill(given.mailbox));
    if (queueId === undefined) return refused('step.invalid', `There is no mailbox ${given.mailbox}.`);
    const words = given.greeting.length > 0 ? given.greeting : usualGreeting(given.terminator, context.language);
    return beginTaking(given, context.prompt(words), context, queueId);
  },
  receive: (given, happening, context) => {
    const queueId = queueOfMailbox(context.site, context.fill(given.mailbox));
    if (queueId === undefined) return refused('step.invalid', `There is no mailbox ${given.mailbox}.`);
    const met = takeMessage(given, happening, context, queueId);
    if (met === 'failed') return failed(context);
    if (met === undefined) return review(given, happening, context, queueId);
    return 'recordingId' in met ? taken(given, met, context, queueId) : met;
  },
});

function failed({ gone }: StepContext): Move {
  // Who has hung up is told nothing.
  return gone ? { outcome: 'hangup' } : refused('step.recording_failed', 'The message could not be recorded.');
}

/** The message has ended: it is kept, or reviewed, or was too short to be one. */
function taken(given: Given, message: Taken, context: StepContext, queueId: QueueId): Move {
  const { recordingId, durationMs } = message;
  if (durationMs < given.minMs) {
    return { tell: [discarded(recordingId)], outcome: context.gone ? 'hangup' : 'too_short', wakeInMs: null };
  }
  if (context.gone) return saved(given, message, context, queueId, 'hangup_saved');
  if (given.review.length === 0) return saved(given, message, context, queueId, 'saved');
  return ask(given, context, []);
}

function ask({ review }: Given, context: StepContext, before: Move['play']): Move {
  const words = context.prompt(reviewWords(review, context.language));
  return { stopPrompt: true, play: [...(before ?? []), ...words], wakeInMs: null };
}

/** The customer was asked what is to become of the message. */
function review(given: Given, happening: Happening, context: StepContext, queueId: QueueId): Move {
  const { message, notes } = context;
  if (!message?.finished) return {};
  const { recordingId, finished } = message;
  const whole = { recordingId, durationMs: finished.durationMs };
  if (happening.what === 'prompt_finished') return { wakeInMs: REVIEW_WAIT_MS };
  if (happening.what === 'time_out') {
    const asked = Number(notes['asked'] ?? 1);
    notes['asked'] = asked + 1;
    return asked < REVIEWS_MAX ? ask(given, context, []) : saved(given, whole, context, queueId, 'saved');
  }
  if (happening.what !== 'digit') return {};
  switch (given.review.find(({ key }) => key === happening.digit)?.value) {
    case 'listen':
      return ask(given, context, [{ recordingId }]);
    case 'rerecord':
      return startTaking(given, context, queueId, [discarded(recordingId)]);
    case 'save':
      return saved(given, whole, context, queueId, 'saved');
    case 'cancel':
      return { tell: [discarded(recordingId)], outcome: 'cancelled', wakeInMs: null };
    case undefined:
      return {};
  }
}

function saved(given: Given, message: Taken, context: StepContext, queueId: QueueId, outcome: string): Move {
  const { recordingId, durationMs } = message;
  const order = messageOrder(context, queueId, recordingId);
  const { notify, transcribe } = given;
  const data = { recording: recordingId, mailbox: queueId, duration_ms: durationMs, notify: [...notify] };
  const tell: Told[] = [
    { kind: 'order.asked', order, by: 'flow', duplicates: 'keep_both' },
    { kind: 'flow.emitted', name: 'voicemail.saved', data },
  ];
  if (transcribe) tell.push({ kind: 'flow.noted', level: 'warning', message: 'Messages are not written down yet.' });
  return { tell, outcome, wakeInMs: null, result: { recording: recordingId, duration_ms: durationMs } };
}
