/** The known name that is most like the one written, when it is close enough to be meant; for "did you mean". */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(written.length / 3)) + 1;
  for (const name of known) {
    const distance = editDistance(written.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** A sentence that helps after an unknown name: the nearest one, or all when they are few. */
export function suggestion(written: string, known: readonly string[]): string {
  const near = nearest(written, known);
  if (near !== undefined) return `Did you mean "${near}"?`;
  if (known.length === 0) return 'There is none.';
  return known.length <= 12 ? `Known are: ${known.join(', ')}.` : '';
}

/** Levenshtein's distance, by the two-row method. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(change, previous[j]! + 1, current[j - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}
