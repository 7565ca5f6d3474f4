import type { Event } from '../model/event.ts';
import type { CallsState } from './state.ts';

/** The fold: brings the switchboard's state up to one event, live and at replay alike. It decides nothing. */
export function apply(_state: CallsState, _event: Event): void {}
