/**
 * What is compared of the first in each line, and asked of many classes at once, by number of class in plain arrays: an agent
 * who becomes free compares dozens of lines, and following each to its first item would cost most of the time.
 */
export type Heads = {
  /** Key of the first in line; means nothing for an empty line. */
  readonly keys: Float64Array;
  readonly objectivesMs: Float64Array;
  /** Number of the kind of contact. */
  readonly media: Uint8Array;
  /** 1 where the first in line may not be the one that counts: newest first, and where several phones ring. */
  readonly special: Uint8Array;
  /** Agents in service who may have the items; UNCOUNTED until it is asked for (waits/staff.ts). */
  readonly staffed: Int32Array;
  /** A number from 0 to below 2^32 by which some of many classes are drawn; UNCOUNTED until it is asked for. */
  readonly lots: Float64Array;
};

export const UNCOUNTED = -1;

export function headsFor(classes: number): Heads {
  return {
    keys: new Float64Array(classes),
    objectivesMs: new Float64Array(classes),
    media: new Uint8Array(classes),
    special: new Uint8Array(classes),
    staffed: new Int32Array(classes).fill(UNCOUNTED),
    lots: new Float64Array(classes).fill(UNCOUNTED),
  };
}

/** The same with room for more. */
export function moreHeads(heads: Heads, classes: number): Heads {
  const more = headsFor(classes);
  more.keys.set(heads.keys);
  more.objectivesMs.set(heads.objectivesMs);
  more.media.set(heads.media);
  more.special.set(heads.special);
  more.staffed.set(heads.staffed);
  more.lots.set(heads.lots);
  return more;
}
