import type { Journal } from '../journal/journal.ts';
import { failed, ok, type Result } from '../model/failure.ts';
import type { FlowSet } from '../model/flow-set.ts';
import { fromJournal } from './decisions/decisions-desk.ts';
import type { Desk, FlowsStatus, FlowVersionView } from './desk.ts';
import { flowSetOf, flowVersions } from './flow-versions.ts';
import type { LiveHall } from './hall.ts';

/** The keeper of the flows, as far as the desk asks it. */
export type Keeper = {
  status(): FlowsStatus;
  /** Brings a set into service by hand. */
  activate(set: FlowSet): Promise<Result<void>>;
};

/** The part of the desk that is about versions of the flows. */
export function createFlowDesk(
  hall: LiveHall,
  journal: Journal,
  keeper: Keeper,
): Pick<Desk, 'flows' | 'flowVersions' | 'flowSet' | 'activateFlows'> {
  const versions = (): Promise<Result<readonly FlowVersionView[]>> =>
    fromJournal(async () => ok(await flowVersions(journal, hall.state, hall.now())));
  const flowSet = (version: string): Promise<Result<FlowSet>> =>
    fromJournal(() => flowSetOf(journal, hall.state, version, hall.now()));
  return {
    flows: () => keeper.status(),
    flowVersions: versions,
    flowSet,
    activateFlows: async (version) => {
      const listed = await versions();
      if (!listed.ok) return listed;
      const wanted = version ?? listed.value.find(({ inService }) => !inService)?.version;
      if (wanted === undefined) return failed('flows.no_earlier', 'No other version of the flows was ever in service.');
      const set = await flowSet(wanted);
      if (!set.ok) return set;
      const activated = await keeper.activate(set.value);
      if (!activated.ok) return activated;
      const after = await versions();
      if (!after.ok) return after;
      return ok(after.value.find((one) => one.version === wanted)!);
    },
  };
}
