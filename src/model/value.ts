/** What a variable of a flow may hold, as JSON: what callers type are texts; lists and maps come from other systems. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };
export type Values = Readonly<Record<string, Value>>;

/** Largest JSON text of one variable, in characters: it stands in the journal with every change. */
export const VALUE_CHARACTERS_MAX = 16_384;
/** Most variables of one contact. */
export const VARIABLES_MAX = 500;
