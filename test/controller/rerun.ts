import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { projectDir } from '../../src/config.ts';
import { canonical, digest, LongDay } from './long-day.ts';

export type Rerun = {
  readonly events: number;
  readonly decisions: number;
  readonly differences: number;
  /** The state at the end is the same in both processes, byte by byte. */
  readonly sameState: boolean;
};

/** Lives a day here, writes down what came in and what was decided, and has another process live it again. */
export async function liveTwice(seed: number, events: number): Promise<Rerun> {
  const dir = mkdtempSync(join(tmpdir(), 'strowger-determinism-'));
  try {
    const file = join(dir, 'day.jsonl');
    const out = createWriteStream(file);
    let decisions = 0;
    const day = new LongDay(seed, (taken) => {
      decisions += taken.decisions.length;
      out.write(`${JSON.stringify(taken)}\n`);
    });
    // In pieces, so that the file takes what was written and memory does not.
    for (let upTo = Math.min(events, PIECE); ; upTo = Math.min(events, upTo + PIECE)) {
      day.live(upTo);
      if (out.writableNeedDrain) await once(out, 'drain');
      if (upTo >= events) break;
    }
    out.end();
    await once(out, 'finish');
    const again = await elsewhere(file);
    const { differences, state } = again;
    return { events: again.events, decisions, differences, sameState: state === digest(canonical(day.state)) };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const PIECE = 20_000;

/** Another process in another time zone and language, whose hash tables and dice begin elsewhere. */
async function elsewhere(file: string): Promise<{ events: number; differences: number; state: string }> {
  const child = spawn(
    process.execPath,
    [
      '--random-seed=4711',
      '--hash-seed=815',
      '--import',
      'tsx',
      resolve(projectDir, 'test/controller/rerun-child.ts'),
      file,
    ],
    {
      cwd: projectDir,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TZ: 'Asia/Kathmandu', LC_ALL: 'tr_TR.UTF-8' },
    },
  );
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const [status] = (await once(child, 'close')) as [number];
  if (status !== 0) throw new Error(`the other process ended with ${status}`);
  return JSON.parse(printed) as { events: number; differences: number; state: string };
}
