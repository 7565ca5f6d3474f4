import { activeLevelDb, amplitudeOf } from '../../src/media/loudness.ts';
import { draws, joined, mixed, silence, throughUlaw, tones } from '../media/sounds.ts';
import { pinkNoise } from './phone-line.ts';
import { spoken, type Voice, voiceName } from './voices.ts';

/** Who answered, and what is heard of it from the answer on. */
export type Answer = {
  readonly who: 'human' | 'machine' | 'fax';
  readonly words: string;
  readonly sound: Int16Array;
  /** The end of the beep; null: there is none. */
  readonly beepEndsMs: number | null;
};

/** Phrases, voices and beeps of one set. Nothing stands in both sets. */
export type AnswerSet = {
  readonly humans: readonly string[];
  readonly machines: readonly string[];
  readonly beepsHz: readonly (readonly number[])[];
  readonly voices: readonly Voice[];
};

/** What the rules of src/media/answering-machine.ts were chosen with. */
export const TUNING: AnswerSet = {
  humans: [
    'Hello?',
    'Hello, this is Bob speaking.',
    'Yes?',
    'Good morning, Miller.',
    'Hi, Anna here.',
    'Smith residence.',
    'Hello? Who is this?',
    'Good afternoon, Acme support, this is Tom.',
    'Yeah, hello.',
    'Speaking.',
    "Doctor Brown's office, how can I help you?",
    'Hello, hello?',
  ],
  machines: [
    'Hi, you have reached Bob Miller. I can not come to the phone right now. Please leave a message after the tone.',
    'The person you are calling is not available. Please leave a message after the beep.',
    'You have reached five five five, one two three four. Nobody is home. Please leave your name and number, and we will call you back.',
    'Please leave a message after the tone.',
    'Your call has been forwarded to an automated voice message system. Anna Smith is not available. At the tone, please record your message.',
    'Hello. This is the Miller family. We are not at home. Leave a message.',
    'Welcome to the mailbox of seven one eight, two two four, nine. Please speak after the signal.',
  ],
  beepsHz: [[1000], [440], [850], [1400]],
  voices: [
    { engine: 'flite', name: 'slt', speed: 1 },
    { engine: 'flite', name: 'rms', speed: 1 },
    { engine: 'espeak-ng', name: 'en-us', speed: 1 },
  ],
};

/** What the figures are of. */
export const PROOF: AnswerSet = {
  humans: [
    'Hello.',
    'This is Mary Jones.',
    'Yes, hello?',
    'Good evening.',
    'Hi, it is Peter.',
    'Johnson family, hello?',
    'Who is calling please?',
    'Good morning, City Library, this is Jane.',
    'Hey.',
    'Kate speaking.',
    'Green and partners, what can I do for you?',
    'Hello? Yes?',
    'Bob.',
    'Yes, this is he.',
  ],
  machines: [
    'Hello, this is Mary. Sorry I missed your call. Leave your name and number and I will get back to you.',
    'The subscriber you have dialed is temporarily unavailable. Please try again later, or leave a message after the signal.',
    'This is the voice mail box of two zero two, four five six, one one one one. At the beep, please record your message. When you are done, hang up or press pound.',
    'Hi. We are out right now. Please leave a message.',
    'You have reached the law office of Green and Partners. Our office hours are nine to five, Monday to Friday.',
    'Leave a message for Peter Johnson after the tone.',
    'Thank you for calling. All our lines are busy. Please leave your number and we will call you back as soon as we can.',
    'Hey, it is Kate, you know what to do.',
  ],
  beepsHz: [[620], [950], [1600], [650, 950], [1850], [480]],
  voices: [
    { engine: 'flite', name: 'awb', speed: 1 },
    { engine: 'flite', name: 'kal16', speed: 1 },
    { engine: 'espeak-ng', name: 'en-gb', speed: 1 },
    { engine: 'espeak-ng', name: 'en-us+f3', speed: 1 },
  ],
};

