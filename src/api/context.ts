import type { Desk } from '../controller/desk.ts';

/** What every route needs; `now` is the wall clock in ms. */
export type ApiContext = { readonly desk: Desk; readonly release: string; readonly now: () => number };
