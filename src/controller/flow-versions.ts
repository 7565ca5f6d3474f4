import type { Journal } from '../journal/journal.ts';
import { failed, ok, type Result } from '../model/failure.ts';
import type { FlowSet } from '../model/flow-set.ts';
import type { AtMs } from '../model/ids.ts';
import type { FlowVersionView } from './desk.ts';
import type { State } from './state.ts';

/** Most versions that are listed and may be brought back; older ones stay in the journal. */
export const VERSIONS_MAX = 100;

/** Every version that was ever in service, the newest first, from the journal. Rejects when it cannot be read. */
export async function flowVersions(
  journal: Pick<Journal, 'between'>,
  state: State,
  nowMs: AtMs,
): Promise<FlowVersionView[]> {
  const found = new Map<string, { flows: number; atMs: AtMs; firstMs: AtMs }>();
  await journal.between(0, nowMs + 1, ['flows.loaded'], ({ event }) => {
    if (event.kind !== 'flows.loaded' || !isWhole(event.flows)) return;
    const { version, flows } = event.flows;
    const known = found.get(version);
    found.delete(version);
    const own = Object.keys(flows).filter((id) => !id.startsWith('strowger.')).length;
    found.set(version, { flows: own, atMs: event.atMs, firstMs: known?.firstMs ?? event.atMs });
  });
  const contacts = contactsByVersion(state);
  const { current, pinnedOver } = state.flow;
  return [...found]
    .reverse()
    .slice(0, VERSIONS_MAX)
    .map(([version, { flows, atMs, firstMs }]) => ({
      version,
      flows,
      firstLoadedAtMs: firstMs,
      loadedAtMs: atMs,
      inService: version === current,
      pinned: version === current && pinnedOver !== null,
      contacts: contacts.get(version) ?? 0,
    }));
}

/** A checkout between two releases may have written sets that lack what came later; they cannot be brought back. */
function isWhole(set: FlowSet): boolean {
  return set.tables !== undefined;
}

function contactsByVersion({ flow }: State): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { version } of flow.sessions.values()) counts.set(version, (counts.get(version) ?? 0) + 1);
  return counts;
}

/** One version as it was loaded. Failure: `flows.version_unknown`. Rejects when the journal cannot be read. */
export async function flowSetOf(
  journal: Pick<Journal, 'between'>,
  state: State,
  version: string,
  nowMs: AtMs,
): Promise<Result<FlowSet>> {
  let set = state.flow.sets.get(version);
  if (!set) {
    await journal.between(0, nowMs + 1, ['flows.loaded'], ({ event }) => {
      if (event.kind === 'flows.loaded' && event.flows.version === version && isWhole(event.flows)) set = event.flows;
    });
  }
  return set ? ok(set) : failed('flows.version_unknown', `No flows of version ${version} were ever in service.`);
}
