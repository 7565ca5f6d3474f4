import type { Node } from 'yaml';
import { fillPrompt, type Prompt, readPrompt } from '../prompt.ts';
import type { Reading } from '../reading.ts';
import type { Move, StepContext } from '../step-kind.ts';
import { durationMs, wholeNumber } from '../values.ts';

/**
 * What menu and gather share: a prompt, a time-out after it, and a number of attempts. The words follow VoiceXML 2.0:
 * no input (nothing was pressed) and no match (what was pressed is not among the choices).
 */
export type Attempts = {
  readonly prompt: Prompt;
  readonly noInputPrompt: Prompt;
  readonly noMatchPrompt: Prompt;
  readonly attempts: number;
  readonly timeoutMs: number;
};

export const ATTEMPT_PARAMETERS = ['prompt', 'no_input_prompt', 'no_match_prompt', 'attempts', 'timeout'];
const TIMEOUT = { minMs: 500, maxMs: 120_000 };

export function readAttempts(reading: Reading, fields: ReadonlyMap<string, Node | null>, node: Node): Attempts {
  const { source } = reading;
  const prompt = (key: string): Prompt => (fields.has(key) ? readPrompt(reading, fields.get(key), key) : []);
  if (!fields.has('prompt')) source.problem('key.missing', node, 'This step needs a "prompt".');
  const attempts = fields.has('attempts')
    ? wholeNumber(source, fields.get('attempts'), 'attempts', { min: 1, max: 20 })
    : undefined;
  const timeoutMs = fields.has('timeout') ? durationMs(source, fields.get('timeout'), 'timeout', TIMEOUT) : undefined;
  return {
    prompt: prompt('prompt'),
    noInputPrompt: prompt('no_input_prompt'),
    noMatchPrompt: prompt('no_match_prompt'),
    attempts: attempts ?? 3,
    timeoutMs: timeoutMs ?? 5000,
  };
}

/** Speaks the prompt, or waits at once when there is nothing to speak. */
export function ask(prompt: Prompt, asked: Attempts, { scope }: StepContext): Move {
  const parts = fillPrompt(prompt, scope);
  return parts.length === 0 ? { wakeInMs: asked.timeoutMs } : { play: parts, wakeInMs: null };
}

/** One attempt failed: asks again, or leaves with the outcome when it was the last one. */
export function askAgain(asked: Attempts, outcome: 'no_input' | 'no_match', context: StepContext): Move {
  const failures = Number(context.notes['failures'] ?? 0) + 1;
  context.notes['failures'] = failures;
  context.notes['digits'] = '';
  if (failures >= asked.attempts) return { outcome, stopPrompt: true, wakeInMs: null };
  const hint = outcome === 'no_input' ? asked.noInputPrompt : asked.noMatchPrompt;
  return { stopPrompt: true, ...ask([...hint, ...asked.prompt], asked, context) };
}
