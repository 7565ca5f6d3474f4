import { type Spoken, staticTexts } from '../../flow/texts.ts';
import { type LoadedFolder, readFlowFolder } from '../flow-folder.ts';

/** A load, with all that is worked out from it before it comes into service. */
export type ReadFlows = LoadedFolder & {
  /** Texts that are the same for all callers; none when the folder is refused. */
  readonly texts: readonly Spoken[];
};

/** Reads and checks the flows folder in this thread. Rejects only when the folder itself cannot be read. */
export async function readFlows(dir: string, secrets?: ReadonlySet<string>): Promise<ReadFlows> {
  const loaded = await readFlowFolder(dir, secrets);
  return { ...loaded, texts: loaded.set ? staticTexts(loaded.set) : [] };
}
