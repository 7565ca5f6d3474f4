import { HUMAN_DAYS, HUMAN_MONTHS } from '../../spoken/human-words.ts';
import { MENU, type Task } from './corpus.ts';

/** What was understood with less confidence is refused; nothing is asked back, so that each turn is one decision. */
const SPEECH = '{ confirm_below: 0.5 }';

/** The numbers that are called, by what is asked there. */
export const NUMBERS: Readonly<Record<Task, string>> = { menu: '100', confirm: '101', days: '102', months: '103' };

/** Flows that ask the same again and again; what the step made of an answer stands in the journal. */
export function listeningFlows(moreNumbers = ''): Record<string, string> {
  const numbers = Object.entries(NUMBERS).map(([flow, number]) => `  "${number}": ${flow}`);
  return {
    'site.yaml': `site: Ears under test\nnumbers:\n${numbers.join('\n')}\n${moreNumbers}`,
    'menu.yaml': menuOf(Object.entries(MENU)),
    'days.yaml': collected(HUMAN_DAYS.map(([word]) => word)),
    'months.yaml': collected(HUMAN_MONTHS.map(([word]) => word)),
    'confirm.yaml': `steps:
  ask:
    type: confirm
    max_visits: 1000
    prompt: Well?
    attempts: 1
    speech: ${SPEECH}
    on: { yes: ask, no: ask, no_input: ask, no_match: ask, max_visits: bye }
  bye: { type: hangup }
`,
  };
}

function menuOf(options: readonly (readonly [string, readonly string[]])[]): string {
  const lines = options.map(([key, say]) => `      "${key}": { next: ask, say: [${say.join(', ')}] }`);
  return `steps:
  ask:
    type: menu
    max_visits: 1000
    prompt: Well?
    attempts: 1
    options:
${lines.join('\n')}
    speech: ${SPEECH}
    on: { no_input: ask, no_match: ask, max_visits: bye }
  bye: { type: hangup }
`;
}

/** More words than a telephone has keys: two digits each, by which nobody chooses. */
function collected(words: readonly string[]): string {
  return menuOf(words.map((word, at) => [KEYS[at] ?? '', [word]] as const));
}

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', 'star', 'hash'];

/** The word that an outcome of such a menu stands for. */
export function wordOf(task: Task, outcome: string): string {
  const words = task === 'days' ? HUMAN_DAYS : task === 'months' ? HUMAN_MONTHS : [];
  const key = outcome === '*' ? 'star' : outcome === '#' ? 'hash' : outcome;
  return words[KEYS.indexOf(key)]?.[0] ?? outcome;
}
