import type { KeyRule } from '../shape/map-of.ts';
import { text } from '../shape/scalars.ts';

/** Bounds of one site; far above what one process is built for (10,000 agents, 5,000 queues). */
export const AGENTS_MAX = 50_000;
export const QUEUES_MAX = 20_000;
const NAMES_MAX = 2000;

const ID = /^[a-z][a-z0-9_-]{0,39}$/;
const ID_ASKED = 'an id has small letters, digits, - and _, a letter first, at most 40';
const WORD = /^[^\s@](?:.{0,62}\S)?$/;
const WORD_ASKED = 'a name has 1 to 64 characters, no blank at its ends and no @ in front';

/** The keys of a map whose entries have ids of the ops engineer's own. */
export function ids(entry: string, max: number = NAMES_MAX): KeyRule {
  return { pattern: ID, asked: ID_ASKED, entry: (key) => `${entry} ${key}`, max };
}

/** The keys of a map of skills or labels: plain words of the ops engineer's own. */
export function words(entry: string): KeyRule {
  return { pattern: WORD, asked: WORD_ASKED, entry: (key) => `${entry} ${key}`, max: NAMES_MAX };
}

export const WORD_TEXT = text({ pattern: WORD, asked: WORD_ASKED });
/** The id of something that stands elsewhere in the file; whether it is there shows when all has been read. */
export const ID_TEXT = text();
/** What agents dial to reach an agent or a queue. */
export const EXTENSION = text({ pattern: /^[0-9*#]{1,20}$/, asked: 'an extension has 1 to 20 digits' });
