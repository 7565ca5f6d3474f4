import type { Node } from 'yaml';
import { templateParts } from '../../expression/template.ts';
import { isSsml, readSsml, UNKNOWN_YET } from '../../model/speech/ssml/ssml.ts';
import type { Source } from '../source.ts';

/** Notes what is wrong with the markup of a text, with its place, so that a caller never meets it. */
export function checkMarkup(text: string, source: Source, node: Node | null | undefined): void {
  if (!isSsml(text)) return;
  const read = readSsml(withoutExpressions(text));
  if (read.ok) return;
  const { message, details } = read.failure;
  source.problemIn(
    'prompt.ssml',
    node,
    Number(details?.['at'] ?? 0),
    `${message.replace(/\.$/, '')}: ${details?.['reason']}.`,
  );
}

/** The text with each place of an expression as that many signs of something not known yet, so that places stay. */
function withoutExpressions(text: string): string {
  const template = templateParts(text);
  if (!template.ok) return text;
  let masked = UNKNOWN_YET.repeat(text.length);
  template.parts.forEach((part, at) => {
    if ('expression' in part) return;
    const next = template.parts[at + 1];
    const end = next && 'expression' in next ? text.lastIndexOf('${{', next.at) : text.length;
    masked = masked.slice(0, end - part.text.length) + part.text + masked.slice(end);
  });
  return masked;
}
