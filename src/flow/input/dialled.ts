import type { Agent, Site } from '../../model/site.ts';

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
