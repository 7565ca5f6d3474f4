import type { Choice } from '../../model/event.ts';
import type { Agent } from '../../model/site.ts';
import type { Prompt } from '../prompt.ts';
import type { StepContext } from '../step-kind.ts';
import type { Attempts, Question } from './attempts.ts';
import type { Option } from './options.ts';

/** How often names are told before the search for one counts as failed. */
const TELLINGS_MAX = 2;

/** For the languages in which nobody wrote anything better. */
export const FOR_WHOM: Prompt = [
  {
    byLanguage: {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: these are expressions of the flow language
      de: [{ say: 'Für ${{ result.name }} drücken Sie die ${{ result.key }}.' }],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: these are expressions of the flow language
      other: [{ say: 'For ${{ result.name }}, press ${{ result.key }}.' }],
    },
  },
];

/** Agents of whom one is to be chosen, each with a key. */
export function optionsOf(agents: readonly Agent[]): (Option & Choice & { readonly agent: Agent })[] {
  return agents.map((agent, at) => ({ key: String(at + 1), label: agent.name, say: [], agent }));
}

/** The question for whom it is to be: spoken on a call, choices in a text. It takes its times from the step. */
export function telling(
  asked: Attempts,
  matchPrompt: Prompt,
  agents: readonly Agent[],
  context: StepContext,
): { attempts: Attempts; question: Question } {
  const spoken = agents.flatMap((agent, at) =>
    context.including({ result: { ...aboutAgent(agent), key: String(at + 1) } }).prompt(matchPrompt),
  );
  const nothing = { reprompts: [], noInputPrompt: [], noMatchPrompt: [], invalidPrompt: [], finalPrompt: [] };
  const limits = { attempts: TELLINGS_MAX, maxNoInput: TELLINGS_MAX, maxNoMatch: TELLINGS_MAX };
  const choices = optionsOf(agents).map(({ key, label }) => ({ key, label }));
  return {
    attempts: { ...asked, ...nothing, ...limits, prompt: context.inText ? [] : spoken },
    question: { name: 'told', ...(context.inText ? { choices } : {}) },
  };
}

/** What expressions and `save` may know of an agent. */
export function aboutAgent({ id, extension, name }: Agent): { agent: string; extension: string; name: string } {
  return { agent: id, extension, name };
}
