import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deskFixture, NINE } from './desk-fixture.ts';
import { errorOf, get, startApi } from './harness.ts';

test('the decisions about a contact are told with moments in both forms, and with an agent why not', async () => {
  const { api } = await startApi();
  const { decisions } = JSON.parse((await get(api, '/v1/contacts/c1/decisions')).body);
  assert.ok(decisions.length > 2);
  const offers = decisions.filter(({ what }: { what: string }) => what === 'offered');
  assert.ok(offers.length > 0);
  for (const { at, atMs, text, offer } of offers) {
    assert.equal(Date.parse(at), atMs);
    assert.ok(text.length > 10);
    assert.equal(offer.notChosen, undefined);
  }
  const asked = JSON.parse((await get(api, '/v1/contacts/c1/decisions?agent=anna')).body);
  assert.ok(asked.decisions.some(({ offer }: { offer?: { notChosen?: object } }) => offer?.notChosen));
});

test('the decisions about an agent begin where it is said, or an hour ago', async () => {
  const { api } = await startApi();
  const all = JSON.parse((await get(api, `/v1/agents/ben/decisions?from=${NINE}`)).body);
  assert.ok(all.offered.length > 0);
  const none = JSON.parse((await get(api, `/v1/agents/ben/decisions?from=${NINE + 3_600_000}`)).body);
  assert.deepEqual(none, { offered: [], passedOver: [] });
});

test('what is not there, and a journal that is away, are told by their codes', async () => {
  const desk = deskFixture();
  const { api } = await startApi({}, desk);
  const unknown = await get(api, '/v1/contacts/c77/decisions');
  assert.deepEqual([unknown.status, errorOf(unknown).code], [404, 'contact.unknown']);
  const nobody = await get(api, '/v1/agents/nobody/decisions');
  assert.deepEqual([nobody.status, errorOf(nobody).code], [404, 'agent.unknown']);
  const odd = await get(api, '/v1/agents/ben/decisions?from=noon');
  assert.deepEqual([odd.status, errorOf(odd).code], [400, 'request.invalid']);
  desk.journalUp = false;
  const away = await get(api, '/v1/contacts/c1/decisions');
  assert.deepEqual([away.status, errorOf(away).code], [503, 'journal.unavailable']);
});
