import { isMap } from 'yaml';
import type { StepKind } from '../step-kind.ts';
import { phoneKey } from '../values.ts';
import { ATTEMPT_PARAMETERS, type Attempts, ask, askAgain, readAttempts } from './attempts.ts';

type Given = Attempts & { readonly options: Readonly<Record<string, string>> };

/** Asks for one key. A key pressed during the prompt stops it (barge-in). */
export const menu: StepKind = {
  type: 'menu',
  summary: 'Speaks the choices and branches on the key pressed.',
  parameters: [...ATTEMPT_PARAMETERS, 'options'],
  answers: true,
  read: (reading, fields, node, stepId) => {
    const { source } = reading;
    const options: Record<string, string> = {};
    if (!fields.has('options')) source.problem('key.missing', node, 'A menu needs "options", a map of keys and steps.');
    for (const entry of fields.has('options') ? source.entries(fields.get('options'), 'options') : []) {
      const key = phoneKey(entry.key);
      if (key === undefined) {
        const message = `"${entry.key}" is not a key of a telephone. Use 0 to 9, star or hash.`;
        source.problem('value.choice', entry.keyNode, message);
        continue;
      }
      const node = isMap(entry.value)
        ? (source.fields(entry.value, `Option ${key}`, ['next', 'label']).get('next') ?? entry.value)
        : entry.value;
      const step = source.text(node, `The step of key ${key}`);
      if (step === undefined) continue;
      options[key] = step;
      reading.targets.push({ name: step, node, from: stepId });
    }
    return { ...readAttempts(reading, fields, node), options };
  },
  outcomes: (given) => [...Object.keys((given as Given).options), 'no_input', 'no_match'],
  target: (given, outcome) => {
    const { options } = given as Given;
    return Object.hasOwn(options, outcome) ? options[outcome] : undefined;
  },
  enter: (given, context) => ask((given as Given).prompt, given as Given, context),
  receive: (given, happening, context) => {
    const asked = given as Given;
    switch (happening.what) {
      case 'digit':
        if (Object.hasOwn(asked.options, happening.digit)) {
          return { stopPrompt: true, wakeInMs: null, outcome: happening.digit };
        }
        return askAgain(asked, 'no_match', context);
      case 'prompt_finished':
        return { wakeInMs: asked.timeoutMs };
      case 'time_out':
        return askAgain(asked, 'no_input', context);
      default:
        return {};
    }
  },
};
