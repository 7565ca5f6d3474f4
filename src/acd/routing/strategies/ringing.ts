import type { Strategy } from '../strategy.ts';
import { idleSince } from './longest-idle.ts';

/** Everybody who is free rings; the first answer has the contact. The measure only says in which order they are rung. */
export const ringAll: Strategy = {
  name: 'ring_all',
  measure: idleSince,
};

/** One rings, and after a while one more, until somebody answers (mod_callcenter: ring-progressively). */
export const ringProgressively: Strategy = {
  name: 'ring_progressively',
  measure: idleSince,
};
