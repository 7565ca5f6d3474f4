import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instance } from '@viz-js/viz';
import { shortened } from '../../src/pictures/about-step.ts';
import { COLOURS } from '../../src/pictures/colours.ts';
import { dot } from '../../src/pictures/dot.ts';
import { flowPicture } from '../../src/pictures/flow-picture.ts';
import { mermaid } from '../../src/pictures/mermaid.ts';
import { FAMILIES, type Family, type Picture } from '../../src/pictures/picture.ts';
import { svg } from '../../src/pictures/svg.ts';
import { folder } from './folder.ts';

const NASTY = `<script>alert("1")</script> & "quotes" 'single' \\n back\\slash } ] | -- %% end; \`x\` #35;`;
const nasty: Picture = {
  title: NASTY,
  nodes: [
    ...(Object.keys(FAMILIES) as Family[]).map((family) => ({ id: family, family, name: NASTY, about: NASTY })),
    { id: 'plain', family: 'end', name: 'end', about: '' },
  ],
  edges: [
    { from: 'talk', to: 'ask', outcomes: [NASTY, 'ok'], kind: 'error' },
    { from: 'ask', to: 'plain', outcomes: [], kind: 'handler' },
  ],
};

test('whatever stands in a name is a text in the SVG, and nothing else', async () => {
  const drawn = await svg(nasty);
  assert.ok(!/<script/i.test(drawn));
  assert.ok(!/&(?!(amp|lt|gt|quot|#\d+|#x[0-9a-f]+);)/i.test(drawn), 'every & begins a sign by its name');
  assert.ok(drawn.includes('&lt;script&gt;'));
  assert.equal(drawn.split('<svg').length, drawn.split('</svg>').length);
});

test('whatever stands in a name, DOT can be read again and has as many nodes and lines', async () => {
  const read = (await instance()).renderJSON(dot(nasty)) as { objects: { label: string }[]; edges: unknown[] };
  assert.equal(read.objects.length, nasty.nodes.length);
  assert.equal(read.edges.length, 2);
});

test('in Mermaid signs that mean something are written by their numbers', () => {
  const lines = mermaid(nasty).split('\n').slice(4);
  for (const line of lines.filter((one) => one.includes('script'))) {
    const inside = /"(.*)"/.exec(line)![1]!.replace('<br/>', '');
    assert.doesNotMatch(inside, /["<>&|`{}[\]\\]/, line);
  }
});

test('the same flow gives the same picture, letter by letter', async () => {
  const [one, other] = [folder(), folder()].map((set) => flowPicture(set, set.flows['main']!));
  assert.equal(mermaid(one!), mermaid(other!));
  assert.equal(dot(one!), dot(other!));
  assert.equal(await svg(one!), await svg(other!));
});

test('Mermaid draws shapes by family, outcomes on the arrows and other flows with a double border', () => {
  const set = folder();
  const text = mermaid(flowPicture(set, set.flows['main']!));
  assert.match(text, /^---\ntitle: "main"\n---\nflowchart TD\n/);
  assert.match(text, /\[\["ask<br\/>call_flow: other"\]\]:::flow_/);
  assert.match(text, /-->\|"1 Sales, 2"\|/);
  assert.match(text, /-\.->\|"error"\|/);
});

test('an SVG has a title, a legend of what is in it, every name, and is at most 1200 wide', async () => {
  const set = folder();
  const drawn = await svg(flowPicture(set, set.flows['main']!));
  assert.match(drawn, /<title>main<\/title>/);
  for (const words of ['asks the customer', 'waits for an agent', 'another flow', 'where it begins']) {
    assert.ok(drawn.includes(`>${words}</text>`), words);
  }
  assert.ok(!drawn.includes(FAMILIES.media), 'nothing records here');
  for (const name of ['hello', 'choose', 'sales', 'sorry']) assert.ok(drawn.includes(`>${name}</text>`), name);
  assert.ok(Number(/width="(\d+)"/.exec(drawn)![1]) <= 1200);
});

test('no two nodes of a drawn flow cover each other', async () => {
  const set = folder();
  const text = dot(flowPicture(set, set.flows['main']!));
  const { objects } = (await instance()).renderJSON(text) as {
    objects: { pos: string; width: string; height: string }[];
  };
  const boxes = objects.map(({ pos, width, height }) => {
    const [x, y] = pos.split(',').map(Number) as [number, number];
    return { x, y, w: Number(width) * 72, h: Number(height) * 72 };
  });
  for (const [at, a] of boxes.entries()) {
    for (const b of boxes.slice(at + 1)) {
      assert.ok(Math.abs(a.x - b.x) * 2 >= a.w + b.w - 1 || Math.abs(a.y - b.y) * 2 >= a.h + b.h - 1);
    }
  }
});

test('words of a node can be read on its colour, at 7 to 1', () => {
  const light = (hex: string): number => {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  for (const [family, { fill, text }] of Object.entries(COLOURS)) {
    assert.ok((light(fill) + 0.05) / (light(text) + 0.05) >= 7, family);
  }
});

test('a long text is cut at a blank, and never inside of a letter', () => {
  assert.equal(shortened('one two three four', 12), 'one two\u2026');
  assert.equal(shortened('\u{1F600}'.repeat(5), 3), '\u{1F600}\u{1F600}\u2026');
  assert.equal(shortened('  a\n b ', 10), 'a b');
});
