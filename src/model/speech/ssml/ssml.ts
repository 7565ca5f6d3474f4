import { ok, type Result } from '../../failure.ts';
import { type Element, readMarkup } from './markup.ts';
import { ssmlFailed } from './ssml-failure.ts';
import { gainOf, PAUSE_MS_MAX, pauseOf, rateOf } from './values.ts';

/** What marked-up text asks for, in the order in which it is spoken. */
export type SsmlPart =
  /** `shown`: what stands there for those who read, when it differs. */
  | { readonly text: string; readonly shown?: string }
  | { readonly text: string; readonly sayAs: string; readonly format: string }
  /** `atLeast`: the pause around a sentence, which adds nothing where there is a longer one. */
  | { readonly pauseMs: number; readonly atLeast?: true }
  | SsmlGroup;

/** Parts that have something in common: language, speed in parts of that around, loudness in dB beside that around. */
export type SsmlGroup = {
  readonly parts: readonly SsmlPart[];
  readonly language?: string;
  readonly rate?: number;
  readonly gainDb?: number;
};

/** Stands in a text for what is known only when somebody calls; an attribute that has it is taken as right. */
export const UNKNOWN_YET = '\ue000';

/** Between sentences and between paragraphs, in ms. */
const SENTENCE_MS = 300;
const PARAGRAPH_MS = 600;

const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$/;

/** Text is marked up when it begins so; all other text is plain, whatever signs it has. */
export function isSsml(text: string): boolean {
  return /^\s*<speak[\s/>]/.test(text);
}

/** A text of somebody else as it may stand inside marked-up text, in an attribute, too. */
export function escapedForSsml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/[^\P{C}\n\t]/gu, ' ');
}

/**
 * Reads the subset of W3C SSML 1.1 that docs/speech.md names. The contents of any other element are read as text.
 * Failures: `speech.ssml_broken`, `speech.ssml_too_deep`, `speech.ssml_value`, `speech.pause_too_long`, each with its
 * place as `at`.
 */
export function readSsml(text: string): Result<SsmlGroup> {
  const root = readMarkup(text);
  return root.ok ? group(root.value) : root;
}

/** The words of marked-up text for somebody who reads. Broken markup is taken out as far as it can be told. */
export function ssmlWords(text: string): string {
  const read = readSsml(text);
  const words = read.ok ? wordsOf(read.value) : text.replace(/<[^<>]*>/g, ' ');
  return words.replace(/\s+/g, ' ').trim();
}

function wordsOf(part: SsmlPart): string {
  if ('parts' in part) return part.parts.map(wordsOf).join('');
  if ('pauseMs' in part) return ' ';
  return 'shown' in part ? part.shown : part.text;
}

function group(element: Element): Result<SsmlGroup> {
  const style = styleOf(element);
  if (!style.ok) return style;
  const parts: SsmlPart[] = [];
  for (const child of element.children) {
    if (typeof child === 'string') {
      parts.push({ text: child });
      continue;
    }
    const read = part(child);
    if (!read.ok) return read;
    const apartMs = child.name === 'p' ? PARAGRAPH_MS : child.name === 's' ? SENTENCE_MS : 0;
    const apart = apartMs > 0 ? [{ pauseMs: apartMs, atLeast: true as const }] : [];
    parts.push(...apart, read.value, ...apart);
  }
  return ok({ parts, ...style.value });
}

function part(element: Element): Result<SsmlPart> {
  const { name, at, attributes } = element;
  switch (name) {
    case 'break':
      return pause(element);
    case 'say-as': {
      const sayAs = attributes.get('interpret-as');
      if (sayAs === undefined) return ssmlFailed('speech.ssml_value', at, 'say-as needs interpret-as');
      return ok({ text: textIn(element), sayAs, format: attributes.get('format') ?? '' });
    }
    case 'sub': {
      const alias = attributes.get('alias');
      if (alias === undefined) return ssmlFailed('speech.ssml_value', at, 'sub needs an alias');
      return ok({ text: alias, shown: textIn(element) });
    }
    default:
      return group(element);
  }
}

function pause({ at, attributes }: Element): Result<SsmlPart> {
  const time = attributes.get('time');
  const strength = attributes.get('strength');
  if ([time, strength].some(isUnknown)) return ok({ pauseMs: 0 });
  const pauseMs = pauseOf(time, strength);
  if (pauseMs === undefined) return ssmlFailed('speech.ssml_value', at, 'break has a time such as 500ms or 2s');
  if (pauseMs > PAUSE_MS_MAX) return ssmlFailed('speech.pause_too_long', at, `a break has at most ${PAUSE_MS_MAX} ms`);
  return ok({ pauseMs });
}

/** What an element says of language, speed and loudness. */
function styleOf({ name, at, attributes }: Element): Result<Omit<SsmlGroup, 'parts'>> {
  const language = attributes.get('xml:lang');
  const [rate, volume] = name === 'prosody' ? [attributes.get('rate'), attributes.get('volume')] : [];
  const style: { language?: string; rate?: number; gainDb?: number } = {};
  if (language !== undefined && !isUnknown(language)) {
    if (!LANGUAGE.test(language)) return ssmlFailed('speech.ssml_value', at, 'a language is a tag such as en or de-AT');
    style.language = language;
  }
  if (rate !== undefined && !isUnknown(rate)) {
    const times = rateOf(rate);
    if (times === undefined) return ssmlFailed('speech.ssml_value', at, 'a rate is slow, fast, 80% or the like');
    style.rate = times;
  }
  if (volume !== undefined && !isUnknown(volume)) {
    const gainDb = gainOf(volume);
    if (gainDb === undefined) return ssmlFailed('speech.ssml_value', at, 'a volume is soft, loud, +6dB or the like');
    style.gainDb = gainDb;
  }
  return ok(style);
}

function isUnknown(value: string | undefined): boolean {
  return value?.includes(UNKNOWN_YET) === true;
}

function textIn(element: Element): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textIn(child))).join('');
}
