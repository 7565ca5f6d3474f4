import { failed, ok, type Result } from '../model/failure.ts';
import type { Value } from '../model/value.ts';
import { boundedCache } from './bounded-cache.ts';
import { evaluate, type Scope } from './evaluate.ts';
import type { ExpressionFault } from './fault.ts';
import { COMPILED_KEPT_MAX, RESULT_CHARACTERS_MAX } from './limits.ts';
import { placeEnd } from './place-end.ts';
import { valueText } from './values/text.ts';

const OPEN = '${{';
const CLOSE = '}}';

/** A stretch of text as it stands, or an expression; `at` is the offset of the expression in the template. */
export type TemplatePart = { readonly text: string } | { readonly expression: string; readonly at: number };
export type TemplateParts =
  | { readonly ok: true; readonly parts: readonly TemplatePart[] }
  | { readonly ok: false; readonly fault: ExpressionFault };

/** Takes a text with `${{ expression }}` places apart. A place without an end is a fault at its beginning. */
export function templateParts(text: string): TemplateParts {
  const parts: TemplatePart[] = [];
  let from = 0;
  for (let open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, from)) {
    if (open > from) parts.push({ text: text.slice(from, open) });
    const start = open + OPEN.length;
    const end = placeEnd(text, start);
    if (end === undefined) {
      const quote = text.includes(CLOSE, start) ? ' A quote or a "{" in it is left open.' : '';
      const message = `An expression begins with ${OPEN} but does not end with ${CLOSE}.${quote}`;
      return { ok: false, fault: { code: 'expression.invalid', message, at: open } };
    }
    const inside = text.slice(start, end);
    parts.push({ expression: inside.trim(), at: start + (inside.length - inside.trimStart().length) });
    from = end + CLOSE.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return { ok: true, parts };
}

const partsOf = boundedCache(COMPILED_KEPT_MAX, templateParts);

/** The text with every place filled: numbers without `.0`, true or false, nothing as '', lists and maps as JSON. */
export function fill(text: string, scope: Scope): Result<string> {
  if (!text.includes(OPEN)) return ok(text);
  const template = partsOf(text);
  if (!template.ok) return failed('expression.failed', template.fault.message);
  let filled = '';
  for (const part of template.parts) {
    if ('text' in part) {
      filled += part.text;
      continue;
    }
    const value = evaluate(part.expression, scope);
    if (!value.ok) return value;
    filled += textOf(value.value);
    if (filled.length > RESULT_CHARACTERS_MAX) return failed('expression.failed', 'The text becomes too long.');
  }
  return ok(filled);
}

/** When the whole text is one place, the value keeps its type (a number stays a number); otherwise as `fill`. */
export function fillValue(text: string, scope: Scope): Result<Value> {
  if (!text.includes(OPEN)) return ok(text);
  const template = partsOf(text);
  const only = template.ok && template.parts.length === 1 ? template.parts[0]! : undefined;
  return only && 'expression' in only ? evaluate(only.expression, scope) : fill(text, scope);
}

function textOf(value: Value): string {
  return valueText(value) ?? JSON.stringify(value);
}
