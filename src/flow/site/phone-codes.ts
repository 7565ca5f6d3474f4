import type { FeatureCodes, PauseReason } from '../../model/site.ts';
import { byKind } from '../shape/by-kind.ts';
import { mapOf } from '../shape/map-of.ts';
import { defaulted, object, optional, required } from '../shape/object.ts';
import { choice, duration, text } from '../shape/scalars.ts';
import { checked, mapped, type Shape } from '../shape/shape.ts';

const MINUTE_MS = 60_000;
const CODE = text({ pattern: /^[*#0-9]{2,10}$/, asked: 'a feature code has 2 to 10 of 0-9, * and #' });

export const DEFAULT_CODES: FeatureCodes = { login: '*11', logout: '*12', pause: '*13', ready: '*14', watch: '*15' };

/** What agents dial on their phones. */
export const FEATURE_CODES: Shape<FeatureCodes> = checked(
  object({
    login: defaulted(CODE, DEFAULT_CODES.login, 'Log in.'),
    logout: defaulted(CODE, DEFAULT_CODES.logout, 'Log out. A call in progress goes on.'),
    pause: defaulted(CODE, DEFAULT_CODES.pause, 'Pause. One digit more names the reason.'),
    ready: defaulted(CODE, DEFAULT_CODES.ready, 'End the pause, the rest or the wrap-up.'),
    watch: defaulted(
      CODE,
      DEFAULT_CODES.watch,
      'Followed by the extension of an agent: listen to the talk of that agent.',
    ),
  }),
  (codes, tell) => {
    if (new Set(Object.values(codes)).size === Object.keys(codes).length) return;
    tell('value.choice', [], 'Two feature codes are the same. Each needs one of its own.');
  },
);

const REASON = object({
  name: required(text(), 'The reason, as reports show it.', ''),
  limit: optional(
    duration({ minMs: MINUTE_MS, maxMs: 24 * 60 * MINUTE_MS }),
    'How long it may last; for ever when left out.',
  ),
  at_limit: defaulted(
    choice(['tell', 'ready', 'log_out'] as const),
    'tell',
    'What happens then: supervisors see it, the agent is ready again, or logged out.',
  ),
});

/** One digit after the pause code, and the reason that it stands for. */
export const PAUSE_REASONS: Shape<Readonly<Record<string, PauseReason>>> = mapOf(
  { pattern: /^[0-9]$/, asked: 'it must be one digit', entry: (digit) => `Pause reason ${digit}`, max: 10 },
  byKind({
    scalar: mapped(text(), (name): PauseReason => ({ name, limitMs: null, atLimit: 'tell' })),
    map: mapped(
      checked(REASON, ({ limit, at_limit }, tell) => {
        if (limit !== undefined || at_limit === 'tell') return;
        tell('key.conflict', ['at_limit'], '"at_limit" has a meaning only with "limit", after how long it happens.');
      }),
      ({ name, limit, at_limit }): PauseReason => ({ name, limitMs: limit ?? null, atLimit: at_limit }),
    ),
  }),
);
