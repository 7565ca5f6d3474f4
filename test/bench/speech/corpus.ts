import { HUMAN_DAYS, HUMAN_MONTHS, HUMAN_OTHERS, humanIsThere, humanWords } from '../../spoken/human-words.ts';
import { onLine } from '../../spoken/phone-line.ts';
import { spoken, type Voice, voiceName } from '../../spoken/voices.ts';

/** What the flow asks: each is a number that is called and a step that listens. */
export type Task = 'menu' | 'confirm' | 'days' | 'months';

/** Something that is said, and what the flow should make of it; `no_match`: it should be refused. */
export type Utterance = {
  readonly task: Task;
  readonly words: string;
  readonly voice: string;
  readonly noise: 'quiet' | '20 dB';
  readonly expected: string;
  readonly sound: Int16Array;
};

/** The choices of the menu. None of these words stands in what the recogniser was tuned with. */
export const MENU: Readonly<Record<string, readonly string[]>> = {
  '1': ['new order', 'place an order'],
  '2': ['delivery status', 'where is my parcel'],
  '3': ['return an item', 'send it back'],
  '4': ['repair service'],
  '5': ['account balance'],
  '6': ['change my address'],
  '7': ['speak to somebody', 'customer service'],
};
const YES_NO: Readonly<Record<string, readonly string[]>> = {
  yes: ['yes', 'yeah', 'correct'],
  no: ['no', 'nope', 'wrong'],
};
/** What none of the steps expects. */
const OTHERS = [
  'banana',
  'weather forecast',
  'good morning',
  'elephant',
  'the blue house',
  'seventeen',
  'pizza with mushrooms',
  'turn left at the corner',
  'maybe later',
  'my name is peter',
];

export const VOICES: readonly Voice[] = [
  { engine: 'flite', name: 'rms', speed: 1 },
  { engine: 'flite', name: 'awb', speed: 1 },
  { engine: 'flite', name: 'kal16', speed: 1 },
  { engine: 'flite', name: 'rms', speed: 1.15 },
  { engine: 'espeak-ng', name: 'en-gb-x-rp', speed: 0.9 },
  { engine: 'espeak-ng', name: 'en-us+f2', speed: 0.9 },
];

/** Everything that is said, made anew; `part` keeps every so many of them, evenly. */
export async function corpus(): Promise<readonly Utterance[]> {
  const made: Utterance[] = [];
  const add = (utterance: Omit<Utterance, 'sound' | 'noise'>, words: Int16Array): void => {
    const seed = made.length + 1;
    made.push({ ...utterance, noise: 'quiet', sound: onLine(words, { snrDb: null, seed }) });
    made.push({ ...utterance, noise: '20 dB', sound: onLine(words, { snrDb: 20, seed }) });
  };
  for (const voice of VOICES) {
    const by = voiceName(voice);
    for (const { task, words, expected } of sentences()) {
      add({ task, words, voice: by, expected }, await spoken(words, voice));
    }
  }
  if (humanIsThere) for (const one of human()) add({ ...one, voice: 'human (Allison)' }, humanWords(one.file));
  return made;
}

type Sentence = Pick<Utterance, 'task' | 'words' | 'expected'>;

function sentences(): readonly Sentence[] {
  const inMenu = Object.entries(MENU).flatMap(([key, phrases]) =>
    phrases.map((words) => ({ task: 'menu', words, expected: key }) as const),
  );
  const yesNo = Object.entries(YES_NO).flatMap(([expected, phrases]) =>
    phrases.map((words) => ({ task: 'confirm', words, expected }) as const),
  );
  const others = OTHERS.map((words, at) => {
    return { task: at % 2 === 0 ? 'menu' : 'confirm', words, expected: 'no_match' } as const;
  });
  return [...inMenu, ...yesNo, ...others];
}

function human(): readonly (Sentence & { readonly file: string })[] {
  const days = HUMAN_DAYS.map(([words, file]) => ({ task: 'days', words, expected: words, file }) as const);
  const months = HUMAN_MONTHS.map(([words, file]) => ({ task: 'months', words, expected: words, file }) as const);
  const others = HUMAN_OTHERS.map((file, at) => {
    const task = (['menu', 'days', 'confirm', 'months'] as const)[at % 4]!;
    return { task, words: file.replace('digits/', ''), expected: 'no_match', file };
  });
  return [...days, ...months, ...others];
}
