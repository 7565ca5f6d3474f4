/**
 * From 8 to 16 kHz by straight lines: between each two samples stands their mean. This is no resampling but for one purpose, the recogniser's model for 16 kHz: the
 * weak image that straight lines leave between 4 and 7 kHz fills the band that the model expects, and telephone sound is understood better so than after a clean filter
 * (menus 95 % instead of 90 %). Whatever a person is to hear goes through resample.ts.
 */
export function doubledByLines(samples: Int16Array): Int16Array {
  const out = new Int16Array(samples.length * 2);
  for (let i = 0; i < samples.length; i++) {
    const here = samples[i]!;
    const next = i + 1 < samples.length ? samples[i + 1]! : here;
    out[2 * i] = here;
    out[2 * i + 1] = (here + next) >> 1;
  }
  return out;
}
