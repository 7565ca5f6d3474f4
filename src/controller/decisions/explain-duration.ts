const UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
];

/** A duration in ms for people, in its two largest units: `1 h 5 min`, `12 s`; below a second `250 ms`. */
export function duration(ms: number): string {
  const sign = ms < 0 ? 'minus ' : '';
  let rest = Math.round(Math.abs(ms));
  if (rest < 1000) return `${sign}${rest} ms`;
  // Rounded to what is shown, so that 59.6 s become a minute and not 60 s.
  rest = rest < 3_600_000 ? Math.round(rest / 1000) * 1000 : Math.round(rest / 60_000) * 60_000;
  const first = UNITS.findIndex(([, size]) => rest >= size);
  const parts = UNITS.slice(first, first + 2).flatMap(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count > 0 ? [`${count} ${unit}`] : [];
  });
  return sign + parts.join(' ');
}
