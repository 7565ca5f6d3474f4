import type { Prompt } from '../prompt.ts';
import type { Tell } from '../shape/shape.ts';

const NAMES_RESULT = /\$\{\{(?:(?!\}\}).)*\bresult\b/;

/** Tells prompts of a sensitive step that would say what was entered; `prompts` are by the key under which they stand. */
export function checkExposed(prompts: Readonly<Record<string, Prompt | readonly Prompt[]>>, tell: Tell): void {
  for (const [path, prompt] of Object.entries(prompts)) {
    if (!NAMES_RESULT.test(JSON.stringify(prompt))) continue;
    const message =
      'This would say what was entered, although the input is sensitive. Leave `result` out of the prompt.';
    tell('sensitive.exposed', path.split('.'), message);
  }
}
