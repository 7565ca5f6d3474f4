import { isMap, type Node } from 'yaml';
import { DOORS } from '../../model/channel.ts';
import { DATE_STYLES, PARTS_MAX, type Piece, type Prompt } from '../prompt.ts';
import type { Source } from '../source.ts';
import { list } from './list.ts';
import { mapOf } from './map-of.ts';
import { defaulted, type Fields, object, optional } from './object.ts';
import { reference } from './reference.ts';
import { choice, duration, text } from './scalars.ts';
import { type Json, named, type Shape } from './shape.ts';
import { checkMarkup } from './spoken-markup.ts';
import { template } from './template.ts';

const TOLD = template('told');
/** A BCP 47 tag such as `en` or `de-AT`. */
export const LANGUAGE = text({
  pattern: /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/,
  asked: 'a language is a tag such as en or de-AT',
});
const SAY_MAX = 5000;

/** Said at its use, for a prompt may hold prompts. */
const later = <T>(shape: () => Shape<T>): Shape<T> => ({
  read: (source, node, what) => shape().read(source, node, what),
  schema: (definitions) => shape().schema(definitions),
});

const PIECE_FIELDS = {
  say: optional(TOLD, `A text of at most ${SAY_MAX} characters, spoken by a speech engine, or shown.`),
  file: optional(reference('recording'), 'A recording in the flows folder, without .wav.'),
  text: optional(TOLD, 'Beside file: what is shown where nobody listens.'),
  digits: optional(TOLD, 'Read out one by one.'),
  number: optional(TOLD, 'Read out as a number.'),
  date: optional(TOLD, 'A moment, as in 2026-11-21T08:00:00Z, or ms since 1970.'),
  style: defaulted(choice(DATE_STYLES), 'date', 'Beside date: what of it is told.'),
  silence: optional(duration({ minMs: 1000, maxMs: 10_000 }), 'A pause, rounded to whole seconds.'),
  language: optional(LANGUAGE, 'Beside say, digits, number and date: its language.'),
  voice: optional(text(), 'Beside say: the voice of the speech engine.'),
  by_language: optional(
    mapOf(
      {
        pattern: /^(other|[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)$/,
        asked: 'a language is a tag such as en or de-AT, or other',
        entry: (key) => `The prompt in ${key}`,
        max: 100,
      },
      later(() => PROMPT),
    ),
    'A prompt for each language; other is for all that are not named.',
  ),
  by_channel: optional(
    object(
      Object.fromEntries(
        [...DOORS, 'other' as const].map((door) => [
          door,
          optional(
            later(() => PROMPT),
            `The prompt for ${door}.`,
          ),
        ]),
      ) as Fields,
    ) as Shape<Readonly<Record<string, Prompt | undefined>>>,
    'A prompt for each kind of contact; other is for all that are not named.',
  ),
};
const KINDS = ['say', 'file', 'digits', 'number', 'date', 'silence', 'by_language', 'by_channel'] as const;
const PIECE_MAP = object(PIECE_FIELDS);

const PIECE: Shape<Piece> = {
  read: (source, node, what) => {
    if (!isMap(node) || looksLikeTemplate(node)) {
      const say = TOLD.read(source, node, what);
      if (say !== undefined) checkMarkup(say, source, node);
      return say === undefined ? undefined : { say };
    }
    const kinds = KINDS.filter((kind) => source.has(node, kind));
    const written = PIECE_MAP.read(source, node, what);
    if (kinds.length !== 1) {
      const message = `${what} needs exactly one of ${KINDS.join(', ')} in each part.`;
      source.problem('value.type', node, message);
      return undefined;
    }
    return written && pieceOf(written, kinds[0]!, source, node);
  },
  schema: (definitions) => ({ anyOf: [TOLD.schema(definitions), PIECE_MAP.schema(definitions)] }),
};

function pieceOf(
  written: { readonly [K in keyof typeof PIECE_FIELDS]: unknown },
  kind: (typeof KINDS)[number],
  source: Source,
  node: Node,
): Piece | undefined {
  const value = written[kind];
  if (value === undefined) return undefined;
  const language = written.language === undefined ? {} : { language: String(written.language) };
  switch (kind) {
    case 'say':
      if (String(value).length > SAY_MAX) {
        source.problem('value.range', node, `A text to be spoken may have at most ${SAY_MAX} characters.`);
      }
      checkMarkup(String(value), source, source.nodeAt(['say'], node));
      return {
        say: String(value),
        ...language,
        ...(written.voice === undefined ? {} : { voice: String(written.voice) }),
      };
    case 'file':
      return { file: String(value), ...(written.text === undefined ? {} : { text: String(written.text) }) };
    case 'digits':
      return { digits: String(value), ...language };
    case 'number':
      return { number: String(value), ...language };
    case 'date':
      return { date: String(value), style: written.style as (typeof DATE_STYLES)[number], ...language };
    case 'silence':
      return { silenceMs: value as number };
    case 'by_language':
      source.note({
        what: 'languages',
        names: Object.keys(value as object),
        node: source.keyAt(['by_language'], node),
      });
      return { byLanguage: value as Readonly<Record<string, Prompt>> };
    case 'by_channel': {
      const given = Object.entries(value as Readonly<Record<string, Prompt | undefined>>);
      return { byChannel: Object.fromEntries(given.filter(([, prompt]) => prompt !== undefined)) };
    }
  }
}

/** `"a text"`, `{ say: ... }` and its like, or a list of these. */
export const PROMPT: Shape<Prompt> = named('prompt', promptShape());

function promptShape(): Shape<Prompt> {
  const pieces = list(PIECE, PARTS_MAX);
  return {
    read: (source, node, what) => {
      if (node && 'items' in node && !isMap(node)) return pieces.read(source, node, what);
      const one = PIECE.read(source, node, what);
      return one === undefined ? undefined : [one];
    },
    schema: (definitions) => ({ anyOf: [PIECE.schema(definitions), pieces.schema(definitions)] }),
    written: (prompt) => prompt as unknown as Json,
  };
}

/** `{{ name }}` reads as a map whose key is a map; source.text() has the words for it. */
function looksLikeTemplate(node: Node): boolean {
  return isMap(node) && node.flow === true && node.items.some((pair) => isMap(pair.key) || pair.value === null);
}
