/** Longest expression, in characters. */
export const EXPRESSION_CHARACTERS_MAX = 2_000;
/** Most operands, operators and calls of one expression, and how deep they may be nested. */
export const EXPRESSION_NODES_MAX = 500;
export const EXPRESSION_DEPTH_MAX = 50;
export const ARGUMENTS_MAX = 16;
/** How deep `all`, `exists`, `exists_one`, `map` and `filter` may stand in each other. */
export const MACROS_NESTED_MAX = 2;
/** Work of one evaluation: about one step for an operand or operator inside a macro, and for each 16 characters of text. */
export const STEPS_MAX = 100_000;
/** Longest text that an expression may make, in characters, and longest list or map. */
export const TEXT_CHARACTERS_MAX = 10_000;
export const LIST_ENTRIES_MAX = 1_000;
/** Lists and maps in a result, counted with all that is in them, how deep, and the characters of their texts. */
export const RESULT_ENTRIES_MAX = 10_000;
export const RESULT_DEPTH_MAX = 50;
export const RESULT_CHARACTERS_MAX = 100_000;
/** Longest pattern of `matches`, and how many instructions it may be turned into. */
export const PATTERN_CHARACTERS_MAX = 200;
export const PATTERN_INSTRUCTIONS_MAX = 1_000;
/** Expressions and templates that are kept ready, each; the oldest is forgotten. */
export const COMPILED_KEPT_MAX = 5_000;
