/** Samples of one channel, 16 bit, and how many of them a second. */
export type Sound = { readonly samples: Int16Array; readonly rate: number };
