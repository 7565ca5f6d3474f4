import { COLOURS, ERROR_LINE, USUAL_LINE } from './colours.ts';
import type { Family, Picture, PictureEdge, PictureNode } from './picture.ts';

/** Shapes of Graphviz, by family. */
const SHAPES: Readonly<Record<Family, string>> = {
  entry: 'shape=box, style="rounded,dashed", margin="0.1,0.03", height=0.28',
  talk: 'shape=box, style="rounded,filled"',
  ask: 'shape=box, style="rounded,filled", penwidth=2.2',
  decide: 'shape=hexagon, style=filled, margin="0.02,0.04"',
  data: 'shape=note, style=filled',
  queue: 'shape=box, style="rounded,filled", penwidth=2.2',
  media: 'shape=component, style=filled',
  flow: 'shape=box, style=filled, peripheries=2',
  end: 'shape=box, style="rounded,filled", margin="0.14,0.05"',
};
/** One name alone: Graphviz knows how wide its letters are, and makes room for them. */
export const FONT = 'Arial';
/** A line of outcomes is broken after so many letters. */
const LINE_LETTERS = 26;

/** The picture in the language of graphviz.org. */
export function dot({ title, nodes, edges }: Picture, { titled = true } = {}): string {
  const names = new Map(nodes.map(({ id }, at) => [id, `n${at + 1}`]));
  const lines = [
    `digraph ${quoted(title)} {`,
    titled
      ? `  graph [label=${quoted(title)}, labelloc=t, fontsize=18, fontname=${FONT}]`
      : `  graph [fontname=${FONT}]`,
    '  graph [rankdir=TB, nodesep=0.35, ranksep=0.45, pad=0.2]',
    `  node [fontsize=11, margin="0.16,0.07", height=0.4, fontname=${FONT}]`,
    `  edge [fontsize=9, arrowsize=0.7, color="${USUAL_LINE}", fontcolor="${USUAL_LINE}", fontname=${FONT}]`,
    ...nodes.map((node) => `  ${names.get(node.id)} [${attributes(node)}]`),
    ...edges.map((edge) => `  ${names.get(edge.from)} -> ${names.get(edge.to)}${drawn(edge)}`),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

function attributes({ family, name, about }: PictureNode): string {
  const { fill, line, text } = COLOURS[family];
  const label = `label=${quoted(about === '' ? name : `${name}\n${about}`)}`;
  return `${label}, ${SHAPES[family]}, fillcolor="${fill}", color="${line}", fontcolor="${text}"`;
}

function drawn({ outcomes, kind }: PictureEdge): string {
  const label = outcomes.length === 0 ? [] : [`label=${quoted(` ${broken(outcomes).join('\n ')} `)}`];
  const look =
    kind === 'error'
      ? [`style=dashed, color="${ERROR_LINE}", fontcolor="${ERROR_LINE}"`]
      : kind === 'handler'
        ? ['style=dotted']
        : [];
  const all = [...label, ...look];
  return all.length === 0 ? '' : ` [${all.join(', ')}]`;
}

/** Outcomes one after the other, in lines that are not too long. */
function broken(outcomes: readonly string[]): string[] {
  const lines: string[] = [];
  for (const [at, outcome] of outcomes.entries()) {
    const word = at < outcomes.length - 1 ? `${outcome},` : outcome;
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 1 > LINE_LETTERS) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** A text in quotes: the backslash would be an escape (graphviz.org, escString), and so it is doubled. */
function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
