import { byKind } from '../../shape/by-kind.ts';
import { PHONE_KEY } from '../../shape/keys.ts';
import { list } from '../../shape/list.ts';
import { defaulted, optional, required } from '../../shape/object.ts';
import { duration, wordOr } from '../../shape/scalars.ts';
import { type Move, type StepContext, stepKind } from '../../step-kind.ts';
import { MUSIC_CLASS } from './music-class.ts';
import { ALL_KEYS } from './play.ts';

const DURATION = { minMs: 100, maxMs: 24 * 3_600_000 };
const KEYS = list(PHONE_KEY, ALL_KEYS.length);
const KEY_OR_ANY = wordOr(['any'], PHONE_KEY);

type Given = { readonly durationMs: number; readonly music: string | undefined; readonly until: readonly string[] };

/** Waits, in silence or with music, for a while or until a key is pressed. */
export const wait = stepKind({
  type: 'wait',
  summary: 'Waits for a while, or until a key is pressed.',
  fields: {
    duration: required(duration(DURATION), 'How long.', 1000),
    music: optional(MUSIC_CLASS, 'Class of the music that the caller hears meanwhile; the call is answered for it.'),
    until: defaulted(
      byKind<string, readonly string[]>({ scalar: KEY_OR_ANY, list: KEYS }),
      [],
      'A key, a list of keys, or `any`: these end it.',
      [],
    ),
  },
  given: ({ duration: durationMs, music, until }): Given => ({
    durationMs,
    music,
    until: until === 'any' ? ALL_KEYS : typeof until === 'string' ? [until] : until,
  }),
  answers: false,
  answersFor: ({ music, until }) => music !== undefined || until.length > 0,
  needsCustomer: true,
  outcomes: () => ['elapsed', 'key'],
  gives: () => ({ result: { fields: { key: 'text' } } }),
  enter: ({ durationMs, music }, context) => ({ wakeInMs: durationMs, tell: started(music, context) }),
  receive: ({ music, until }, happening, context) => {
    if (happening.what === 'time_out') return left('elapsed', music, context);
    const entered =
      happening.what === 'digit' ? happening.digit : happening.what === 'reply' ? happening.text.trim() : '';
    if (!until.includes(entered)) return {};
    return { ...left('key', music, context), result: { key: entered } };
  },
});

function started(music: string | undefined, { inText }: StepContext): NonNullable<Move['tell']> {
  return music === undefined || inText ? [] : [{ kind: 'music.started', music }];
}

function left(outcome: string, music: string | undefined, { inText }: StepContext): Move {
  return { outcome, wakeInMs: null, tell: music === undefined || inText ? [] : [{ kind: 'music.stopped' }] };
}
