import { fillPrompt, type Prompt, readPrompt } from '../prompt.ts';
import type { StepKind } from '../step-kind.ts';

/** Plays a prompt to its end. */
export const play: StepKind = {
  type: 'play',
  summary: 'Plays a prompt to its end.',
  parameters: ['prompt'],
  answers: true,
  read: (reading, fields, node) => {
    if (!fields.has('prompt')) reading.source.problem('key.missing', node, 'A play step needs a "prompt".');
    return { prompt: fields.has('prompt') ? readPrompt(reading, fields.get('prompt'), 'prompt') : [] };
  },
  outcomes: () => ['ok'],
  enter: (given, { scope }) => {
    const parts = fillPrompt(given['prompt'] as Prompt, scope);
    return parts.length === 0 ? { outcome: 'ok' } : { play: parts };
  },
  receive: (_given, { what }) => (what === 'prompt_finished' ? { outcome: 'ok' } : {}),
};
