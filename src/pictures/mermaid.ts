import { COLOURS } from './colours.ts';
import { FAMILIES, type Family, type Picture, type PictureEdge, type PictureNode } from './picture.ts';

/** The picture in the language of mermaid.js.org, which GitHub and many wikis draw. */
export function mermaid({ title, nodes, edges }: Picture): string {
  const names = new Map(nodes.map(({ id }, at) => [id, `n${at + 1}`]));
  const families = (Object.keys(FAMILIES) as Family[]).filter((family) => nodes.some((node) => node.family === family));
  const lines = [
    '---',
    `title: ${JSON.stringify(title)}`,
    '---',
    'flowchart TD',
    ...nodes.map((node) => `  ${names.get(node.id)}${shape(node)}:::${node.family}_`),
    ...edges.map((edge) => `  ${names.get(edge.from)} ${arrow(edge)} ${names.get(edge.to)}`),
    ...families.map((family) => {
      const { fill, line, text } = COLOURS[family];
      return `  classDef ${family}_ fill:${fill},stroke:${line},color:${text}`;
    }),
  ];
  return `${lines.join('\n')}\n`;
}

function shape(node: PictureNode): string {
  const label = `"${words(node.name)}${node.about === '' ? '' : `<br/>${words(node.about)}`}"`;
  switch (node.family) {
    case 'entry':
      return `([${label}])`;
    case 'ask':
      return `[/${label}/]`;
    case 'decide':
      return `{{${label}}}`;
    case 'data':
      return `[(${label})]`;
    case 'flow':
      return `[[${label}]]`;
    case 'end':
      return `([${label}])`;
    default:
      return `(${label})`;
  }
}

function arrow({ outcomes, kind }: PictureEdge): string {
  const label = outcomes.length === 0 ? '' : `|"${words(outcomes.join(', '))}"|`;
  return `${kind === 'usual' ? '-->' : '-.->'}${label}`;
}

/** Every sign that means something to Mermaid or HTML, as the code of its letter (mermaid.js.org, "Entity codes"). */
function words(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N} .,:;!?'()_/*+\u201c\u201d\u2026-]/gu, (sign) => `#${sign.codePointAt(0)};`);
}
