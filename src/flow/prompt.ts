import { templateParts } from '../expression/template.ts';
import { timeAt, timeOf } from '../expression/values/time.ts';
import type { DoorName } from '../model/channel.ts';
import type { PromptPart } from '../model/prompt.ts';
import { escapedForSsml, isSsml, ssmlWords } from '../model/speech/ssml/ssml.ts';

/** A prompt as it stands in a flow: pieces whose texts may still hold expressions. */
export type Prompt = readonly Piece[];

export type Piece =
  | { readonly say: string; readonly language?: string; readonly voice?: string }
  | { readonly file: string; readonly text?: string }
  | { readonly digits: string; readonly language?: string }
  | { readonly number: string; readonly language?: string }
  /** A moment: RFC 3339 such as `2026-11-21T08:00:00Z`, or ms since 1970. */
  | { readonly date: string; readonly style: DateStyle; readonly language?: string }
  | { readonly silenceMs: number }
  | { readonly recordingId: string }
  /** `other` is for languages that are not named. */
  | { readonly byLanguage: Readonly<Record<string, Prompt>> }
  | { readonly byChannel: Readonly<Partial<Record<DoorName | 'other', Prompt>>> };

export const DATE_STYLES = ['date', 'time', 'date_time', 'weekday'] as const;
export type DateStyle = (typeof DATE_STYLES)[number];

/** Most pieces of one prompt, and of one that was worked out. */
export const PARTS_MAX = 50;

/** For whom a prompt is worked out. */
export type Listener = {
  readonly channel: DoorName;
  readonly language: string;
  readonly timeZone: string;
  /** Replaces the expressions of a text. */
  fill(text: string): string;
};

/** The prompt for one customer; pieces that became empty are left out. */
export function fillPrompt(prompt: Prompt, listener: Listener): PromptPart[] {
  return prompt.flatMap((piece) => fillPiece(piece, listener)).slice(0, PARTS_MAX);
}

function fillPiece(piece: Piece, listener: Listener): PromptPart[] {
  const { language: own, channel, fill } = listener;
  if ('byLanguage' in piece) return fillPrompt(inLanguage(piece.byLanguage, own) ?? [], listener);
  if ('byChannel' in piece) return fillPrompt(piece.byChannel[channel] ?? piece.byChannel.other ?? [], listener);
  if ('silenceMs' in piece || 'recordingId' in piece) return [piece];
  if ('file' in piece) {
    return [piece.text === undefined ? { file: piece.file } : { file: piece.file, text: fill(piece.text) }];
  }
  const language = piece.language ?? own;
  if ('say' in piece) {
    const say = sayIn(piece.say, listener);
    const voice = piece.voice === undefined ? {} : { voice: piece.voice };
    return say.trim() === '' ? [] : [{ say, language, ...voice }];
  }
  if ('digits' in piece) {
    const digits = fill(piece.digits).replace(/[^0-9*#]/g, '');
    return digits === '' ? [] : [{ digits, language }];
  }
  const words =
    'number' in piece
      ? numberIn(fill(piece.number), language)
      : dateIn(fill(piece.date), piece.style, listener, language);
  return words === undefined ? [] : [{ say: words, language }];
}

/** A text with its values. In one with markup a value is never markup, and where people read there is none. */
function sayIn(text: string, { channel, fill }: Listener): string {
  if (!isSsml(text)) return fill(text);
  const template = templateParts(text);
  const parts = template.ok ? template.parts : [];
  const say = parts
    .map((part) => ('text' in part ? part.text : escapedForSsml(fill(`\${{ ${part.expression} }}`))))
    .join('');
  return channel === 'voice' ? say : ssmlWords(say);
}

/** The language itself, or its stem (`de` for `de-AT`), or what stands under `other`. */
export function inLanguage<T>(texts: Readonly<Record<string, T>>, language: string): T | undefined {
  const stem = language.split('-')[0]!;
  const key = [language, stem, 'other'].find((one) => Object.hasOwn(texts, one));
  return key === undefined ? undefined : texts[key];
}

/** As people of that language write it; a speech engine reads it so. */
function numberIn(text: string, language: string): string | undefined {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) return undefined;
  return new Intl.NumberFormat(known(language), { maximumFractionDigits: 6 }).format(number);
}

const STYLES: Readonly<Record<DateStyle, Intl.DateTimeFormatOptions>> = {
  date: { dateStyle: 'long' },
  time: { timeStyle: 'short' },
  date_time: { dateStyle: 'long', timeStyle: 'short' },
  weekday: { weekday: 'long' },
};

function dateIn(text: string, style: DateStyle, { timeZone }: Listener, language: string): string | undefined {
  const time = /^-?\d+$/.test(text.trim()) ? timeAt(Number(text)) : timeOf(text.trim());
  if (!time) return undefined;
  return new Intl.DateTimeFormat(known(language), { ...STYLES[style], timeZone }).format(time);
}

/** What an ops engineer calls a language may be none for Intl, which would throw. */
function known(language: string): string {
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language) ? language : 'en';
}
