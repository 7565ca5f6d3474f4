import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markCommand, mediaCommand, readMark } from '../../../../src/channels/voice/sound/media-message.ts';

/** MAX_TEXT_MESSAGE_LEN of Asterisk 22.10.1: a longer one ends the call. */
const TEXT_BYTES_MAX = 128;

test('what is said to Asterisk is short enough for it, whatever is counted', () => {
  const texts = [mediaCommand('START_MEDIA_BUFFERING'), mediaCommand('FLUSH_MEDIA'), markCommand(2 ** 53)];
  for (const text of texts) assert.ok(Buffer.byteLength(text) < TEXT_BYTES_MAX, text);
  assert.deepEqual(JSON.parse(markCommand(7)), { command: 'MARK_MEDIA', correlation_id: '7' });
});

test('a mark that has been passed is known by its number; everything else says nothing', () => {
  const passed = '{"event":"MEDIA_MARK_PROCESSED","channel_id":"voice.1-socket","correlation_id":"12"}';
  assert.equal(readMark(passed), 12);
  const others = [
    '{"event":"MEDIA_START","connection_id":"e7cc787e","format":"slin","optimal_frame_size":320,"ptime":20}',
    '{"event":"DTMF_END","channel_id":"voice.1-socket","digit":"5"}',
    passed.replace('12', 'twelve'),
    '{"event":"MEDIA_MARK_PROCESSED"}',
    'MEDIA_START connection_id:1',
    '[]',
    'null',
    '',
  ];
  assert.deepEqual(
    others.filter((text) => readMark(text) !== undefined),
    [],
  );
});
