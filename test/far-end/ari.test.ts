import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { test } from 'node:test';
import { guardSocket } from './ari.ts';

test('an event that ari-client cannot read costs that event and nothing more', async () => {
  const socket = new EventEmitter();
  const read: string[] = [];
  socket.on('message', (frame: string) => read.push(JSON.parse(frame).type));
  guardSocket(socket);
  const warned = once(process, 'warning');
  socket.emit('message', 'not JSON');
  socket.emit('message', '{"type":"StasisStart"}');
  assert.deepEqual(read, ['StasisStart']);
  assert.match(String((await warned)[0]), /could not read an event/);
});
