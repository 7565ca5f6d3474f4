import { isScalar } from 'yaml';
import type { PromptPart } from '../../../model/prompt.ts';
import type { WaitingPlace } from '../../floor.ts';
import { PARTS_MAX, type Prompt } from '../../prompt.ts';
import { list } from '../../shape/list.ts';
import { defaulted, object } from '../../shape/object.ts';
import { PROMPT } from '../../shape/prompt.ts';
import { duration } from '../../shape/scalars.ts';
import { mapped, type Shape } from '../../shape/shape.ts';
import { YES_NO } from '../../shape/yes-no.ts';
import type { StepContext } from '../../step-kind.ts';
import { ESTIMATED_WAIT, NEXT_IN_LINE, POSITION } from './announcement-texts.ts';

/** What a customer is told while waiting, and when. */
export type Announcements = {
  readonly firstAfterMs: number;
  /** From the end of one to the next. */
  readonly everyMs: number;
  /** The place in the queue; the first one has words of its own. Empty: not told. */
  readonly position: Prompt;
  readonly nextInLine: Prompt;
  readonly estimatedWait: Prompt;
  /** One at a time, in turn. */
  readonly prompts: readonly Prompt[];
};

const FIRST_AFTER = { minMs: 0, maxMs: 3_600_000 };
const EVERY = { minMs: 5_000, maxMs: 3_600_000 };
const PROMPTS_MAX = 20;

/** `true`, `false`, or words of one's own. */
const TOLD: Shape<boolean | Prompt> = {
  read: (source, node, what) => {
    const yesNo = isScalar(node) && typeof node.value === 'boolean';
    return yesNo ? YES_NO.read(source, node, what) : PROMPT.read(source, node, what);
  },
  schema: (definitions) => ({ anyOf: [YES_NO.schema(definitions), PROMPT.schema(definitions)] }),
};

export const ANNOUNCEMENTS: Shape<Announcements> = mapped(
  object({
    first_after: defaulted(duration(FIRST_AFTER), 30_000, 'After how much waiting the first one comes.'),
    every: defaulted(duration(EVERY), 60_000, 'From the end of one to the next.'),
    position: defaulted(
      TOLD,
      false,
      `Tells the place in the queue: \`true\`, or a prompt with \`\${{ queue.position }}\` in it.`,
    ),
    estimated_wait: defaulted(
      TOLD,
      false,
      `Tells how long it will take, if that can be told: \`true\`, or a prompt with \`\${{ queue.estimated_minutes }}\` in it.`,
    ),
    prompts: defaulted(list(PROMPT, PROMPTS_MAX), [], 'What else is told, one of them each time, in turn.', []),
  }),
  (written): Announcements => ({
    firstAfterMs: written.first_after,
    everyMs: written.every,
    position: wordsOf(written.position, POSITION),
    nextInLine: wordsOf(written.position, NEXT_IN_LINE),
    estimatedWait: wordsOf(written.estimated_wait, ESTIMATED_WAIT),
    prompts: written.prompts,
  }),
);

/** What the texts of an announcement may name. */
export const QUEUE_NAMES = {
  queue: { fields: { position: 'number', waited_seconds: 'number', estimated_minutes: 'number' } },
} as const;

/** What is told this time; `told` counts those before. */
export function announcement(
  { position, nextInLine, estimatedWait, prompts }: Announcements,
  place: WaitingPlace,
  told: number,
  context: StepContext,
): PromptPart[] {
  const minutes = place.estimatedWaitMs === null ? null : Math.max(1, Math.ceil(place.estimatedWaitMs / 60_000));
  const queue = {
    position: place.position,
    waited_seconds: Math.floor(place.waitedMs / 1000),
    estimated_minutes: minutes,
  };
  const own = prompts.length === 0 ? [] : prompts[told % prompts.length]!;
  const all = [...(place.position === 1 ? nextInLine : position), ...(minutes === null ? [] : estimatedWait), ...own];
  // The contact is still in the dispatcher's hands, so an announcement that fails must not end the step.
  return context.forgiving().including({ queue }).prompt(all).slice(0, PARTS_MAX);
}

/** `true` is for words that every site has (announcement-texts.ts). */
function wordsOf(asked: boolean | Prompt, ours: Prompt): Prompt {
  return asked === true ? ours : asked === false ? [] : asked;
}
