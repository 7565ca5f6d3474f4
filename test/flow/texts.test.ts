import assert from 'node:assert/strict';
import { test } from 'node:test';
import { staticTexts } from '../../src/flow/texts.ts';
import type { FlowSet } from '../../src/model/flow-set.ts';

/** A set of flows of which only the prompts matter. */
function setOf(flows: Record<string, readonly unknown[]>, languages = ['en', 'zh']): FlowSet {
  const one = (id: string, prompts: readonly unknown[]): unknown => ({
    id,
    steps: Object.fromEntries(prompts.map((prompt, at) => [`s${at}`, { with: { prompt: [prompt] } }])),
  });
  const all = Object.entries(flows).map(([id, prompts]) => [id, one(id, prompts)]);
  return { site: { languages }, flows: Object.fromEntries(all) } as unknown as FlowSet;
}

test('a text is prepared with its voice, and with the flow in which it stands', () => {
  const texts = staticTexts(setOf({ main: [{ say: 'Hello', language: 'en', voice: 'rms' }] }));
  assert.deepEqual(texts, [{ text: 'Hello', language: 'en', voice: 'rms', from: 'main' }]);
});

test('the same text is prepared once for each language and voice in which it is spoken', () => {
  const prompts = [{ say: 'Hello' }, { say: 'Hello', language: 'en' }, { say: 'Hello', language: 'en', voice: 'rms' }];
  const texts = staticTexts(setOf({ main: prompts, other: [{ say: 'Hello' }] }));
  assert.deepEqual(
    texts.map(({ language, voice, from }) => [language, voice, from]),
    [
      ['en', undefined, 'main'],
      ['zh', undefined, 'main'],
      ['en', 'rms', 'main'],
    ],
  );
});

test('a text with an expression is not known before the call', () => {
  assert.deepEqual(staticTexts(setOf({ main: [{ say: `Hello \${{ contact.from }}` }] })), []);
});
