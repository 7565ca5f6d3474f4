import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { listeningFlows, NUMBERS } from '../bench/speech/listening-flows.ts';
import { onLine } from '../spoken/phone-line.ts';
import { SpeakingCall } from '../spoken/speaking-call.ts';
import { spoken, type Voice } from '../spoken/voices.ts';
import { Scene } from './scene.ts';

// A few words over SIP, and the branch that the flow takes; hundreds of them are said by `npm run bench -- speech-accuracy`.

const VOICE: Voice = { engine: 'flite', name: 'rms', speed: 1 };
/** Who speaks, and what the flow should make of it. */
const MENU = [
  ['new order', '1'],
  ['repair service', '4'],
  ['pizza with mushrooms', 'no_match'],
  ['change my address', '6'],
] as const;
const YES_NO = [
  ['yes', 'yes'],
  ['no', 'no'],
  ['nope', 'no'],
] as const;

let scene: Scene;
before(async () => {
  scene = await Scene.open({ files: listeningFlows(), agents: [] });
});
after(() => scene.close());

async function outcomes(number: string, words: readonly string[]): Promise<string[]> {
  const sounds = await Promise.all(
    words.map(async (one) => onLine(await spoken(one, VOICE), { snrDb: null, seed: 1 })),
  );
  const call = await SpeakingCall.open(scene, number);
  const found: string[] = [];
  try {
    for (const sound of sounds) found.push((await call.say(sound)).outcome);
  } finally {
    await call.close();
  }
  return found;
}

for (const [task, said] of [
  ['menu', MENU],
  ['confirm', YES_NO],
] as const) {
  test(`${task}: the flow takes the branch that was said, and what nobody expects is refused`, async () => {
    const found = await outcomes(
      NUMBERS[task],
      said.map(([words]) => words),
    );
    assert.deepEqual(
      found,
      said.map(([, expected]) => expected),
    );
  });
}
