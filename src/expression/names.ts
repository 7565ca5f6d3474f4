import type { ValueType } from './value-type.ts';

/**
 * What expressions may name: groups such as `contact` and `vars`, with the names in each and their types. `open`: also
 * names that are not listed (of type any), such as the fields of another system's answer.
 */
export type Names = Readonly<
  Record<string, { readonly fields: Readonly<Record<string, ValueType>>; readonly open?: boolean }>
>;
