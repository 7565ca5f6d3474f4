import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { answerOf, ask, codeOf, far, web } from './web-fixture.ts';

const crm = await far();
const room = web({ secret: (name) => (name === 'lines' ? 'a\r\nx-evil: 1' : 'token') });

test('a line break never makes two headers out of one', async () => {
  const breaks = ['a\r\nx-evil: 1', 'a\nx-evil: 1', 'a\rb', '\0', 'a\u0001', 'łódź', '\u2028', 'a\x7f'];
  for (const value of breaks) {
    assert.equal(codeOf(await room.send(ask(crm.url, { headers: { 'x-name': value } }))), 'web.invalid', value);
    assert.equal(
      codeOf(await room.send(ask(crm.url, { method: 'POST', idempotencyKey: value }))),
      'web.invalid',
      value,
    );
    const secretHeaders = { authorization: { secret: 'token', prefix: value } };
    assert.equal(codeOf(await room.send(ask(crm.url, { secretHeaders }))), 'web.invalid', value);
  }
  const secretHeaders = { authorization: { secret: 'lines', prefix: '' } };
  assert.equal(codeOf(await room.send(ask(crm.url, { secretHeaders }))), 'web.invalid');
  for (const name of ['', 'x y', 'x:y', 'x\r\ny', 'ü', 'x\0']) {
    assert.equal(codeOf(await room.send(ask(crm.url, { headers: { [name]: 'a' } }))), 'web.invalid', name);
  }
  assert.equal(crm.asked.length, 0);
});

test('headers that say how the bytes travel are not for flows to set', async () => {
  const own = ['Host', 'Content-Length', 'Transfer-Encoding', 'Connection', 'Upgrade', 'TE', 'Trailer', 'Expect'];
  for (const name of [...own, 'Accept-Encoding', 'Keep-Alive', 'Proxy-Authorization', 'Proxy-Connection']) {
    assert.equal(codeOf(await room.send(ask(crm.url, { headers: { [name]: 'x' } }))), 'web.invalid', name);
    const secretHeaders = { [name]: { secret: 'token', prefix: '' } };
    assert.equal(codeOf(await room.send(ask(crm.url, { secretHeaders }))), 'web.invalid', name);
  }
});

test('a header that stands twice, in whatever letters, is refused', async () => {
  assert.equal(codeOf(await room.send(ask(crm.url, { headers: { 'X-A': '1', 'x-a': '2' } }))), 'web.invalid');
  const secretHeaders = { 'X-A': { secret: 'token', prefix: '' } };
  assert.equal(codeOf(await room.send(ask(crm.url, { headers: { 'x-a': '1' }, secretHeaders }))), 'web.invalid');
});

test('too many or too long headers are refused', async () => {
  const many = Object.fromEntries(Array.from({ length: 65 }, (_, n) => [`x-${n}`, '']));
  assert.equal(codeOf(await room.send(ask(crm.url, { headers: many }))), 'web.too_large');
  assert.equal(codeOf(await room.send(ask(crm.url, { headers: { 'x-a': 'a'.repeat(8_192) } }))), 'web.too_large');
});

test('whatever a flow puts into a request, the other side sees these headers and one request, or nothing', async () => {
  const usual = ['accept', 'accept-encoding', 'connection', 'host', 'user-agent'];
  const piece = fc.string({
    unit: fc.constantFrom('a', ' ', ':', '\r', '\n', '\r\n', '\t', ';', '{', 'é', '☎', '\0'),
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(piece, piece, piece, piece, async (path, query, name, value) => {
      const before = crm.asked.length;
      const result = await room.send(
        ask(`${crm.url}/${path}`, { query: { [query]: query }, headers: { [`x${name}`]: value } }),
      );
      if (!result.ok) {
        assert.equal(result.failure.code, 'web.invalid');
        assert.equal(crm.asked.length, before);
        return;
      }
      assert.equal(crm.asked.length, before + 1);
      const { headers } = crm.asked.at(-1)!.request;
      assert.deepEqual(Object.keys(headers).sort(), [...usual, `x${name}`.toLowerCase()].sort());
    }),
    { numRuns: 300 },
  );
});

test('a name that means something to JavaScript is a header as any other', async () => {
  answerOf(await room.send(ask(crm.url, { headers: { constructor: '1' } })));
  assert.ok(crm.asked.at(-1)!.request.rawHeaders.includes('constructor'));
});
