/** Gives the next number of a stream, larger than 0 and smaller than 1. */
export type RandomStream = () => number;

/** Rounds that are thrown away after seeding, as the author of the generator advises for a counter as seed. */
const MIX_ROUNDS = 15;

/**
 * A stream of random numbers of its own for each purpose, such as the patience of the callers of one queue. A change of one
 * parameter then leaves the numbers of all other purposes as they were ("common random numbers"), so two scenarios can be
 * compared pair by pair: the same callers come at the same moments with the same patience.
 *
 * The generator is sfc32 (Chris Doty-Humphrey, PractRand, public domain): 128 bits of state, 32-bit integer arithmetic
 * alone, so every machine gives the same numbers. Its three seed words are the seed, the number of the run and the
 * FNV-1a hash of the purpose.
 */
export function randomStream(seed: number, run: number, purpose: string): RandomStream {
  let a = seed | 0;
  let b = run | 0;
  let c = fnv1a(purpose);
  let counter = 1;

  function next(): number {
    const mixed = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + mixed) | 0;
    // Half a step above the whole number, so that neither 0 nor 1 can come out and a logarithm is always finite.
    return ((mixed >>> 0) + 0.5) / 4_294_967_296;
  }

  for (let round = 0; round < MIX_ROUNDS; round++) next();
  return next;
}

/** 32-bit FNV-1a over the UTF-16 units of a text (Fowler, Noll, Vo). */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}
