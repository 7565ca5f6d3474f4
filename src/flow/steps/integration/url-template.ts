import { type TemplatePart, templateParts } from '../../../expression/template.ts';
import { text } from '../../shape/scalars.ts';
import type { Shape } from '../../shape/shape.ts';
import { template } from '../../shape/template.ts';
import type { StepContext } from '../../step-kind.ts';

const TEXT = text();
// What is in an address stands in the logs of whoever is asked, so what is sensitive has no place there.
const KEPT = template('kept');
const FIXED = /^https?:\/\/[^\s/?#\\@]+(?:[/?#]|$)/i;
const CONSTANT = /^constants\.[A-Za-z_][A-Za-z0-9_]*$/;
const AFTER_CONSTANT = /^[/?]/;

/**
 * An address whose host nobody but the ops engineer decides: expressions stand after the host, in path and query, or the
 * address begins with one constant of the flow. So no input of a customer can send a request elsewhere.
 */
export const URL_TEMPLATE: Shape<string> = {
  read: (source, node, what) => {
    const written = TEXT.read(source, node, what);
    if (written === undefined) return undefined;
    const found = templateParts(written);
    const wrong = found.ok ? wrongWith(found.parts) : undefined;
    if (wrong === undefined) return KEPT.read(source, node, what);
    source.problem('http.host_open', node, `${what} cannot be "${written}": ${wrong}`);
    return undefined;
  },
  schema: () => ({ type: 'string', pattern: '^\\s*(https?://|\\$\\{\\{)' }),
};

const HOST_IS_FIXED =
  'its host must be written out, or be a constant of the flow that stands first and has a slash after it.';

function wrongWith([first, second]: readonly TemplatePart[]): string | undefined {
  if (first !== undefined && 'expression' in first) {
    const closed = second === undefined || ('text' in second && AFTER_CONSTANT.test(second.text));
    return CONSTANT.test(first.expression) && closed ? undefined : HOST_IS_FIXED;
  }
  const begin = first?.text ?? '';
  if (!/^https?:\/\//i.test(begin)) return 'it begins neither with http:// nor with https://.';
  if (/^https?:\/\/[^/?#\\]*@/i.test(begin)) return 'user and password belong under auth.';
  if (!FIXED.test(begin)) return second === undefined ? 'it has no host.' : HOST_IS_FIXED;
  const hostOnly = /^https?:\/\/[^/?#\\]+$/i.test(begin);
  return hostOnly && second !== undefined ? 'a slash stands between the host and the first expression.' : undefined;
}

/**
 * The address, with what the expressions gave percent-encoded (RFC 3986, 2.1), so that it stays inside its part of the
 * path. Undefined when that part would still lead out of the path (`..`), or when there is no host.
 */
export function filledUrl(written: string, context: StepContext): string | undefined {
  const found = templateParts(written);
  if (!found.ok) return undefined;
  const url = found.parts.map((part, at) => filledPart(part, at, context)).join('');
  if (!FIXED.test(url)) return undefined;
  const path = url.slice(url.indexOf('://') + 3).split(/[?#]/, 1)[0]!;
  return path.split(/[/\\]/).some((segment) => DOTS.test(segment)) ? undefined : url;
}

const DOTS = /^(?:\.|%2e){1,2}$/i;

function filledPart(part: TemplatePart, at: number, context: StepContext): string {
  if ('text' in part) return part.text;
  const value = context.fill(`\${{ ${part.expression} }}`);
  return at === 0 ? value.replace(/\/+$/, '') : encodeURIComponent(value.replace(LONE_SURROGATES, '\ufffd'));
}

/** Halves of characters, which cannot be encoded. */
const LONE_SURROGATES = /\p{Surrogate}/gu;
