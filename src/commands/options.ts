/** What a command line says: options with a value, options without, and the rest in order. */
export type Options<V extends string> = {
  readonly values: Readonly<Partial<Record<V, string>>>;
  readonly flags: ReadonlySet<string>;
  readonly others: readonly string[];
};

/** Reads `--name value`, `--name` and other arguments; returns a sentence about what is wrong with them otherwise. */
export function readOptions<V extends string>(
  args: readonly string[],
  known: { readonly values: readonly V[]; readonly flags: readonly string[] },
): Options<V> | string {
  const values: Partial<Record<V, string>> = {};
  const flags = new Set<string>();
  const others: string[] = [];
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const name = arg.startsWith('--') ? arg.slice(2) : undefined;
    const valued = known.values.find((one) => one === name);
    if (valued !== undefined) {
      const value = rest.shift();
      if (value === undefined) return `${arg} needs a value.`;
      values[valued] = value;
    } else if (name !== undefined && known.flags.includes(name)) flags.add(name);
    else if (arg.startsWith('-')) return `"${arg}" is not understood.`;
    else others.push(arg);
  }
  return { values, flags, others };
}