/** How loud people speak, and beeps are, in dBFS. */
const SPEECH_DB = -20;
const BEEP_DB = -19;
/** After the answer nothing more comes for so long. */
const AFTER_MS = 6_000;

/** Everybody of a set on a mu-law line; `snrDb`: with pink noise so far below the words, from the answer to the end; null: without. */
export async function answers(set: AnswerSet, snrDb: number | null): Promise<Answer[]> {
  const draw = draws(7);
  const between = (from: number, to: number): number => from + (to - from) * draw();
  const made: Answer[] = [];
  const add = (who: Answer['who'], words: string, sound: Int16Array, beepEndsMs: number | null = null): void => {
    made.push({ who, words, beepEndsMs, sound: onLine(sound, snrDb, made.length + 1) });
  };
  for (const voice of set.voices) {
    for (const words of set.humans) {
      add('human', words, joined(silence(between(300, 1_500)), await said(words, voice), silence(AFTER_MS)));
    }
    for (const [at, words] of set.machines.entries()) {
      const parts = [silence(between(200, 1_500))];
      for (const sentence of words.split(/(?<=[.?]) /)) {
        parts.push(await said(sentence, voice), silence(between(250, 700)));
      }
      parts.push(silence(between(0, 1_200)));
      const greeting = joined(...parts);
      const beep = tones(between(200, 800), BEEP_DB, ...set.beepsHz[at % set.beepsHz.length]!);
      const beepEndsMs = (greeting.length + beep.length) / 8;
      add('machine', words, joined(greeting, beep, silence(AFTER_MS)), beepEndsMs);
    }
  }
  const calling = joined(tones(500, BEEP_DB, 1_100), silence(3_000));
  add('fax', 'answer tone', joined(silence(1_000), tones(3_000, BEEP_DB, 2_100), silence(AFTER_MS)));
  add('fax', 'calling tone', joined(silence(1_000), calling, calling));
  return made;
}

/** What was said once is said again with other noise, and the engines' programs take most of the time. */
const SAID = new Map<string, Promise<Int16Array>>();

function said(words: string, voice: Voice): Promise<Int16Array> {
  const key = `${voiceName(voice)} ${words}`;
  const sound = SAID.get(key) ?? trimmed(words, voice);
  SAID.set(key, sound);
  return sound;
}

/** Without the silence that engines put around words, at the usual loudness. */
async function trimmed(words: string, voice: Voice): Promise<Int16Array> {
  const all = await spoken(words, voice);
  const isLoud = (sample: number): boolean => Math.abs(sample) >= 100;
  const sound = all.subarray(all.findIndex(isLoud), all.findLastIndex(isLoud) + 1);
  const gain = amplitudeOf(SPEECH_DB - activeLevelDb(sound, 160));
  return sound.map((sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample * gain))));
}

function onLine(sound: Int16Array, snrDb: number | null, seed: number): Int16Array {
  if (snrDb === null) return throughUlaw(sound);
  const noise = telephoneNoise(sound.length, SPEECH_DB - snrDb, seed);
  return throughUlaw(mixed(sound, noise));
}

/** Pink noise as a telephone carries it: without what lies under 300 Hz (two poles). */
function telephoneNoise(samples: number, levelOfDb: number, seed: number): Int16Array {
  const pass = Math.exp((-2 * Math.PI * 300) / 8_000);
  const out = new Float64Array(samples);
  let [first, second, before, middle] = [0, 0, 0, 0];
  let power = 0;
  for (const [i, sample] of pinkNoise(samples, seed).entries()) {
    first = pass * (first + sample - before);
    second = pass * (second + first - middle);
    [before, middle] = [sample, first];
    out[i] = second;
    power += second * second;
  }
  const gain = (32_768 * amplitudeOf(levelOfDb)) / Math.sqrt(power / samples);
  return Int16Array.from(out, (sample) => Math.round(sample * gain));
}
