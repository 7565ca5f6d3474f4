import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { DEBIAN, pocketsphinx } from '../../src/recognition/engines/pocketsphinx.ts';
import { openEars } from '../../src/recognition/open-ears.ts';
import { openPool } from '../../src/recognition/pocketsphinx/pool.ts';
import { hearOne, orderOf } from '../bench/recognition.ts';
import { corpus, type Kind, meaning } from '../bench/recognition-corpus.ts';
import { spoken } from '../bench/recognition-voices.ts';
import { overTheLine } from '../bench/telephone-line.ts';

// The limits of a call are no limits of a test on a machine that is busy with other tests.
const LIMITS = { answerMsMax: 60_000, waitMsMax: 60_000 };
const dir = mkdtempSync(join(tmpdir(), 'strowger-accuracy-'));
const engine = pocketsphinx('pocketsphinx', openPool({ setting: DEBIAN, childrenMax: 2, jobMsMax: 30_000 }));
const ears = openEars({ ...LIMITS, engineOf: () => engine });
after(async () => {
  await ears.close();
  await engine.close();
  rmSync(dir, { recursive: true });
});

/** How many of so many utterances of one voice on a quiet line are right. The whole corpus is `npm run bench -- recognition`. */
async function right(kind: Kind, count: number): Promise<{ right: number; of: number; wrong: string[] }> {
  const utterances = corpus('figure').filter((one) => one.kind === kind && one.voice.name === 'flite rms');
  const chosen = utterances.slice(0, count);
  const wrong: string[] = [];
  await Promise.all(
    chosen.map(async (utterance, at) => {
      const sound = overTheLine(spoken(utterance.voice, utterance.said, dir)!, 'quiet', { seed: at + 1 });
      const heard = await hearOne(ears, orderOf(utterance), sound);
      const text = heard?.what === 'final' && heard.text !== '' ? meaning(heard.text, utterance.expected) : null;
      if (text !== utterance.right) wrong.push(`${utterance.said} -> ${text}`);
    }),
  );
  return { right: chosen.length - wrong.length, of: chosen.length, wrong };
}

for (const [kind, count, atLeast] of [
  ['menu', 6, 6],
  ['yes or no', 5, 5],
  ['digits', 4, 3],
  ['other words, menu', 5, 4],
] as const) {
  test(`of ${kind} at least ${atLeast} of ${count} are right, as they come over a telephone line`, async () => {
    const { right: found, of, wrong } = await right(kind, count);
    assert.equal(of, count);
    assert.ok(found >= atLeast, wrong.join('; '));
  });
}
