import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { MusicClass } from '../../../model/call/trunk.ts';
import type { Site } from '../../../model/site.ts';
import type { AriClient } from '../ari/client.ts';
import type { Equipped } from './equipped.ts';

const MODULE = 'res_musiconhold.so';
/** Decodes MP3 of the network to what Asterisk plays. It is run without a shell, and ended with the class. */
const STREAM_PLAYER = '/usr/bin/mpg123 -q -s -r 8000 --mono -e s16';

export type MusicFile = {
  /** The file that asterisk-config/musiconhold.conf includes, as this program writes it. */
  readonly file: string;
  /** Where a recording of one version of the flows lies, without its ending, as Asterisk reads it. */
  readonly pathOf: (version: string, name: string) => string;
};

/**
 * Writes the site's classes of music down and lets Asterisk read them. Who listens to a class goes on listening: one that is
 * the same stays, and a changed or dropped one lives as long as somebody hears it. Harmless when repeated.
 */
export async function equipMusic(
  { ari, equipped }: { readonly ari: AriClient; readonly equipped: Equipped },
  to: MusicFile,
  { music }: Site,
  version: string,
): Promise<void> {
  const text = renderMusic(Object.values(music), (name) => to.pathOf(version, name));
  const isThere = (await readFile(to.file, 'utf8').catch(() => '')) === text;
  if (isThere && equipped.knows(MODULE, text)) return;
  await equipped.change(MODULE);
  if (!isThere) await replace(to.file, text);
  // Also when the file is as it was: Asterisk may have been started before it was written. It reads changed files only.
  await ari.request('asterisk.reloadModule', { moduleName: MODULE });
  equipped.said(MODULE, text);
}

/** Classes as sections of musiconhold.conf (its modes `playlist` and `custom`). */
export function renderMusic(classes: readonly MusicClass[], pathOf: (name: string) => string): string {
  const head = '; The classes of music of site.yaml. Written by Strowger; changes are lost.\n';
  return [head, ...classes.map((one) => section(one, pathOf))].join('\n');
}

function section({ id, files, shuffled, stream }: MusicClass, pathOf: (name: string) => string): string {
  const lines =
    stream === null
      ? ['mode = playlist', ...files.map((name) => `entry = ${pathOf(name)}`), ...(shuffled ? ['sort = random'] : [])]
      : ['mode = custom', `application = ${STREAM_PLAYER} ${stream}`];
  return `[${id}]\n${lines.join('\n')}\n`;
}

/** Asterisk runs as another user, so others may read it; renamed, so that it is never read half. */
async function replace(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o755 });
  await writeFile(`${file}.tmp`, text);
  await chmod(`${file}.tmp`, 0o644);
  await rename(`${file}.tmp`, file);
}
