import assert from 'node:assert/strict';
import type { Receptionist } from './receptionist.ts';

/** Every turn that was begun was ended once, by what was heard or by the flow, but for the one that runs. */
export function turnsEnd({ journal, state }: Receptionist): void {
  const open = new Set<string>();
  for (const event of journal) {
    if (event.kind === 'listening.started') {
      assert.equal(open.size, 0, 'two turns at once');
      open.add(event.listenId);
    } else if (event.kind === 'listening.stopped') assert.ok(open.delete(event.listenId));
    else if (event.kind === 'speech.heard' || event.kind === 'speech.failed') open.delete(event.listenId ?? '');
    else if (event.kind === 'contact.ended') open.clear();
  }
  const now = state.sessions.get('c1')?.listening;
  assert.deepEqual([...open], now ? [now.listenId] : []);
}
