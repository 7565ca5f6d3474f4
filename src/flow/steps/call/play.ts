import { inLanguage, type Piece, type Prompt } from '../../prompt.ts';
import { PHONE_KEY } from '../../shape/keys.ts';
import { listOrOne } from '../../shape/list.ts';
import { defaulted, optional, required } from '../../shape/object.ts';
import { LANGUAGE, PROMPT } from '../../shape/prompt.ts';
import { duration, wholeNumber } from '../../shape/scalars.ts';
import { YES_NO } from '../../shape/yes-no.ts';
import { type Happening, type Move, type StepContext, stepKind } from '../../step-kind.ts';

const LOOP = { min: 1, max: 10 };
const OFFSET = { minMs: 0, maxMs: 3_600_000 };
/** What a key of the telephone may be. */
export const ALL_KEYS: readonly string[] = [...'0123456789*#'];

type Given = {
  readonly prompt: Prompt;
  readonly loop: number;
  /** Keys that end the prompt. */
  readonly interruptKeys: readonly string[];
  readonly offsetMs: number;
};

/** Plays a prompt to its end, or until a key that may interrupt it. */
export const play = stepKind({
  type: 'play',
  summary: 'Plays a prompt to its end.',
  fields: {
    prompt: required(PROMPT, 'What is played.', []),
    loop: defaulted(wholeNumber(LOOP), 1, 'How often it is played. Where the customer reads it is shown once.'),
    interruptible: defaulted(YES_NO, false, 'Whether every key ends the prompt.'),
    interrupt_keys: defaulted(listOrOne(PHONE_KEY, ALL_KEYS.length), [], 'Only these keys end the prompt.', []),
    language: optional(LANGUAGE, 'Language of the parts that name none.'),
    offset: defaulted(
      duration(OFFSET),
      0,
      'Where in the prompt it begins to be played: so much of its first part is left out.',
    ),
  },
  given: ({ prompt, loop, interruptible, interrupt_keys: keys, language, offset }): Given => ({
    prompt: language === undefined ? prompt : speaking(prompt, language),
    loop,
    interruptKeys: keys.length > 0 ? keys : interruptible ? ALL_KEYS : [],
    offsetMs: offset,
  }),
  answers: true,
  needsCustomer: true,
  outcomes: () => ['ok', 'interrupted', 'failed'],
  fallbacks: new Map([
    ['interrupted', 'ok'],
    ['failed', 'ok'],
  ]),
  gives: () => ({ result: { fields: { key: 'text' } } }),
  enter: (given, context) => {
    const parts = context.prompt(given.prompt);
    return parts.length === 0 ? { outcome: 'ok' } : { play: parts, offsetMs: given.offsetMs };
  },
  receive: (given, happening, context) => received(given, happening, context),
});

function received({ prompt, loop, interruptKeys, offsetMs }: Given, happening: Happening, context: StepContext): Move {
  if (happening.what === 'digit' && interruptKeys.includes(happening.digit)) {
    return { stopPrompt: true, outcome: 'interrupted', result: { key: happening.digit } };
  }
  if (happening.what !== 'prompt_finished') return {};
  if (happening.failed) return { outcome: 'failed' };
  const played = Number(context.notes['played'] ?? 0) + 1;
  context.notes['played'] = played;
  const parts = played >= loop || context.inText ? [] : context.prompt(prompt);
  return parts.length === 0 ? { outcome: 'ok' } : { play: parts, offsetMs };
}

/** The prompt in one language, whatever the contact's is. */
function speaking(prompt: Prompt, language: string): Prompt {
  return prompt.flatMap((piece) => pieceIn(piece, language));
}

function pieceIn(piece: Piece, language: string): readonly Piece[] {
  if ('byLanguage' in piece) return speaking(inLanguage(piece.byLanguage, language) ?? [], language);
  if ('byChannel' in piece) {
    const spoken = Object.entries(piece.byChannel).map(([door, prompt]) => [door, speaking(prompt, language)]);
    return [{ byChannel: Object.fromEntries(spoken) }];
  }
  return 'file' in piece || 'silenceMs' in piece || 'recordingId' in piece ? [piece] : [{ language, ...piece }];
}
