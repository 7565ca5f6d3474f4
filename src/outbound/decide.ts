import type { Emit, Event } from '../model/event.ts';
import type { OutboundState } from './state.ts';

/** What follows for the orders from an event that has just been applied; every decision is an event of its own. */
export function decide(_state: OutboundState, _event: Event, _emit: Emit): void {}
