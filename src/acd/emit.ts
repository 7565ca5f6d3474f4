import type { Event } from '../model/event.ts';

/** Hands one decision on: it is applied to the state before the call returns. */
export type Emit = (decision: Event) => void;
