// The first lines of a child process of engines/sherpa.ts. As for a thread (start-thread.mjs): TypeScript is made readable here
// before any of it is loaded. In a container there is neither bin/ nor tsx: its Node reads TypeScript.
const child = await import('../../../bin/bundle.mjs').then(
  ({ bundled }) => bundled('speech/sherpa/child'),
  () => undefined,
);

if (child === undefined) {
  await import('tsx/esm/api').then(
    ({ register }) => register(),
    () => undefined,
  );
  await import('./child.ts');
} else {
  await import(child);
}
