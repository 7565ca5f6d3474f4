import { type Label, labelIn } from '../flow/input/label.ts';
import type { Piece, Prompt } from '../flow/prompt.ts';
import { inLanguage } from '../flow/prompt.ts';
import type { Step } from '../model/flow-set.ts';

/** Letters of a text that a picture has room for. */
const TEXT_MAX = 34;
const LABEL_MAX = 22;

/** The small line below a step's name: its type, and what tells it from others of its type. */
export function aboutStep(step: Step, language: string): string {
  const given = step.with;
  const named = [
    given['queue'],
    given['calendar'],
    given['flow'],
    given['table'],
    given['into'],
    given['mailbox'],
    given['room'],
    firstDialled(given),
  ].find((one) => typeof one === 'string' && one !== '');
  const words = named ?? wordsOf(given['prompt'], language) ?? '';
  return words === '' ? step.type : `${step.type}: ${shortened(String(words), TEXT_MAX)}`;
}

/** Whom a step dials, the first of them; an expression says nothing to people. */
function firstDialled({ targets, target }: Step['with']): string | undefined {
  const [first] = (targets ?? (target === undefined ? [] : [target])) as readonly { readonly name?: string }[];
  return first?.name?.includes('${{') ? undefined : first?.name;
}

/** How an outcome is called in the picture where it is a choice that has words: the key and its label. */
export function optionLabel(step: Step, outcome: string, language: string): string | undefined {
  const options = step.with['options'];
  if (!Array.isArray(options)) return undefined;
  const option = (options as readonly { key?: unknown; label?: Label | null }[]).find(({ key }) => key === outcome);
  const label = option?.label == null ? undefined : labelIn(option.label, language);
  return label === undefined ? undefined : `${outcome} ${shortened(label, LABEL_MAX)}`;
}

/** The first words of a prompt. */
function wordsOf(prompt: unknown, language: string): string | undefined {
  if (!Array.isArray(prompt)) return undefined;
  for (const piece of prompt as Prompt) {
    const words = wordsOfPiece(piece, language);
    if (words !== undefined && words !== '') return words;
  }
  return undefined;
}

function wordsOfPiece(piece: Piece, language: string): string | undefined {
  if ('say' in piece) return `\u201c${shortened(piece.say, TEXT_MAX - 2)}\u201d`;
  if ('file' in piece) return piece.file;
  if ('byLanguage' in piece) return wordsOf(inLanguage(piece.byLanguage, language) ?? [], language);
  if ('byChannel' in piece) return wordsOf(Object.values(piece.byChannel)[0] ?? [], language);
  return undefined;
}

/** Cut at a blank where there is one near, by whole letters. */
export function shortened(text: string, max: number): string {
  const letters = [...text.replace(/\s+/g, ' ').trim()];
  if (letters.length <= max) return letters.join('');
  const cut = letters.slice(0, max - 1).join('');
  const blank = cut.lastIndexOf(' ');
  return `${blank > max / 2 ? cut.slice(0, blank) : cut}\u2026`;
}
