import { ConfigError } from '../config.ts';
import { type LoadedFolder, readFlowFolder } from '../controller/flow-folder.ts';

/** A flows folder, checked. Rejects with ConfigError `flows.unreadable` when the folder itself cannot be read. */
export function readFolder(dir: string): Promise<LoadedFolder> {
  return readFlowFolder(dir).catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError('flows.unreadable', `The folder ${dir} cannot be read (${error.code ?? error.message}).`);
  });
}
