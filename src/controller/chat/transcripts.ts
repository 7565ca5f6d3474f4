import { TEXT_CHANNELS } from '../../model/channel.ts';
import type { Event, EventOf } from '../../model/event.ts';
import type { AtMs, ContactId } from '../../model/ids.ts';
import type { PromptPart } from '../../model/prompt.ts';
import {
  hasLine,
  LINE_CHARACTERS_MAX,
  type Line,
  TRANSCRIPT_CHARACTERS_MAX,
  TRANSCRIPT_LINES_MAX,
  type Transcript,
} from '../../model/transcript.ts';

/** How long, and of how many contacts that are over, the lines can still be read. */
export const ENDED_KEPT_MS = 600_000;
export const ENDED_KEPT_MAX = 1000;

/** The fold: every line of every written contact, live and at replay alike. */
export function applyToTranscripts(transcripts: Map<ContactId, Transcript>, event: Event): void {
  switch (event.kind) {
    case 'contact.arrived':
      return arrived(transcripts, event);
    case 'contact.ended':
    case 'contact.finished':
      return over(transcripts, event);
    case 'prompt.started':
    case 'message.received':
    case 'message.sent':
    case 'digit.received':
    case 'step.left':
    case 'flow.resumed': {
      const transcript = transcripts.get(event.contactId);
      if (transcript && transcript.endedAtMs === null) written(transcript, event);
      return;
    }
    default:
      return;
  }
}

function arrived(transcripts: Map<ContactId, Transcript>, { contactId, channel }: EventOf<'contact.arrived'>): void {
  if (!TEXT_CHANNELS.has(channel) || transcripts.has(contactId)) return;
  transcripts.set(contactId, {
    contactId,
    seq: 0,
    lines: [],
    characters: 0,
    choices: [],
    resumed: false,
    endedAtMs: null,
  });
}

function over(
  transcripts: Map<ContactId, Transcript>,
  { contactId, atMs }: EventOf<'contact.ended' | 'contact.finished'>,
): void {
  const transcript = transcripts.get(contactId);
  if (!transcript || transcript.endedAtMs !== null) return;
  transcript.endedAtMs = atMs;
  transcript.choices = [];
  forgetEnded(transcripts, atMs);
}

function forgetEnded(transcripts: Map<ContactId, Transcript>, atMs: AtMs): void {
  const ended = [...transcripts.values()].filter(({ endedAtMs }) => endedAtMs !== null);
  ended.sort((a, b) => a.endedAtMs! - b.endedAtMs! || (a.contactId < b.contactId ? -1 : 1));
  for (const [place, { contactId, endedAtMs }] of ended.entries()) {
    if (place < ended.length - ENDED_KEPT_MAX || atMs - endedAtMs! > ENDED_KEPT_MS) transcripts.delete(contactId);
  }
}

type Written = EventOf<
  'prompt.started' | 'message.received' | 'message.sent' | 'digit.received' | 'step.left' | 'flow.resumed'
>;

function written(transcript: Transcript, event: Written): void {
  switch (event.kind) {
    case 'prompt.started':
      return prompted(transcript, event);
    case 'message.received': {
      const { messageId: id, text, sensitive, atMs } = event;
      return add(transcript, { id, from: 'customer', ...(sensitive ? { text: '', sensitive } : { text }), atMs });
    }
    case 'message.sent': {
      const { messageId: id, text, agentId, atMs } = event;
      return add(transcript, { id, from: 'agent', agentId, text, atMs });
    }
    case 'digit.received':
      return chosen(transcript, event);
    case 'step.left':
      transcript.choices = [];
      return;
    case 'flow.resumed':
      transcript.resumed = true;
      return;
  }
}

function prompted(transcript: Transcript, event: EventOf<'prompt.started'>): void {
  const { promptId: id, parts, choices = [], sensitive, atMs } = event;
  const text = promptText(parts).slice(0, LINE_CHARACTERS_MAX);
  if (choices.length > 0) transcript.choices = choices;
  if (text === '' && choices.length === 0) return;
  const last = transcript.lines.at(-1);
  if (transcript.resumed && last?.from === 'site' && last.text === text && sameChoices(last, choices)) return;
  const more = { ...(choices.length > 0 ? { choices } : {}), ...(sensitive ? { sensitive } : {}) };
  add(transcript, { id, from: 'site', text, ...more, atMs });
}

function sameChoices(line: Line, choices: Line['choices'] & {}): boolean {
  const before = line.choices ?? [];
  return before.length === choices.length && before.every(({ key }, place) => key === choices[place]?.key);
}

/** A key pressed on a telephone has no id, and no line. */
function chosen(transcript: Transcript, event: EventOf<'digit.received'>): void {
  const { messageId: id, digit, sensitive, atMs } = event;
  if (id === undefined) return;
  const text = transcript.choices.find(({ key }) => key === digit)?.label ?? digit;
  add(transcript, { id, from: 'customer', ...(sensitive ? { text: '', sensitive } : { text }), atMs });
}

/** A line that is told twice stands once. */
function add(transcript: Transcript, line: Omit<Line, 'seq'>): void {
  if (hasLine(transcript, line.from, line.id)) return;
  transcript.resumed = false;
  transcript.seq += 1;
  transcript.lines.push({ seq: transcript.seq, ...line });
  transcript.characters += line.text.length;
  while (transcript.lines.length > TRANSCRIPT_LINES_MAX || transcript.characters > TRANSCRIPT_CHARACTERS_MAX) {
    transcript.characters -= transcript.lines.shift()!.text.length;
  }
}

/** The words of a prompt for somebody who reads; what can only be heard is left out. */
function promptText(parts: readonly PromptPart[]): string {
  const texts = parts.map((part) => {
    if ('say' in part) return part.say;
    if ('file' in part) return part.text ?? '';
    return 'digits' in part ? part.digits : '';
  });
  return texts.filter((text) => text.trim() !== '').join(' ');
}
