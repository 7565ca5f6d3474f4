import { apply } from '../../src/acd/apply.ts';
import { decide } from '../../src/acd/decide.ts';
import { type AcdState, emptyAcd } from '../../src/acd/state.ts';
import type { Event } from '../../src/model/event.ts';
import type { Site } from '../../src/model/site.ts';

/** The dispatcher as the hall drives it, without the hall. */
export type Engine = {
  readonly state: AcdState;
  /** Takes one event in with all that follows. The list begins with the event and is good until the next call. */
  take(event: Event): readonly Event[];
};

export function startEngine(site: Site, atMs: number): Engine {
  const state = emptyAcd(site);
  const batch: Event[] = [];
  const emit = (decision: Event): void => {
    apply(state, decision);
    batch.push(decision);
  };
  const take = (event: Event): readonly Event[] => {
    batch.length = 0;
    emit(event);
    for (let at = 0; at < batch.length; at++) decide(state, batch[at]!, emit);
    return batch;
  };
  take({ kind: 'door.agreed', atMs, door: 'voice' });
  return { state, take };
}
