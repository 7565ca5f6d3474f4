import type { Move } from '../step-kind.ts';
import { refused } from './refused.ts';

/** For a step whose engine is not built yet: flows may name it, and contacts that come to it leave by `error`. */
export function notBuilt(reason: string): { readonly notAvailable: string; enter(): Move } {
  return { notAvailable: reason, enter: () => refused('step.not_available', reason) };
}
