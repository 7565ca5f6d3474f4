import type { Flow } from '../model/flow-set.ts';
import type { FeatureCodes, Site } from '../model/site.ts';

/** What an agent asked for by dialling a feature code. */
export type DialledWish =
  | { readonly wish: 'log_in' | 'log_out' | 'ready' }
  | { readonly wish: 'pause'; readonly reason: string }
  | { readonly wish: 'unknown_reason' };

/** Reads a dialled number as a feature code; undefined when it is none. */
export function dialledWish(site: Site, number: string): DialledWish | undefined {
  const codes: FeatureCodes = site.featureCodes;
  if (number === codes.login) return { wish: 'log_in' };
  if (number === codes.logout) return { wish: 'log_out' };
  if (number === codes.ready) return { wish: 'ready' };
  if (!number.startsWith(codes.pause)) return undefined;
  const digit = number.slice(codes.pause.length);
  if (digit === '') return { wish: 'pause', reason: 'pause' };
  const reason = Object.hasOwn(site.pauseReasons, digit) ? site.pauseReasons[digit] : undefined;
  return reason === undefined ? { wish: 'unknown_reason' } : { wish: 'pause', reason };
}

/** The small flows that tell an agent on the phone what a feature code did. */
export const BUILT_IN_FLOWS: Readonly<Record<string, Flow>> = Object.fromEntries(
  [
    ['strowger.log_in', 'You are logged in.'],
    ['strowger.log_out', 'You are logged out.'],
    ['strowger.ready', 'You are ready.'],
    ['strowger.pause', 'You are paused.'],
    ['strowger.not_logged_in', 'You are not logged in.'],
    ['strowger.unknown_reason', 'There is no such pause reason.'],
  ].map(([id, text]) => [id!, sayAndHangUp(id!, text!)]),
);

/** The code's confirmation flow. */
export function confirmationFlow(wish: string): string {
  return `strowger.${wish}`;
}

function sayAndHangUp(id: string, text: string): Flow {
  const at = 'built in';
  const prompt = [{ say: text, language: 'en' }];
  return {
    id,
    language: 'en',
    start: 'say',
    maxSteps: 10,
    steps: {
      say: { id: 'say', type: 'play', with: { prompt }, on: {}, next: 'end', at },
      end: { id: 'end', type: 'hangup', with: { cause: 'normal' }, on: {}, at },
    },
  };
}
