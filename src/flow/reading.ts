import type { VariableUses } from './expression.ts';
import type { Source } from './source.ts';

/** What the readers of one flow share. */
export type Reading = {
  readonly source: Source;
  /** Language of prompts that name none. */
  readonly language: string;
  /** Names of the recordings in the flows folder, without their ending. */
  readonly recordings: ReadonlySet<string>;
  /** Those that are there but cannot be played. */
  readonly unplayable: ReadonlySet<string>;
  /** Variables that were named, and those that some step sets; compared when the flow is read. */
  readonly uses: VariableUses;
  readonly sets: Set<string>;
  /** Steps named as targets, to be checked when all steps are known. */
  readonly targets: Target[];
  /** Queues and skills named, to be checked against the site. */
  readonly queues: Named[];
  readonly skills: Named[];
};

export type Named = { readonly name: string; readonly node: import('yaml').Node | null };
export type Target = Named & { readonly from: string };
