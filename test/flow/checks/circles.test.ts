import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { circles } from '../../../src/flow/checks/circles.ts';

type Graph = Readonly<Record<string, readonly string[]>>;

const found = (graph: Graph) => circles(Object.keys(graph), (node) => graph[node] ?? []);

/** Nodes that can be come to from a node. */
function reach(graph: Graph, from: string): Set<string> {
  const reached = new Set(graph[from]);
  for (const node of reached) for (const next of graph[node] ?? []) reached.add(next);
  return reached;
}

test('nodes that lead to each other are one group, and a node alone only when it leads to itself', () => {
  assert.deepEqual(found({ a: ['b'], b: ['c'], c: ['a', 'd'], d: [], e: ['e'], f: ['a'] }), [['a', 'b', 'c'], ['e']]);
  assert.deepEqual(found({ a: ['b', 'x'], b: [] }), []);
});

test('the groups are those of nodes that can come to each other and back', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const graphs = fc
    .tuple(...names.map(() => fc.subarray(names)))
    .map((next) => Object.fromEntries(names.map((name, at) => [name, next[at]!])));
  fc.assert(
    fc.property(graphs, (graph) => {
      const back = (node: string) =>
        names.filter((other) => reach(graph, node).has(other) && reach(graph, other).has(node));
      const wanted = names.map(back).filter((group) => group.length > 0);
      const unique = new Map(wanted.map((group) => [group.join(), group]));
      assert.deepEqual(found(graph), [...unique.values()]);
    }),
    { numRuns: 300 },
  );
});

test('a line of 100,000 nodes that leads back to its beginning is no matter', () => {
  const graph = Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`n${at}`, [`n${(at + 1) % 100_000}`]]));
  assert.equal(found(graph)[0]!.length, 100_000);
});
