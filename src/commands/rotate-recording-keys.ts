import { askController } from './ask-controller.ts';
import type { CliCommand } from './command.ts';
import { readOptions } from './options.ts';
import { wrongUsage } from './wrong-usage.ts';

type Rotated = { readonly rewrapped: number; readonly forgotten: readonly string[]; readonly failed: number };

/** New keys for recordings, by the controller that runs. Status 1 when some recordings could not be put under them. */
export const rotateRecordingKeys: CliCommand = {
  name: 'rotate-recording-keys',
  usage: '[--json]',
  summary: 'makes new keys for recordings, puts the old recordings under them, and removes the old keys',
  async run(args, env) {
    const options = readOptions(args, { values: [], flags: ['json'] });
    if (typeof options === 'string') return wrongUsage(rotateRecordingKeys, options);
    if (options.others.length > 0) return wrongUsage(rotateRecordingKeys, 'Nothing else is to be given.');
    const rotated = await askController<Rotated>(env, '/v1/recordings/keys/rotate', {});
    process.stdout.write(
      options.flags.has('json') ? `${JSON.stringify(rotated, undefined, 2)}\n` : rotationText(rotated),
    );
    return rotated.failed === 0 ? 0 : 1;
  },
};

export function rotationText({ rewrapped, forgotten, failed }: Rotated): string {
  const done = `${rewrapped} recordings are under new keys; ${forgotten.length} old keys are removed.\n`;
  const stuck = `${failed} recordings could not be put under the new keys, so theirs stay: see docs/recordings.md.\n`;
  return failed === 0 ? done : `${done}${stuck}`;
}
