import type { Agent, Site } from '../../model/site.ts';
import { defaulted, object, required } from '../shape/object.ts';
import { duration, wholeNumber } from '../shape/scalars.ts';
import { mapped } from '../shape/shape.ts';
import { BETWEEN_DIGITS } from './collect.ts';

/** How extensions of agents are dialled in the middle of something else. */
export type DirectDial = { readonly length: number; readonly interDigitMs: number };

export const DIRECT_DIAL = mapped(
  object({
    length: required(wholeNumber({ min: 2, max: 10 }), 'How many digits extensions have.', 4),
    inter_digit_timeout: defaulted(duration(BETWEEN_DIGITS), 2_000, 'The pause after a digit that ends the number.'),
  }),
  (written): DirectDial => ({ length: written.length, interDigitMs: written.inter_digit_timeout }),
);

/** What a number that is being typed may still become. */
export type Dialled = { readonly agent: Agent | undefined; readonly more: boolean };

/** The agent whose extension was typed, and whether longer extensions of that length begin so. */
export function dialled(site: Site, typed: string, length: number): Dialled {
  let agent: Agent | undefined;
  let more = false;
  for (const one of Object.values(site.agents)) {
    if (one.extension.length !== length || !one.extension.startsWith(typed)) continue;
    if (one.extension === typed) agent = one;
    else more = true;
  }
  return { agent, more };
}
