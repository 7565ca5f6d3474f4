import type { Node } from 'yaml';
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
  /** Where each step stands, and whether it says itself which step follows. */
  readonly steps: Map<string, { readonly node: Node; readonly nextWritten: boolean }>;
  /** Steps named as targets, to be checked when all steps are known. */
  readonly targets: Target[];
  /** What of the site is named, to be compared with it when both are read. */
  readonly queues: Named[];
  readonly skills: NamedSkill[];
  readonly agents: Named[];
  readonly calendars: Named[];
  readonly labels: Named[];
};

export type Named = { readonly name: string; readonly node: Node | null };
/** `level`: the one that is asked for; absent: any. `queue`: the one whose agents must have it. */
export type NamedSkill = Named & { readonly level?: number; readonly queue?: string };
export type Target = Named & { readonly from: string };
