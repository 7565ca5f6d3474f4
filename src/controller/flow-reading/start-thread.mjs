// The first lines of the thread of flow-reader.ts. A thread does not inherit what bin/strowger arranged, so TypeScript is
// made readable here before any of it is loaded. In a container there is neither bin/ nor tsx: its Node reads TypeScript.
const thread = await import('../../../bin/bundle.mjs').then(
  ({ bundled }) => bundled('controller/flow-reading/thread'),
  () => undefined,
);

if (thread === undefined) {
  await import('tsx/esm/api').then(
    ({ register }) => register(),
    () => undefined,
  );
  await import('./thread.ts');
} else {
  await import(thread);
}
