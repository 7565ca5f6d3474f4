import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { play } from './play.ts';
import { readStory } from './read-story.ts';

// Every text file in this folder is a story; README.md tells how to write one.

const here = dirname(fileURLToPath(import.meta.url));
const files = readdirSync(here).filter((name) => name.endsWith('.txt'));

for (const name of files) {
  const text = readFileSync(resolve(here, name), 'utf8');
  test(`${name.slice(0, -4)}: ${text.slice(0, text.indexOf('\n'))}`, () => {
    play(readStory(`test/scenarios/${name}`, text));
  });
}

const SITE = `A title

=== site
queues: { sales: {} }
agents:
  anna: { extension: "1001", queues: [sales] }
`;

function failureOf(story: string): string {
  try {
    play(readStory('story.txt', SITE + story));
  } catch (error) {
    return (error as Error).message;
  }
  return 'it came true';
}

test('a row that does not come true is told with its line, what happened instead and what everybody was doing', () => {
  const message = failureOf(`
=== story 2026-11-23
10:00:00 | anna | is ready        |
10:00:05 | anna | pauses for tea  |
10:00:10 | c1   | calls sales     | c1 rings anna
`);
  assert.match(message, /^story\.txt:11: expected: c1 rings anna\n {2}got: nothing\n {2}agents: anna: paused \(tea\)/);
});

test('what happens between two rows and is not expected is told with its time', () => {
  const message = failureOf(`
=== story 2026-11-23
10:00:00 | anna | is ready     |
10:00:10 | c1   | calls sales  | c1 rings anna
10:02:00 | c2   | calls sales  |
`);
  assert.match(message, /^story\.txt:11: before 10:02:00 this happened: anna did not answer c1/);
});

test('a site that is wrong and a row that cannot be read are told with their lines', () => {
  assert.match(failureOf('queues2: 1\n=== story 2026-11-23\n10:00:00 | | |\n'), /^story\.txt:7: /);
  assert.match(failureOf('=== story 2026-11-23\n10:00 | anna | is ready |\n'), /^story\.txt:8: a row is/);
  assert.match(failureOf('=== story 2026-11-23\n10:00:00 | anna | dances |\n'), /^story\.txt:8: an agent cannot/);
});
