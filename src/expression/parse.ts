import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import type { ExpressionFault } from './fault.ts';
import {
  ARGUMENTS_MAX,
  EXPRESSION_CHARACTERS_MAX,
  EXPRESSION_DEPTH_MAX,
  EXPRESSION_NODES_MAX,
  LIST_ENTRIES_MAX,
} from './limits.ts';

/** The library reads the text into a tree by the grammar of CEL; what the tree means is checked and worked out here. */
const LANGUAGE = new Environment({
  unlistedVariablesAreDyn: true,
  limits: {
    maxAstNodes: EXPRESSION_NODES_MAX,
    maxDepth: EXPRESSION_DEPTH_MAX,
    maxCallArguments: ARGUMENTS_MAX,
    maxListElements: LIST_ENTRIES_MAX,
    maxMapEntries: LIST_ENTRIES_MAX,
  },
});

export type Parsed =
  | { readonly ok: true; readonly tree: ASTNode }
  | { readonly ok: false; readonly fault: ExpressionFault };

/** Reads an expression of CEL (Common Expression Language, github.com/google/cel-spec, doc/langdef.md). */
export function parseExpression(text: string): Parsed {
  if (text.length > EXPRESSION_CHARACTERS_MAX) {
    return tooLarge(
      `The expression is longer than ${EXPRESSION_CHARACTERS_MAX} characters.`,
      EXPRESSION_CHARACTERS_MAX,
    );
  }
  if (text.trim() === '') return invalid('There is no expression between the braces.', 0);
  try {
    return { ok: true, tree: LANGUAGE.parse(text).ast };
  } catch (error) {
    return faultOf(text, error);
  }
}

/** What the library's errors carry; they are told by their code, for several copies of a class never are the same. */
type LibraryError = { readonly code?: string; readonly summary?: string; readonly range?: { readonly start: number } };

function faultOf(text: string, error: unknown): Parsed {
  const { code, summary, range } = error as LibraryError;
  const at = Math.min(range?.start ?? 0, text.length);
  if (code === 'limit_exceeded') return tooLarge('The expression is too large: take it apart into several.', at);
  return invalid(`${sentence(summary ?? 'This cannot be read', text, at)}${hint(text, at)}`, at);
}

/** The library names its tokens in capitals; people know the signs. */
const TOKENS: Readonly<Record<string, string>> = {
  EOF: 'the end',
  RPAREN: '")"',
  LPAREN: '"("',
  RBRACKET: '"]"',
  LBRACKET: '"["',
  RBRACE: '"}"',
  LBRACE: '"{"',
  COLON: '":"',
  COMMA: '","',
  DOT: '"."',
  QUESTION: '"?"',
  IDENTIFIER: 'a name',
  NUMBER: 'a number',
  STRING: 'a text',
};

function sentence(summary: string, text: string, at: number): string {
  if (summary.startsWith('Unexpected character')) return `"${text.slice(at, at + 1)}" cannot stand here.`;
  return `${summary.replace(/\b[A-Z]{2,}\b/g, (token) => TOKENS[token] ?? token.toLowerCase())}.`;
}

const WORDS: Readonly<Record<string, string>> = { and: '&&', or: '||', not: '!' };

function hint(text: string, at: number): string {
  const word = /^[A-Za-z_]+/.exec(text.slice(at))?.[0].toLowerCase() ?? '';
  if (Object.hasOwn(WORDS, word)) return ` Write ${WORDS[word]} for "${word}".`;
  if (text[at] === '=') return ' Compare with ==.';
  if (text[at] === '&' || text[at] === '|') return ` Write ${text[at]}${text[at]}.`;
  if (/[\u2018\u2019\u201c\u201d\u201e]/.test(text[at] ?? '')) return ' Write straight quotes.';
  return '';
}

function invalid(message: string, at: number): Parsed {
  return { ok: false, fault: { code: 'expression.invalid', message, at } };
}

function tooLarge(message: string, at: number): Parsed {
  return { ok: false, fault: { code: 'expression.too_large', message, at } };
}
