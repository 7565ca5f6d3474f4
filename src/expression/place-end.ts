/**
 * Where an expression that begins at `from` ends: at the first `}}` that stands neither in one of CEL's texts, nor in a
 * map, nor in a comment. Undefined when there is none.
 */
export function placeEnd(text: string, from: number): number | undefined {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const sign = text[at];
    if (sign === '"' || sign === "'") {
      at = quoteEnd(text, at);
      continue;
    }
    if (sign === '/' && text[at + 1] === '/') {
      at = commentEnd(text, at);
      continue;
    }
    if (sign === '}' && depth === 0 && text[at + 1] === '}') return at;
    if (sign === '{') depth += 1;
    else if (sign === '}' && depth > 0) depth -= 1;
    at += 1;
  }
  return undefined;
}

function quoteEnd(text: string, at: number): number {
  const quote = text[at]!;
  const end = text.startsWith(quote.repeat(3), at) ? quote.repeat(3) : quote;
  let next = at + end.length;
  while (next < text.length && !text.startsWith(end, next)) next += text[next] === '\\' ? 2 : 1;
  return next + end.length;
}

/** A comment goes to the end of its line; in a place of one line, to the end of the place. */
function commentEnd(text: string, at: number): number {
  const line = text.indexOf('\n', at);
  const close = text.indexOf('}}', at);
  const end = Math.min(line < 0 ? text.length : line, close < 0 ? text.length : close);
  return Math.max(end, at + 1);
}
