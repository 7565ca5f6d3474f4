import assert from 'node:assert/strict';
import { test } from 'node:test';
import { traceText } from '../../src/commands/rehearsal/trace-text.ts';
import { timeZoneNamed } from '../../src/model/time-zone.ts';
import type { TraceEntry } from '../../src/rehearsal/trace-line.ts';

// What a simulation tells of calls of more than two, messages and orders, line by line.

const LINES: readonly (readonly [entry: TraceEntry, told: string])[] = [
  [{ what: 'leg', who: '+4930111', how: 'dialled' }, '+4930111 is dialled'],
  [{ what: 'leg', who: 'anna', how: 'answered' }, 'anna answers'],
  [{ what: 'leg', who: 'anna', how: 'ended', cause: 'no_answer' }, 'anna is gone (no answer)'],
  [{ what: 'not_dialled', code: 'outgoing.not_allowed' }, 'is not dialled: outgoing.not_allowed'],
  [{ what: 'dialled', outcome: 'no_answer' }, 'dialling ends: no answer'],
  [{ what: 'whispered', text: 'A call.' }, 'the other side hears "A call."'],
  [{ what: 'room', room: 'team', how: 'entered' }, 'enters the conference team'],
  [{ what: 'room', room: 'team', how: 'full' }, 'conference team: full'],
  [{ what: 'sent_keys', count: 4 }, 'sends 4 keys'],
  [{ what: 'listens_for_machine' }, 'listens for a machine'],
  [{ what: 'machine', verdict: 'human' }, 'it is a human'],
  [{ what: 'machine', verdict: 'unknown' }, 'it is unknown who answered'],
  [{ what: 'recording', how: 'started', message: true }, 'message started'],
  [{ what: 'recording', how: 'finished', message: false, durationMs: 4200 }, 'recording finished (4.2 s)'],
  [{ what: 'consent', given: false }, 'does not agree to be recorded'],
  [
    { what: 'ordered', kind: 'callback', queue: 'sales', number: '+4930111', mode: 'agent_first' },
    'callback ordered: +4930111 for sales (agent first)',
  ],
  [{ what: 'not_ordered', code: 'not_allowed' }, 'order refused: not allowed'],
];

for (const [entry, told] of LINES) {
  test(`a simulation says: ${told}`, () => {
    const text = traceText([{ atMs: 0, ...entry }], { zone: timeZoneNamed('UTC')!, colours: false });
    assert.equal(text, `00:00:00      ${told}\n`);
  });
}
