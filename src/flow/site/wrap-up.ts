import { WRAP_UP_MODES, type WrapUp } from '../../model/queue.ts';
import { byKind } from '../shape/by-kind.ts';
import { listOrOne } from '../shape/list.ts';
import { defaulted, object, optional, required } from '../shape/object.ts';
import { choice, duration, wholeNumber } from '../shape/scalars.ts';
import { checked, mapped, named, type Shape } from '../shape/shape.ts';
import { WORD_TEXT } from './names.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** When it ends where no time is given: that of a note about a call, or a limit for who forgets to end it. */
const TIME_MS: Readonly<Record<WrapUp['mode'], number>> = {
  none: 0,
  timed: MINUTE_MS / 2,
  extendable: MINUTE_MS / 2,
  until_cleared: 10 * MINUTE_MS,
  result_required: 10 * MINUTE_MS,
};

export const NO_WRAP_UP: WrapUp = { mode: 'none', ms: 0, extendMs: 0, extensionsMax: 0, results: [] };

const WRITTEN = object({
  mode: required(choice(WRAP_UP_MODES), 'How it ends: by time, by the agent, or by a result.', 'none'),
  time: optional(
    duration({ minMs: 1000, maxMs: 8 * HOUR_MS }),
    'When it ends by itself; with until_cleared and result_required the limit after which it ends all the same. ' +
      'Left out: 30s, or 10m with these two.',
  ),
  extend: optional(
    duration({ minMs: 1000, maxMs: HOUR_MS }),
    'With extendable: what one extension adds, 30s left out.',
  ),
  extensions: optional(wholeNumber({ min: 1, max: 100 }), 'With extendable: most extensions, 3 left out.'),
  results: defaulted(
    listOrOne(WORD_TEXT),
    [],
    'Results that the agent may give; with result_required one of them must.',
  ),
});

/** What an agent is left alone for after a contact: a time, or a map. */
export const WRAP_UP: Shape<WrapUp> = named('wrap-up', {
  ...byKind({
    scalar: mapped(
      duration({ minMs: 0, maxMs: HOUR_MS }),
      (ms): WrapUp => (ms === 0 ? NO_WRAP_UP : { ...NO_WRAP_UP, mode: 'timed', ms }),
    ),
    map: mapped(
      checked(WRITTEN, ({ mode, time, extend, extensions, results }, tell) => {
        if (mode === 'result_required' && results.length === 0) {
          tell('key.missing', [], 'Wrap-up with result_required needs "results", the results to choose from.');
        }
        if (mode === 'none' && time !== undefined) {
          tell('key.conflict', ['time'], 'Wrap-up with mode none has no time. Leave one of them out.');
        }
        if (mode === 'extendable') return;
        for (const key of ['extend', 'extensions'] as const) {
          if ({ extend, extensions }[key] === undefined) continue;
          tell('key.conflict', [key], `"${key}" has a meaning only with "mode: extendable".`);
        }
      }),
      ({ mode, time, extend, extensions, results }): WrapUp => ({
        mode,
        ms: mode === 'none' ? 0 : (time ?? TIME_MS[mode]),
        extendMs: mode === 'extendable' ? (extend ?? MINUTE_MS / 2) : 0,
        extensionsMax: mode === 'extendable' ? (extensions ?? 3) : 0,
        results,
      }),
    ),
  }),
  written: () => '0s',
});
