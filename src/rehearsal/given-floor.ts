import type { AcdState } from '../acd/state.ts';
import { floorOf } from '../controller/floor.ts';
import type { DispatcherFloor } from '../flow/floor.ts';
import type { AtMs, QueueId } from '../model/ids.ts';
import type { QueueFigures } from './given.ts';

/** What flows may ask about queues: the real answers, but for the figures that are given. */
export function givenFloor(
  figures: Readonly<Record<QueueId, QueueFigures>>,
): (acd: AcdState, atMs: AtMs) => DispatcherFloor {
  const given = (queueId: QueueId): QueueFigures => (Object.hasOwn(figures, queueId) ? figures[queueId]! : {});
  return (acd, atMs) => {
    const real = floorOf(acd, atMs);
    return {
      loggedIn: (agentId) => real.loggedIn(agentId),
      talk: (agentId) => real.talk(agentId),
      queue: (queueId) => {
        const status = real.queue(queueId);
        return status && { ...status, ...given(queueId) };
      },
      place: (contactId) => {
        const place = real.place(contactId);
        const queueId = acd.items.get(contactId)?.queueId;
        if (!place || queueId === undefined) return place;
        const { waiting = 0, estimatedWaitMs = place.estimatedWaitMs } = given(queueId);
        return { ...place, position: place.position + waiting, estimatedWaitMs };
      },
    };
  };
}
