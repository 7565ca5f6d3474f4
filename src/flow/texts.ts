import type { FlowSet } from '../model/flow-set.ts';
import type { PromptPart } from '../model/prompt.ts';

/** Every text of a set that is the same for all contacts, so that it can be spoken into a file before the first call. */
export function staticTexts(set: FlowSet): { text: string; language: string }[] {
  const texts = new Map<string, { text: string; language: string }>();
  for (const flow of Object.values(set.flows)) {
    for (const step of Object.values(flow.steps)) {
      for (const value of Object.values(step.with)) {
        for (const part of Array.isArray(value) ? (value as PromptPart[]) : []) {
          if (typeof part !== 'object' || !('say' in part) || part.say.includes('${{')) continue;
          texts.set(`${part.language} ${part.say}`, { text: part.say, language: part.language });
        }
      }
    }
  }
  return [...texts.values()];
}
