/** Remembers what was made of a text; when there are more than `max`, the oldest is forgotten. */
export function boundedCache<T>(max: number, make: (text: string) => T): (text: string) => T {
  const kept = new Map<string, T>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const made = make(text);
    if (kept.size >= max) kept.delete(kept.keys().next().value!);
    kept.set(text, made);
    return made;
  };
}
