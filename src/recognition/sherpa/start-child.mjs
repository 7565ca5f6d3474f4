// The first lines of the child process of hearing-process.ts; as in ../pocketsphinx/start-child.mjs.
const child = await import('../../../bin/bundle.mjs').then(
  ({ bundled }) => bundled('recognition/sherpa/child'),
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
