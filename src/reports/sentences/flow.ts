import type { EventOf } from '../../model/event.ts';
import type { PromptPart } from '../../model/prompt.ts';
import { type Sentences, seconds } from './sentence.ts';

type Kind =
  | `flow.${'started' | 'called' | 'returned' | 'cleaning_up' | 'ended' | 'emitted' | 'noted' | 'failed' | 'resumed'}`
  | `step.${'entered' | 'left'}`
  | `prompt.${'started' | 'stopped' | 'finished'}`
  | `http.${'requested' | 'answered'}`
  | `message.${'received' | 'sent'}`
  | `music.${'started' | 'stopped'}`
  | `authentication.${'failed' | 'passed'}`
  | 'digit.received'
  | 'language.chosen'
  | 'contact.tagged'
  | 'ringing.requested'
  | 'answer.requested'
  | 'hangup.requested'
  | 'dtmf.sent'
  | 'detection.asked'
  | 'machine.detected';

/** Longest piece of a prompt's text that is repeated in a sentence. */
const PROMPT_CHARACTERS_MAX = 80;

const VERDICTS: Readonly<Record<EventOf<'machine.detected'>['verdict'], string>> = {
  human: 'It was a human who answered.',
  machine: 'It was a machine that answered.',
  fax: 'It was a fax machine that answered.',
  unknown: 'Nobody could tell whether a human had answered.',
};

/** What flows do, tell, ask and hear; nothing that customers enter is quoted. */
export const FLOW: Sentences<Kind> = {
  'flow.started': ({ flowId }) => `The flow ${flowId} began.`,
  'flow.resumed': () => 'The flow was taken up where it stood, after an interruption.',
  'flow.called': ({ flowId }) => `The flow ${flowId} was called.`,
  'flow.returned': ({ outcome }) => `The called flow came back with the outcome "${outcome}".`,
  'flow.cleaning_up': ({ flowId }) => `The flow ${flowId} went on after the customer had left.`,
  'flow.ended': () => 'The flow had nothing left to do.',
  'flow.failed': ({ code }) => `The flow could not go on (${code}).`,
  'flow.emitted': ({ name }) => `The flow told the event ${name}.`,
  'flow.noted': ({ level }) => `The flow noted something (${level}).`,
  'step.entered': ({ stepId, type }) => `Step ${stepId} (${type}) began.`,
  'step.left': ({ stepId, outcome }) =>
    // The outcome of a menu may be the key itself; the step that follows tells the way that was taken.
    /^[\d*#]+$/.test(outcome)
      ? `Step ${stepId} ended with a key that the caller pressed.`
      : `Step ${stepId} ended with the outcome "${outcome}".`,
  'prompt.started': ({ parts }) => `A prompt began: ${promptText(parts)}`,
  'prompt.stopped': () => 'The prompt was told to stop.',
  'prompt.finished': ({ result }) =>
    ({ done: 'The prompt ended.', stopped: 'The prompt was cut short.', failed: 'The prompt could not be played.' })[
      result
    ],
  // Which key it was is the caller's secret: it may be a PIN.
  'digit.received': ({ messageId }) =>
    messageId === undefined ? 'The caller pressed a key.' : 'The customer took one of the choices.',
  'message.received': ({ sensitive, text }) =>
    sensitive ? 'The customer wrote a line that is not kept.' : `The customer wrote ${lineOf(text)}.`,
  'message.sent': ({ agentId, text }, { agent }) => `${agent(agentId)} wrote ${lineOf(text)}.`,
  'http.requested': () => 'Another system was asked.',
  'http.answered': ({ outcome, tookMs }) =>
    'status' in outcome
      ? `The other system answered with ${outcome.status} after ${seconds(tookMs)}.`
      : `The other system gave no answer (${outcome.failed}).`,
  'language.chosen': ({ language }) => `The language ${language} was chosen.`,
  'contact.tagged': ({ tags }) => `The contact was given the tags ${Object.keys(tags).join(', ')}.`,
  'music.started': () => 'Music began.',
  'music.stopped': () => 'Music ended.',
  'ringing.requested': () => 'The flow let the caller hear that it rings.',
  'answer.requested': () => 'The flow asked for the call to be answered.',
  'hangup.requested': ({ cause }) => `The flow asked for the call to be ended (${cause}).`,
  'authentication.failed': ({ untilMs }) =>
    untilMs === undefined
      ? 'A proof of who it is failed.'
      : 'A proof of who it is failed, and no more are taken for a while.',
  'authentication.passed': () => 'It was proven who it is.',
  'dtmf.sent': () => 'The flow sent keys of the telephone.',
  'detection.asked': ({ greetingOnly }) =>
    greetingOnly
      ? 'A machine said its greeting, and the flow for machines waited for its end.'
      : 'The flow listened for whether a human or a machine had answered.',
  'machine.detected': ({ verdict }) => VERDICTS[verdict],
};

/** How long a line is, which is all that is told of it: what people write is private. */
function lineOf(text: string): string {
  return text.length === 1 ? 'a line of 1 character' : `a line of ${text.length} characters`;
}

/** What was said; longer numbers are left out, because a flow may read back what the caller typed. */
export function promptText(parts: readonly PromptPart[]): string {
  const texts = parts.map((part) => {
    if ('say' in part) return `"${part.say.replaceAll(/\d(?:[\s.,-]*\d)+/g, '\u2026')}"`;
    if ('file' in part) return `the recording ${part.file}`;
    if ('digits' in part) return 'digits';
    if ('recordingId' in part) return 'what somebody had said';
    return `silence of ${seconds(part.silenceMs)}`;
  });
  const text = texts.join(', ');
  return text.length > PROMPT_CHARACTERS_MAX ? `${text.slice(0, PROMPT_CHARACTERS_MAX)}\u2026` : text;
}
