/** Numbers in English words, read by the rule of thumb that children learn: an oracle that knows nothing of how they are made. */
const WORDS = new Map<string, number>(
  (
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
    'eighteen nineteen'
  )
    .split(' ')
    .map((word, value) => [word, value]),
);
for (const [at, word] of 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').entries()) {
  WORDS.set(word, 20 + 10 * at);
}
const SCALES = new Map([
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
]);

export function englishNumber(text: string): number {
  let total = 0;
  let group = 0;
  const counted = () => {
    if (group === 0) throw new Error(`nothing is counted in ${text}`);
    return group;
  };
  for (const word of text.split(' ').filter((one) => one !== 'and')) {
    const scale = SCALES.get(word);
    if (scale !== undefined) {
      total += counted() * scale;
      group = 0;
    } else if (word === 'hundred') group = counted() * 100;
    else {
      const value = WORDS.get(word);
      if (value === undefined) throw new Error(`no word of a number: ${word}`);
      group += value;
    }
  }
  return total + group;
}

/** Figures that are said one by one. */
export function englishDigits(text: string): string {
  return text
    .split(/[ ,]+/)
    .map((word) => (word === 'plus' ? '+' : String(WORDS.get(word) ?? '?')))
    .join('');
}
