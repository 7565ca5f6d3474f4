import assert from 'node:assert/strict';
import type { FlowSet } from '../../src/model/flow-set.ts';
import { load } from '../flow/receptionist.ts';

const SITE = `
numbers: { "100": main, "0800*": main, "200": other }
queues: { sales: { overflow: [{ when: { waited: 1m }, to: { flow: other } }] } }
agents: { anna: { extension: "1001", queues: [sales] } }
`;
const MAIN = `
on_error: sorry
on_no_input: sorry
on_hangup: note
keys: { "0": sales }
steps:
  hello: { type: play, prompt: Welcome to the office of Strowger and company. }
  choose: { type: menu, prompt: Choose., options: { 1: { next: sales, label: Sales }, 2: sales, 3: ask }, on: { no_match: choose } }
  ask: { type: call_flow, flow: other, on: { ok: sales, error: sorry } }
  sales: { type: queue, queue: sales, on: { timeout: sorry }, next: end }
  sorry: { type: play, prompt: Sorry. }
  end: { type: hangup }
  note: { type: tag, values: { gone: "yes" } }
`;
const OTHER = 'steps:\n  look: { type: schedule, calendar: x, on: { closed: go } }\n  go: { type: return }\n';

/** A site with two flows that show all that pictures draw. */
export function folder(): FlowSet {
  const site = `${SITE}calendars: { x: { hours: { mon-fri: "09:00-17:00" } } }\n`;
  const { set, problems } = load({ 'site.yaml': site, 'main.yaml': MAIN, 'other.yaml': OTHER });
  assert.ok(set, problems.map(({ message }) => message).join('\n'));
  return set;
}
