/**
 * What is compared of the first in each line, by number of class, in plain arrays: an agent who becomes free compares dozens
 * of lines, and following each to its first item would cost most of the time.
 */
export type Heads = {
  /** Key of the first in line; means nothing for an empty line. */
  readonly keys: Float64Array;
  readonly objectivesMs: Float64Array;
  /** Number of the kind of contact. */
  readonly media: Uint8Array;
  /** 1 where the first in line may not be the one that counts: newest first, and where several phones ring. */
  readonly special: Uint8Array;
};

export function headsFor(classes: number): Heads {
  return {
    keys: new Float64Array(classes),
    objectivesMs: new Float64Array(classes),
    media: new Uint8Array(classes),
    special: new Uint8Array(classes),
  };
}

/** The same with room for more. */
export function moreHeads(heads: Heads, classes: number): Heads {
  const more = headsFor(classes);
  more.keys.set(heads.keys);
  more.objectivesMs.set(heads.objectivesMs);
  more.media.set(heads.media);
  more.special.set(heads.special);
  return more;
}
