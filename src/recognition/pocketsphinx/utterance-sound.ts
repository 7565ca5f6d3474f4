import { doubledByLines } from '../../media/interpolate.ts';

/** Least significant bits of the noise that is added: silence of zeros alone breaks the likelihood ratio. */
const DITHER = 6;
const [LOWEST, HIGHEST] = [-32_768, 32_767];

/**
 * 8 kHz to the 16 kHz of the model, with a little noise. The noise is made from a fixed seed, so that the same sound always
 * gives the same words; its generator is the linear congruential one of Numerical Recipes, of which the upper bits are good.
 */
export function forTheModel(samples: Int16Array): Int16Array {
  let seed = 1;
  const noise = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0;
    return (seed >>> 16) / 65_536;
  };
  const dithered = samples.map((sample) => {
    const moved = sample + Math.round((noise() - noise()) * DITHER);
    return Math.max(LOWEST, Math.min(HIGHEST, moved));
  });
  return doubledByLines(dithered);
}
