/** JSON text that PostgreSQL takes apart; `exact` is the text as it was, present only where the two differ. */
export type Storable = { readonly json: string; readonly exact?: string };

/** Escapes that JSON.stringify writes and PostgreSQL refuses to take apart: NUL and lone surrogates. */
const REFUSED = /\\u(?:0000|d[89a-f][0-9a-f]{2})/;
/** Escape by escape from the left, so that a backslash that is itself escaped is not taken for the start of one. */
const ESCAPE = /\\(?:u(?:0000|d[89a-f][0-9a-f]{2})|.)/g;

/**
 * Text from outside, such as a SIP header, may hold characters that PostgreSQL's text cannot. They stand as U+FFFD in the copy that
 * people query, and the exact text is kept beside it, so that a replay sees what the live run saw.
 * https://www.postgresql.org/docs/current/datatype-json.html
 */
export function storable(value: unknown): Storable {
  const text = JSON.stringify(value);
  if (!REFUSED.test(text)) return { json: text };
  const json = text.replace(ESCAPE, (found) => (REFUSED.test(found) ? '\\ufffd' : found));
  return json === text ? { json } : { json, exact: text };
}

/** Text as a column of type text takes it; the same replacement as above. */
export function storableText(text: string): string {
  return text.replace(/\0|\p{Surrogate}/gu, '\ufffd');
}
