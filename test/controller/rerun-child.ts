import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { emptyState } from '../../src/controller/state.ts';
import type { Event } from '../../src/model/event.ts';
import { canonical, digest, takeAsWritten } from './long-day.ts';

/**
 * Lives a day once more in a process of its own: each line of the file named is one input and what was decided then.
 * Prints how many events there were, how many decisions are not the same, and the digest of the state at the end.
 */
type Line = { readonly input: Event; readonly decisions: readonly Event[] };

const state = emptyState();
let events = 0;
let differences = 0;
for await (const text of createInterface({ input: createReadStream(process.argv[2]!) })) {
  const { input, decisions } = JSON.parse(text) as Line;
  const again = takeAsWritten(state, input);
  // The clock's own moments are not written down.
  events += (input.kind === 'time.passed' ? 0 : 1) + decisions.length;
  if (JSON.stringify(again) === JSON.stringify(decisions)) continue;
  for (let at = 0; at < Math.max(again.length, decisions.length); at++) {
    if (JSON.stringify(again[at]) !== JSON.stringify(decisions[at])) differences += 1;
  }
}
process.stdout.write(JSON.stringify({ events, differences, state: digest(canonical(state)) }));
