/** The known name that is most like the one written, when it is close enough to be meant; for "did you mean". */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(written.length / 3)) + 1;
  for (const name of known) {
    if (Math.abs(name.length - written.length) >= bestDistance) continue;
    const distance = editDistance(written.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** More names than these help nobody; the keys of the largest step are fewer. */
const LISTED_MAX = 40;

/** A sentence that helps after an unknown name: the nearest one, or all when they are few. */
export function suggestion(written: string, known: readonly string[]): string {
  const near = nearest(written, known);
  if (near !== undefined) return `Did you mean "${near}"?`;
  if (known.length === 0) return 'There are none.';
  return known.length <= LISTED_MAX ? `Known are: ${known.join(', ')}.` : '';
}

/** Most names for which a nearest one is looked for among many; who has more mistakes than this reads the first ones first. */
const HINTS_MAX = 50;

/** A `suggestion` that is asked for often: each name is looked up once, and not more than `HINTS_MAX` of them. */
export function suggestions(known: readonly string[]): (written: string) => string {
  const given = new Map<string, string>();
  return (written) => {
    const hint = given.get(written) ?? (given.size < HINTS_MAX ? suggestion(written, known) : '');
    if (hint !== '') given.set(written, hint);
    return hint;
  };
}

/** Edit distance in which two letters that changed places count as one mistake (optimal string alignment). */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    const above = rows[i - 1]!;
    for (let j = 1; j <= b.length; j++) {
      const change = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(change, above[j]! + 1, row[j - 1]! + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) least = Math.min(least, rows[i - 2]![j - 2]! + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}

/** A word with its article, as in "An emit step". */
export function withArticle(word: string): string {
  return `${/^(?:[aeiou]|http\b)/.test(word) ? 'An' : 'A'} ${word}`;
}
