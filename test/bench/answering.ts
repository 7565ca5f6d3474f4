import { answeringMachine } from '../../src/media/answering-machine.ts';
import { framer } from '../../src/media/frames.ts';
import { type Answer, type AnswerSet, answers, PROOF, TUNING } from '../spoken/answers.ts';
import { amdVerdict } from './answering/amd-rules.ts';
import type { Bench } from './bench.ts';
import { figure } from './table.ts';

const SETS: readonly (readonly [string, AnswerSet])[] = [
  ['tuning', TUNING],
  ['proof', PROOF],
];
const SNRS_DB = [null, 25, 20, 15] as const;
const WHO = ['human', 'machine', 'fax'] as const;
/** As callbacks and the step detect_machine listen. */
const LISTEN_MS = 5_000;
/** A beep that is told within this after its end was heard. */
const BEEP_MS_MAX = 400;

type Judged = {
  readonly verdict: string;
  readonly atMs: number;
  readonly beepMs: number | null;
  readonly falseBeeps: number;
};

export const answering: Bench = {
  summary: 'who answered: people, machines and faxes told apart, ours beside the rules of app_amd (a minute)',
  needs: [
    { name: 'flite', program: 'flite' },
    { name: 'espeak-ng', program: 'espeak-ng' },
  ],
  async run({ say, signal }) {
    const verdicts: string[][] = [];
    const beeps: string[][] = [];
    for (const [name, set] of SETS) {
      for (const snrDb of SNRS_DB) {
        signal.throwIfAborted();
        const line = snrDb === null ? 'quiet' : `${snrDb} dB`;
        say(`${name}, ${line}`);
        const all = await answers(set, snrDb);
        const ours = all.map(({ sound, beepEndsMs }) => judged(sound, beepEndsMs));
        verdicts.push(
          ...confusion([name, line, 'ours'], all, ours),
          ...confusion(
            [name, line, 'app_amd'],
            all,
            all.map(({ sound }) => amdVerdict(sound)),
          ),
        );
        beeps.push([name, line, ...beepCells(all, ours)]);
      }
    }
    const heads = ['set', 'line', 'detector', 'who', 'human', 'machine', 'fax', 'unknown', 'right', 'verdict p50 ms'];
    return {
      tables: [
        { title: 'Who answered (rows), and what was said of them (columns)', head: heads, rows: verdicts },
        {
          title: 'Beeps',
          head: ['set', 'line', 'heard', 'false', 'told after its end, p50 ms', 'p95 ms'],
          rows: beeps,
        },
      ],
      notes: [
        'app_amd is a model of its documented rules with the figures of asterisk-config/extensions.conf, fed the same sounds. Faxes are found beside it in the dialplan.',
      ],
      figures: { verdicts, beeps },
      asterisk: undefined,
    };
  },
};

function judged(sound: Int16Array, beepEndsMs: number | null): Judged {
  const detector = answeringMachine({ listenMs: LISTEN_MS });
  const signs = framer()
    .push(sound)
    .flatMap((frame) => detector.push(frame));
  const verdict = signs.find((sign) => sign.what === 'verdict');
  const heard = signs.filter((sign) => sign.what === 'beep').map(({ atMs }) => atMs - (beepEndsMs ?? 0));
  const right = heard.find((ms) => beepEndsMs !== null && ms >= 0 && ms <= BEEP_MS_MAX) ?? null;
  const falseBeeps = heard.length - (right === null ? 0 : 1);
  return { verdict: verdict?.verdict ?? 'unknown', atMs: verdict?.atMs ?? LISTEN_MS, beepMs: right, falseBeeps };
}

function confusion(
  names: readonly string[],
  all: readonly Answer[],
  said: readonly { readonly verdict: string; readonly atMs: number }[],
): string[][] {
  return WHO.map((who) => {
    const of = said.filter((_, i) => all[i]!.who === who);
    const count = (verdict: string): number => of.filter((one) => one.verdict === verdict).length;
    const counts = [...WHO, 'unknown'].map((verdict) => String(count(verdict)));
    const right = `${figure((100 * count(who)) / of.length)} %`;
    return [
      ...names,
      who,
      ...counts,
      right,
      figure(
        quantile(
          of.map(({ atMs }) => atMs),
          0.5,
        ),
      ),
    ];
  });
}

function beepCells(all: readonly Answer[], ours: readonly Judged[]): string[] {
  const told = ours.flatMap(({ beepMs }) => (beepMs === null ? [] : [beepMs]));
  const there = all.filter(({ beepEndsMs }) => beepEndsMs !== null).length;
  const wrong = ours.reduce((sum, { falseBeeps }) => sum + falseBeeps, 0);
  return [`${told.length} of ${there}`, String(wrong), figure(quantile(told, 0.5)), figure(quantile(told, 0.95))];
}

function quantile(values: readonly number[], share: number): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)];
}
