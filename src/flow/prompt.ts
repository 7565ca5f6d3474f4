import { isMap, isSeq, type Node } from 'yaml';
import type { PromptPart } from '../model/prompt.ts';
import { checkExpressions, fill, type Scope } from './expression.ts';
import { suggestion } from './nearest.ts';
import type { Reading } from './reading.ts';
import { durationMs } from './values.ts';

/** A prompt as it stands in a flow: parts whose texts may still hold expressions. */
export type Prompt = readonly PromptPart[];

export const PARTS_MAX = 50;
const PART_KEYS = ['say', 'file', 'digits', 'silence', 'language'];

/** Reads `"a text"`, `{say: ...}`, `{file: ...}`, `{digits: ...}`, `{silence: 1s}` or a list of these. */
export function readPrompt(reading: Reading, node: Node | null | undefined, what: string): Prompt {
  if (isSeq(node)) {
    const parts = (node.items as Node[]).flatMap((item) => readPart(reading, item, what));
    if (parts.length > PARTS_MAX) {
      reading.source.problem('value.range', node, `${what} has more than ${PARTS_MAX} parts.`);
    }
    return parts;
  }
  return readPart(reading, node, what);
}

function readPart(reading: Reading, node: Node | null | undefined, what: string): PromptPart[] {
  const { source } = reading;
  if (!isMap(node) || looksLikeTemplate(node)) {
    const text = source.text(node, what);
    if (text === undefined) return [];
    checkExpressions(source, node, text, reading.uses);
    return [{ say: text, language: reading.language }];
  }
  const fields = source.fields(node, what, PART_KEYS);
  const kinds = [...fields.keys()].filter((key) => key !== 'language');
  if (kinds.length !== 1) {
    source.problem('value.type', node, `${what} needs exactly one of say, file, digits or silence in each part.`);
    return [];
  }
  const language = fields.has('language')
    ? (source.text(fields.get('language'), 'language') ?? reading.language)
    : reading.language;
  return readKind(reading, kinds[0]!, fields.get(kinds[0]!) ?? null, language);
}

function readKind(reading: Reading, kind: string, node: Node | null, language: string): PromptPart[] {
  const { source } = reading;
  if (kind === 'silence') {
    const silenceMs = durationMs(source, node, 'silence', { minMs: 1000, maxMs: 10_000 });
    return silenceMs === undefined ? [] : [{ silenceMs }];
  }
  const text = source.text(node, kind);
  if (text === undefined) return [];
  if (kind === 'file') {
    checkRecording(reading, node, text);
    return [{ file: text }];
  }
  checkExpressions(source, node, text, reading.uses);
  return kind === 'digits' ? [{ digits: text, language }] : [{ say: text, language }];
}

function checkRecording(reading: Reading, node: Node | null, name: string): void {
  if (reading.recordings.has(name)) return;
  if (reading.unplayable.has(name)) {
    const message = `"${name}.wav" cannot be played: it must be WAV, 16 bits, mono, 8000 Hz.`;
    return reading.source.problem('prompt.format', node, message);
  }
  const hint = suggestion(name, [...reading.recordings]);
  reading.source.problem('prompt.missing', node, `There is no "${name}.wav" in the flows folder. ${hint}`);
}

/** `{{ name }}` reads as a map whose key is a map; source.text() has the words for it. */
function looksLikeTemplate(node: Node): boolean {
  return isMap(node) && node.flow === true && node.items.some((pair) => isMap(pair.key) || pair.value === null);
}

/** The prompt with its expressions replaced; parts that became empty are left out. */
export function fillPrompt(prompt: Prompt, scope: Scope): PromptPart[] {
  return prompt.flatMap((part): PromptPart[] => {
    if ('say' in part) {
      const say = fill(part.say, scope);
      return say.trim() === '' ? [] : [{ ...part, say }];
    }
    if ('digits' in part) {
      const digits = fill(part.digits, scope).replace(/[^0-9*#]/g, '');
      return digits === '' ? [] : [{ ...part, digits }];
    }
    return [part];
  });
}
