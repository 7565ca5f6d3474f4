import type { WatchMode } from '../../model/call/call-event.ts';
import type { ContactId, LegId } from '../../model/ids.ts';

/** A supervisor's leg that hears an agent's. In mode `barge` it has no snoop channels: it is in the talk itself. */
export type Watch = {
  readonly legId: LegId;
  readonly contactId: ContactId;
  readonly targetLegId: LegId;
  readonly mode: WatchMode;
  /** Hears the agent; undefined while a sound plays to the agent. */
  readonly snoopId: string | undefined;
  /** In mode `listen`: what hears those whom the agent hears, by their channels. */
  readonly others: ReadonlyMap<string, string>;
};

/** All snoop channels of a watch. */
export function snoopsOf({ snoopId, others }: Watch): string[] {
  return snoopId === undefined ? [...others.values()] : [snoopId, ...others.values()];
}

/** The watches by the supervisor's leg. */
export class Watches {
  readonly #watches = new Map<LegId, Watch>();
  #count = 0;

  /** A number that no snoop channel of this life of the program has. */
  count(): number {
    this.#count += 1;
    return this.#count;
  }

  get(legId: LegId): Watch | undefined {
    return this.#watches.get(legId);
  }

  all(): Watch[] {
    return [...this.#watches.values()];
  }

  set(watch: Watch): void {
    this.#watches.set(watch.legId, watch);
  }

  remove(legId: LegId): Watch | undefined {
    const watch = this.#watches.get(legId);
    this.#watches.delete(legId);
    return watch;
  }
}
