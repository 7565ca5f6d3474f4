import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWav } from '../../far-end/wav.ts';
import { HUMAN_PACKAGE, humanIsThere } from '../../spoken/human-words.ts';
import { noiseOnLine } from '../../spoken/phone-line.ts';
import { SpeakingCall, type Taken } from '../../spoken/speaking-call.ts';
import { Scene } from '../../system/scene.ts';
import type { Bench, BenchContext } from '../bench.ts';
import type { Table } from '../table.ts';
import { corpus, type Utterance } from './corpus.ts';
import { listeningFlows, NUMBERS, wordOf } from './listening-flows.ts';

/** Calls at once: what they say is recognised on this machine, too. */
const CALLS = 4;
/** After so many words the caller hangs up and calls again. */
const WORDS_A_CALL = 25;

/** As the corpus has it; a minute of it between two words. */
const NOISE_DB = 20;
const NOISE_SAMPLES = 60 * 8_000;

type Judged = Utterance & { readonly taken: Taken; readonly got: string };

/** What flows make of words that are said to them over SIP. */
export const accuracy: Bench = {
  summary: 'words over SIP, and which branch the flow takes: voices, noise, words that nobody expects (minutes)',
  needs: [
    { name: 'espeak-ng', program: 'espeak-ng' },
    { name: 'flite', program: 'flite' },
  ],
  async run(context) {
    context.say('making the words');
    const words = chosen(await corpus(), context.only);
    context.say(`starting an exchange and its far end; ${words.length} utterances in ${CALLS} calls at once`);
    const scene = await Scene.open({ files: listeningFlows(), agents: [] });
    try {
      const judged = await sayAll(scene, words, context);
      keepWrong(judged, context);
      const notes = [
        'Deaf: no engine heard the turn (too slow, resting); it is in no percentage, and a run with many of them says little.',
        'Refused: what nobody expects was taken for nothing. Wrong branch: something was taken for another choice.',
        ...(humanIsThere ? [] : [`Without recorded people: ${HUMAN_PACKAGE} is not installed.`]),
      ];
      const figures = judged.map(({ sound: _, ...one }) => one);
      return { tables: tablesOf(judged), notes, figures, asterisk: undefined };
    } finally {
      await scene.close();
    }
  },
};

/** `--only menu`, or `--only "20 dB"`, or a voice. */
function chosen(all: readonly Utterance[], only: string | undefined): readonly Utterance[] {
  if (only === undefined) return all;
  return all.filter(({ task, noise, voice }) => [task, noise, voice].includes(only));
}

/** Each caller takes its next words from one queue: a call asks one thing, and its line has noise from beginning to end, or none. */
async function sayAll(scene: Scene, words: readonly Utterance[], context: BenchContext): Promise<Judged[]> {
  const judged: Judged[] = [];
  const kinds = [...new Set(words.map(({ task, noise }) => `${task} ${noise}`))];
  const lots = kinds.flatMap((kind) => inLots(words.filter(({ task, noise }) => `${task} ${noise}` === kind)));
  const queue = lots.values();
  const work = async (): Promise<void> => {
    for (const lot of queue) {
      await sayLot(scene, lot, judged);
      context.say(`${judged.length} of ${words.length}`);
      if (context.signal.aborted) return;
    }
  };
  await Promise.all(Array.from({ length: CALLS }, work));
  return judged;
}

async function sayLot(scene: Scene, lot: readonly Utterance[], judged: Judged[]): Promise<void> {
  const { task, noise } = lot[0]!;
  const background = noise === 'quiet' ? undefined : noiseOnLine(NOISE_DB, NOISE_SAMPLES, 1);
  const call = await SpeakingCall.open(scene, NUMBERS[task], background);
  try {
    for (const utterance of lot) {
      const taken = await sayUntilHeard(call, utterance.sound);
      const got = taken.deaf ? DEAF : wordOf(utterance.task, taken.outcome);
      judged.push({ ...utterance, taken, got });
    }
  } finally {
    await call.close();
  }
}

/** A turn that no engine heard is no measurement, neither of what is understood nor of what is refused: it is said again. */
async function sayUntilHeard(call: SpeakingCall, sound: Int16Array): Promise<Taken> {
  for (let tries = 1; ; tries++) {
    const taken = await call.say(sound);
    if (!taken.deaf || tries === TRIES_MAX) return taken;
  }
}

const TRIES_MAX = 5;
/** Counted for itself, and in no percentage. */
const DEAF = 'not heard by any engine';

