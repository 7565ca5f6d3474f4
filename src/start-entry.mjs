// The first lines of a thread or a child process of this program; the argument is the entry, such as
// `recognition/pocketsphinx/child`. Neither inherits what bin/strowger arranged, so TypeScript is made readable here before
// any of it is loaded. In a container there is neither bin/ nor tsx: its Node reads TypeScript.
const entry = process.argv[2];
const made = await import('../bin/bundle.mjs').then(
  ({ bundled }) => bundled(entry),
  () => undefined,
);

if (made === undefined) {
  await import('tsx/esm/api').then(
    ({ register }) => register(),
    () => undefined,
  );
  await import(`./${entry}.ts`);
} else {
  await import(made);
}
