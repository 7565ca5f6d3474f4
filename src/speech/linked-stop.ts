/** A way to stop a part of the work, which is stopped, too, when the whole is. */
export type LinkedStop = {
  readonly signal: AbortSignal;
  now(): void;
  /** To be called when the part is over: the whole may last for months and must not remember it. */
  unlink(): void;
};

/** AbortSignal.any would do, but in Node 20 a long-lived signal keeps every one that was made from it. */
export function linkedStop(whole: AbortSignal): LinkedStop {
  const stop = new AbortController();
  const now = (): void => {
    whole.removeEventListener('abort', now);
    stop.abort();
  };
  if (whole.aborted) stop.abort();
  else whole.addEventListener('abort', now);
  return { signal: stop.signal, now, unlink: () => whole.removeEventListener('abort', now) };
}
