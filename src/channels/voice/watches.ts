import type { WatchMode } from '../../model/call/call-event.ts';
import type { ContactId, LegId } from '../../model/ids.ts';

/** A supervisor's leg that hears an agent's. In mode `barge` it has no snoop channel: it is in the talk itself. */
export type Watch = {
  readonly legId: LegId;
  readonly contactId: ContactId;
  readonly targetLegId: LegId;
  readonly mode: WatchMode;
  readonly snoopId: string | undefined;
};

/** The watches by the supervisor's leg. */
export class Watches {
  readonly #watches = new Map<LegId, Watch>();

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
