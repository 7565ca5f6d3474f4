import { queueOf } from '../model/site.ts';
import type { Call, CallsState } from './state.ts';

/** What a customer hears who waits for an agent: what the flow asked for, else the queue's class. */
export function queueMusic({ site }: CallsState, { queued, talk }: Call): string {
  return queued?.music ?? queueOf(site, talk?.queueId ?? queued?.queueId ?? '')?.music ?? 'default';
}
