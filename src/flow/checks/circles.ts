/**
 * Groups of nodes that lead to each other, each in the order given, and nodes that lead to themselves: the strongly
 * connected components that hold a circle. Tarjan 1972, without recursion, for a flow may be thousands of steps long.
 */
export function circles(nodes: readonly string[], next: (node: string) => Iterable<string>): string[][] {
  const place = new Map(nodes.map((node, at) => [node, at]));
  const found: Mark = { index: new Map(), low: new Map(), open: [], isOpen: new Set() };
  const groups: string[][] = [];
  for (const node of nodes) if (!found.index.has(node)) walk(node, place, next, found, groups);
  const real = groups.filter((group) => group.length > 1 || [...next(group[0]!)].includes(group[0]!));
  for (const group of real) group.sort((a, b) => place.get(a)! - place.get(b)!);
  return real.sort((a, b) => place.get(a[0]!)! - place.get(b[0]!)!);
}

type Mark = {
  readonly index: Map<string, number>;
  readonly low: Map<string, number>;
  readonly open: string[];
  readonly isOpen: Set<string>;
};

function walk(
  start: string,
  known: ReadonlyMap<string, number>,
  next: (node: string) => Iterable<string>,
  mark: Mark,
  groups: string[][],
): void {
  const path = [{ node: start, rest: begin(start, known, next, mark) }];
  for (let here = path.at(-1); here; here = path.at(-1)) {
    const { node, rest } = here;
    const to = rest.pop();
    if (to !== undefined) {
      if (!mark.index.has(to)) path.push({ node: to, rest: begin(to, known, next, mark) });
      else if (mark.isOpen.has(to)) lower(mark, node, mark.index.get(to)!);
      continue;
    }
    path.pop();
    const above = path.at(-1);
    if (above) lower(mark, above.node, mark.low.get(node)!);
    if (mark.low.get(node) === mark.index.get(node)) groups.push(close(node, mark));
  }
}

function begin(
  node: string,
  known: ReadonlyMap<string, number>,
  next: (node: string) => Iterable<string>,
  mark: Mark,
): string[] {
  mark.low.set(node, mark.index.size);
  mark.index.set(node, mark.index.size);
  mark.open.push(node);
  mark.isOpen.add(node);
  return [...next(node)].filter((to) => known.has(to)).reverse();
}

function lower({ low }: Mark, node: string, value: number): void {
  low.set(node, Math.min(low.get(node)!, value));
}

function close(node: string, { open, isOpen }: Mark): string[] {
  const group = open.splice(open.lastIndexOf(node));
  for (const one of group) isOpen.delete(one);
  return group;
}
