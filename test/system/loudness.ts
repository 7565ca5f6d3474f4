/** Root mean square of 16-bit samples; below 30 nothing is heard. */
export function loudness(pcm: Int16Array): number {
  return Math.sqrt(pcm.reduce((sum, one) => sum + one * one, 0) / pcm.length);
}
