import type { QueueId } from '../model/ids.ts';
import type { Site } from '../model/site.ts';
import type { Call, CallsState } from './state.ts';

/** What a customer hears who waits for an agent: what the flow asked for, else the queue's class. */
export function queueMusic({ site }: CallsState, { queued, talk }: Call): string {
  return queued?.music ?? musicOf(site, talk?.queueId ?? queued?.queueId ?? '');
}

function musicOf(site: Site, queueId: QueueId): string {
  if (queueId.startsWith('@')) return site.directQueue.music;
  return Object.hasOwn(site.queues, queueId) ? site.queues[queueId]!.music : 'default';
}
