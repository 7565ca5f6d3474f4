import type { Viz } from '@viz-js/viz';
import { COLOURS } from './colours.ts';
import { dot, FONT } from './dot.ts';
import { FAMILIES, type Family, type Picture } from './picture.ts';

const WIDTH_MIN = 560;
/** In points; names have 11. */
const ABOUT_SIZE = 9.5;
/** A wider picture is made smaller until it fits. */
const WIDTH_SHOWN_MAX = 1200;
const MARGIN = 16;
const TITLE_HEIGHT = 44;
const LEGEND_LINE = 24;
const LEGEND_SWATCH = 14;
/** Room for one letter of the legend, measured at 12 px; sans-serif letters are narrower. */
const LEGEND_LETTER = 6.6;

let started: Promise<Viz> | undefined;

/** The picture as SVG, laid out by Graphviz (compiled to WebAssembly), with a title above and a legend below. */
export async function svg(picture: Picture): Promise<string> {
  // It is large, and most commands draw nothing.
  started ??= import('@viz-js/viz').then(({ instance }) => instance());
  const drawn = (await started).renderString(dot(picture, { titled: false }), { format: 'svg', engine: 'dot' });
  const [, width = '0', height = '0', inner = ''] =
    /<svg[^>]*viewBox="[\d.]+ [\d.]+ ([\d.]+) ([\d.]+)"[^>]*>([\s\S]*)<\/svg>/.exec(drawn) ?? [];
  const families = (Object.keys(FAMILIES) as Family[]).filter((one) =>
    picture.nodes.some(({ family }) => family === one),
  );
  // Graphviz counts in points, and one is drawn as one and a third of a pixel.
  const [graphWidth, graphHeight] = [Math.ceil((Number(width) * 4) / 3), Math.ceil((Number(height) * 4) / 3)];
  const wholeWidth = Math.max(WIDTH_MIN, graphWidth + 2 * MARGIN);
  const legend = legendOf(families, wholeWidth - 2 * MARGIN);
  const wholeHeight = TITLE_HEIGHT + graphHeight + legend.height + 2 * MARGIN;
  const left = Math.round((wholeWidth - graphWidth) / 2);
  const shown = Math.min(1, WIDTH_SHOWN_MAX / wholeWidth);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${Math.round(wholeWidth * shown)}" height="${Math.round(wholeHeight * shown)}" viewBox="0 0 ${wholeWidth} ${wholeHeight}" role="img" font-family="Helvetica,Arial,sans-serif">`,
    `<title>${escaped(picture.title)}</title>`,
    `<rect width="${wholeWidth}" height="${wholeHeight}" fill="#ffffff"/>`,
    `<text x="${MARGIN}" y="30" font-size="20" font-weight="bold" fill="#14304f">${escaped(picture.title)}</text>`,
    `<svg x="${left}" y="${TITLE_HEIGHT}" width="${graphWidth}" height="${graphHeight}" viewBox="0 0 ${width} ${height}">${lettered(inner.trim())}</svg>`,
    `<g transform="translate(${MARGIN},${TITLE_HEIGHT + graphHeight + MARGIN})" font-size="12" fill="#333b47">`,
    ...legend.lines,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** The first line of a node is its name, the second what it is about; the font is what the reader's machine has. */
function lettered(inner: string): string {
  const nodes = inner.replace(/<g id="[^"]*" class="node">[\s\S]*?<\/g>/g, (node) => {
    let line = 0;
    return node.replace(/<text /g, () => (line++ === 0 ? '<text font-weight="bold" ' : '<text class="about" '));
  });
  return nodes
    .replace(/(<text class="about" [^>]*)font-size="[\d.]+"/g, `$1font-size="${ABOUT_SIZE}"`)
    .replaceAll(`font-family="${FONT}"`, 'font-family="Helvetica,Arial,sans-serif"')
    .replace(/<polygon fill="white" stroke="none"[^>]*\/>/, '');
}

function legendOf(families: readonly Family[], width: number): { lines: string[]; height: number } {
  let [x, y] = [0, 0];
  const lines = families.map((family) => {
    const words = FAMILIES[family];
    const needed = LEGEND_SWATCH + 8 + words.length * LEGEND_LETTER + 16;
    if (x > 0 && x + needed > width) [x, y] = [0, y + LEGEND_LINE];
    const { fill, line } = COLOURS[family];
    const swatch = `<rect x="${x}" y="${y}" width="${LEGEND_SWATCH}" height="${LEGEND_SWATCH}" rx="3" fill="${fill}" stroke="${line}"/>`;
    const text = `<text x="${x + LEGEND_SWATCH + 6}" y="${y + 11}">${escaped(words)}</text>`;
    x += Math.ceil(needed);
    return swatch + text;
  });
  return { lines, height: families.length === 0 ? 0 : y + LEGEND_LINE };
}

function escaped(text: string): string {
  const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (sign) => signs[sign]!);
}
