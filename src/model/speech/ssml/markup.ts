import { ok, type Result } from '../../failure.ts';
import { ssmlFailed } from './ssml-failure.ts';

/** An element as it is written; `at` is the place of its tag in the text. */
export type Element = {
  readonly name: string;
  readonly at: number;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly (Element | string)[];
};

/** Elements inside each other, and elements in all. A prompt of people has a dozen. */
const DEPTH_MAX = 20;
const ELEMENTS_MAX = 500;

type Open = Element & { readonly children: (Element | string)[] };

const NAME = String.raw`[A-Za-z_][\w:.-]{0,63}`;
const START_TAG = new RegExp(String.raw`<(${NAME})((?:\s+${NAME}\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(/?)>`, 'y');
const END_TAG = new RegExp(String.raw`</(${NAME})\s*>`, 'y');
const ATTRIBUTE = new RegExp(String.raw`(${NAME})\s*=\s*(?:"([^"]*)"|'([^']*)')`, 'g');

/** What stands in a text without being an element: its beginning, its end, and whether its inside is read. */
const ASIDES: readonly { readonly open: string; readonly close: string; readonly read: boolean }[] = [
  { open: '<!--', close: '-->', read: false },
  { open: '<![CDATA[', close: ']]>', read: true },
  { open: '<?', close: '?>', read: false },
];

/**
 * Reads one element and all that is in it: XML 1.0 without a document type, so the only entities are XML's own five and
 * those by number, and none can grow. Nesting is held in a list and not in calls, so depth costs no stack.
 * Failures: `speech.ssml_broken`, `speech.ssml_too_deep`.
 */
export function readMarkup(text: string): Result<Element> {
  const root: Open = { name: '', at: 0, attributes: new Map(), children: [] };
  const open: Open[] = [root];
  let elements = 0;
  for (let at = 0; at < text.length; ) {
    const inside = open.at(-1)!;
    const next = text[at] === '<' ? at : indexOr(text, '<', at);
    if (next > at) {
      const words = unescaped(text.slice(at, next), at);
      if (!words.ok) return words;
      inside.children.push(words.value);
      at = next;
      continue;
    }
    const aside = ASIDES.find((one) => text.startsWith(one.open, at));
    if (aside) {
      const end = text.indexOf(aside.close, at + aside.open.length);
      if (end < 0) return ssmlFailed('speech.ssml_broken', at, 'this is never closed');
      if (aside.read) inside.children.push(text.slice(at + aside.open.length, end));
      at = end + aside.close.length;
      continue;
    }
    const closing = matchAt(END_TAG, text, at);
    if (closing) {
      if (open.length === 1 || closing[1] !== inside.name) {
        return ssmlFailed('speech.ssml_broken', at, 'this closes what is not open here');
      }
      open.pop();
      at += closing[0].length;
      continue;
    }
    const starting = matchAt(START_TAG, text, at);
    if (!starting) return ssmlFailed('speech.ssml_broken', at, 'this is no tag; a sign less-than is written &lt;');
    const element = elementOf(starting, at);
    if (!element.ok) return element;
    if (++elements > ELEMENTS_MAX || open.length > DEPTH_MAX) {
      return ssmlFailed('speech.ssml_too_deep', at, `${ELEMENTS_MAX} elements, ${DEPTH_MAX} inside each other`);
    }
    inside.children.push(element.value);
    if (starting[3] === '') open.push(element.value);
    at += starting[0].length;
  }
  if (open.length > 1) return ssmlFailed('speech.ssml_broken', open.at(-1)!.at, 'this element is never closed');
  return onlyElement(root, text);
}

/** Around the one element there may be blanks and comments. */
function onlyElement({ children }: Open, text: string): Result<Element> {
  const [first, ...more] = children.filter((child) => typeof child !== 'string' || child.trim() !== '');
  if (first !== undefined && typeof first !== 'string' && more.length === 0) return ok(first);
  const second = more.find((one) => typeof one !== 'string');
  return ssmlFailed('speech.ssml_broken', second?.at ?? text.length, 'all must stand in one element');
}

function elementOf(tag: RegExpExecArray, at: number): Result<Open> {
  const attributes = new Map<string, string>();
  for (const [, name, double, single] of tag[2]!.matchAll(ATTRIBUTE)) {
    const value = unescaped(double ?? single ?? '', at);
    if (!value.ok) return value;
    if (attributes.has(name!)) return ssmlFailed('speech.ssml_broken', at, 'an attribute stands twice in this tag');
    attributes.set(name!, value.value);
  }
  return ok({ name: tag[1]!, at, attributes, children: [] });
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const REFERENCE = /&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w{1,16}));|&/g;

/** Text with its entities as the characters that they stand for. */
function unescaped(text: string, at: number): Result<string> {
  let broken: number | undefined;
  const plain = text.replace(REFERENCE, (_, decimal, hex, name, offset: number) => {
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    if (name !== undefined && Object.hasOwn(ENTITIES, name)) return ENTITIES[name]!;
    if (isCharacter(code)) return String.fromCodePoint(code);
    broken ??= offset;
    return '';
  });
  if (broken === undefined) return ok(plain);
  return ssmlFailed('speech.ssml_broken', at + broken, 'no such entity; the sign "and" is written &amp;');
}

/** XML 1.0, 2.2 (Char). */
function isCharacter(code: number): boolean {
  if (code === 9 || code === 10 || code === 13) return true;
  return (
    (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff)
  );
}

function indexOr(text: string, sign: string, from: number): number {
  const found = text.indexOf(sign, from);
  return found < 0 ? text.length : found;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
