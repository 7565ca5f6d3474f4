import type { Node } from 'yaml';

/** Something that a file names or uses in one place, to be compared with the rest when all of it is read. */
export type Note =
  | { readonly what: NamedThing; readonly name: string; readonly node: Node | null }
  /** `level`: the one that is asked for; absent: any. `queue`: the one whose agents must have it. */
  | {
      readonly what: 'skill';
      readonly name: string;
      readonly node: Node | null;
      readonly level?: number;
      readonly queue?: string;
    }
  /** A prompt by language, and the languages in which it says something. */
  | { readonly what: 'languages'; readonly names: readonly string[]; readonly node: Node | null }
  /** A text that may hold `${{ }}`, and what becomes of it. */
  | {
      readonly what: 'template';
      readonly text: string;
      readonly node: Node | null;
      readonly goes: Destination;
      /** Worked out when the step is left, when `result` is known. */
      readonly saved?: true;
    }
  /** An expression by itself, with or without the braces. */
  | { readonly what: 'expression'; readonly text: string; readonly node: Node | null; readonly yesNo: boolean };

/** Things that must be there: steps in this flow, all else in the folder. */
export type NamedThing = (typeof NAMED_THINGS)[number];
export const NAMED_THINGS = [
  'step',
  'flow',
  'queue',
  'calendar',
  'agent',
  'label',
  'table',
  'recording',
  'music',
  'extension',
  'language',
] as const;

/**
 * Where a text goes: `used` in a decision; `sent` to another system and not kept; `told` to the customer; `kept` in the
 * journal. What is sensitive may be used and sent only.
 */
export type Destination = 'used' | 'sent' | 'told' | 'kept';
