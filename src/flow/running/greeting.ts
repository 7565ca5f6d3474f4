/** How long a machine may go on with its greeting; what is said after that is said over it. */
const GREETING_MAX_MS = 30_000;

/** Asks for the moment in which a machine that is known to be there begins to record: `detection.asked`. */
export const GREETING = { kind: 'detection.asked', listenMs: GREETING_MAX_MS, words: 0, greetingOnly: true } as const;

/** The door tells what it heard by itself; one that says nothing for so long after the end of its time has broken. */
export const DETECTION_GRACE_MS = 2_000;
