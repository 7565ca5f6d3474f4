const DAY_MS = 24 * 3_600_000;

/** Limits of every time that an item waits or is expected to wait; an e-mail or a task may wait for days. */
export const WAIT = { minMs: 1000, maxMs: 30 * DAY_MS };