function inLots(words: readonly Utterance[]): (readonly Utterance[])[] {
  const lots = Math.ceil(words.length / WORDS_A_CALL);
  return Array.from({ length: lots }, (_, at) => words.filter((_one, index) => index % lots === at));
}

function keepWrong(judged: readonly Judged[], { dir, profileDir }: BenchContext): void {
  const wrong = judged.filter((one) => !isRight(one) && one.got !== DEAF);
  const folder = join(profileDir ?? dir, 'wrong');
  mkdirSync(folder, { recursive: true });
  wrong.forEach(({ words, voice, sound, got }, at) => {
    const name = `${at}-${voice}-${words}-as-${got}`.replace(/[^a-z0-9]+/gi, '_');
    writeFileSync(join(folder, `${name}.wav`), writeWav(sound));
  });
}

function tablesOf(judged: readonly Judged[]): Table[] {
  return [targets(judged), byVoice(judged), confusion(judged)];
}

/** What is promised, and what came of it. */
function targets(judged: readonly Judged[]): Table {
  const rows = [
    row('menu phrases, quiet', judged, (one) => isMenu(one) && one.noise === 'quiet', 95),
    row('yes and no, quiet', judged, (one) => isYesNo(one) && one.noise === 'quiet', 98),
    row('menu phrases, noise 20 dB', judged, (one) => isMenu(one) && one.noise === '20 dB', 88),
    row('yes and no, noise 20 dB', judged, (one) => isYesNo(one) && one.noise === '20 dB', 88),
    row('unexpected words refused, quiet', judged, (one) => isOther(one) && one.noise === 'quiet', 90),
    row('unexpected words refused, 20 dB', judged, (one) => isOther(one) && one.noise === '20 dB', null),
  ];
  return { title: 'What the flow made of it', head: HEAD, rows };
}

const HEAD = ['', 'right', 'of', 'percent', 'wrong branch', 'refused', 'no input', 'deaf', 'wanted'];
const isOther = ({ expected }: Judged): boolean => expected === 'no_match';
const isMenu = (one: Judged): boolean => one.task !== 'confirm' && !isOther(one);
const isYesNo = (one: Judged): boolean => one.task === 'confirm' && !isOther(one);

function row(
  name: string,
  judged: readonly Judged[],
  which: (one: Judged) => boolean,
  wanted: number | null,
): string[] {
  const deaf = judged.filter((one) => which(one) && one.got === DEAF).length;
  const all = judged.filter((one) => which(one) && one.got !== DEAF);
  const right = all.filter(isRight).length;
  const with_ = (outcome: string): number => all.filter(({ got }) => got === outcome).length;
  const [refused, nothing] = [with_('no_match'), with_('no_input')];
  const percent = all.length === 0 ? '-' : ((100 * right) / all.length).toFixed(1);
  const wrong = all.filter((one) => !isRight(one) && one.got !== 'no_match' && one.got !== 'no_input').length;
  return [
    name,
    `${right}`,
    `${all.length}`,
    percent,
    `${wrong}`,
    `${refused}`,
    `${nothing}`,
    `${deaf}`,
    wanted === null ? '' : `${wanted}`,
  ];
}

/** An engine that hears no word in something unexpected has refused it, too; one that was deaf has not. */
function isRight(one: Judged): boolean {
  return one.got === one.expected || (isOther(one) && one.got === 'no_input');
}

function byVoice(judged: readonly Judged[]): Table {
  const voices = [...new Set(judged.map(({ voice }) => voice))];
  const rows = voices.flatMap((voice) =>
    (['quiet', '20 dB'] as const).flatMap((noise) => [
      row(
        `${voice}, ${noise}: expected`,
        judged,
        (one) => one.voice === voice && one.noise === noise && !isOther(one),
        null,
      ),
      row(
        `${voice}, ${noise}: unexpected`,
        judged,
        (one) => one.voice === voice && one.noise === noise && isOther(one),
        null,
      ),
    ]),
  );
  return { title: 'By voice', head: HEAD, rows };
}

/** Everything that went wrong, by what was said. */
function confusion(judged: readonly Judged[]): Table {
  const counted = new Map<string, number>();
  for (const one of judged.filter((each) => !isRight(each) && each.got !== DEAF)) {
    const key = [one.task, one.noise, one.words, one.expected, one.got].join('\t');
    counted.set(key, (counted.get(key) ?? 0) + 1);
  }
  const rows = [...counted]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, times]) => [...key.split('\t'), `${times}`]);
  return { title: 'Taken for something else', head: ['asked', 'line', 'said', 'meant', 'taken for', 'times'], rows };
}
