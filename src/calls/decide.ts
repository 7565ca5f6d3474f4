import type { Emit, Event } from '../model/event.ts';
import type { CallsState } from './state.ts';

/** What follows for the legs of calls from an event that has just been applied; every decision is an event of its own. */
export function decide(_state: CallsState, _event: Event, _emit: Emit): void {}
