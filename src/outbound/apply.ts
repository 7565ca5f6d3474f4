import type { Event } from '../model/event.ts';
import type { OutboundState } from './state.ts';

/** The fold: brings the orders up to one event, live and at replay alike. It decides nothing. */
export function apply(_state: OutboundState, _event: Event): void {}
