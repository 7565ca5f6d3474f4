import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as names from '../../../src/channels/voice/names.ts';

const CONTACT = 'strowger-1700000000.12';
const CONSULT = `${CONTACT}.c1-lq2x`;

test('every place is told again from its bridge, also that of a consult’s own contact', () => {
  for (const contactId of [CONTACT, CONSULT]) {
    for (const place of ['talk', 'aside'] as const) {
      assert.deepEqual(names.placeOfBridge(names.placeBridge(place, contactId)), { place, contactId });
    }
  }
  assert.deepEqual(names.placeOfBridge(names.placeBridge('room.monday-talk', CONTACT)), { place: 'room.monday-talk' });
  assert.equal(names.placeOfBridge(names.watchBridge(`${CONTACT}.l1-a`)), undefined);
  assert.equal(names.watcherOfBridge(names.watchBridge(`${CONTACT}.l1-a`)), `${CONTACT}.l1-a`);
});

test('a contact is told from the ids of its offers, legs and recordings, and a consult is a contact of its own', () => {
  for (const contactId of [CONTACT, CONSULT]) {
    for (const letter of ['o', 'l', 'r']) assert.equal(names.contactOfId(`${contactId}.${letter}3-lq2x`), contactId);
    assert.equal(names.contactOfId(contactId), contactId);
  }
});

test('no channel is taken for another kind: callers, offers, legs, snoops, sides and lines', () => {
  const kinds: Record<string, (id: string) => boolean> = {
    [`${CONTACT}.o1-lq2x`]: names.isOfferLeg,
    [`${CONTACT}.l1-lq2x`]: names.isAskedLeg,
    [names.watchSnoop(`${CONTACT}.l1-lq2x`, 5)]: (id) => names.watcherOfSnoop(id) !== undefined,
    [names.sideName(`${CONTACT}.r1-lq2x`, 'left')]: (id) => names.recordingOfSide(id) !== undefined,
    [names.snoopChannel(names.tapName(`${CONTACT}.o2-lq2x`, 1_700_000_000_000))]: names.carriesSound,
    [names.lineChannel('anna.o1-b', 5)]: (id) => names.agentOfLine(id) !== undefined,
  };
  for (const id of [CONTACT, ...Object.keys(kinds)]) {
    for (const [own, is] of Object.entries(kinds)) assert.equal(is(id), id === own, `${id} as ${own}`);
  }
  assert.ok(names.carriesSound(names.socketChannel(names.voiceName(CONTACT, 1_700_000_000_000))));
});

test('what is written on a channel is read again, and account codes of others are not ours', () => {
  const mark = fc.record({
    role: fc.constantFrom('caller' as const, 'agent' as const),
    legId: fc.stringMatching(/^[a-z0-9.-]{1,40}$/),
  });
  const read = (one: names.Mark, channelId: string) => names.readMark(names.markText(one, channelId), channelId);
  fc.assert(
    fc.property(mark, fc.constantFrom('', 'x'), (one, other) => {
      assert.deepEqual(read(one, `${one.legId}${other}`), { ...one });
    }),
  );
  const asked = { role: 'asked', purpose: 'watch', legId: 'c.l1-a' } as const;
  assert.deepEqual(read(asked, 'c.l1-a'), asked);
  for (const text of ['', 'sales', 'caller', 'caller,,', 'other,,x'])
    assert.equal(names.readMark(text, 'x'), undefined);
  // AST_MAX_ACCOUNT_CODE of Asterisk is 80 with its closing zero.
  const longest = { ...asked, purpose: 'transfer', legId: `${CONSULT}.l12-lq2xabcd` } as const;
  assert.ok(names.markText(longest, longest.legId).length < 80);
  assert.ok(names.markText({ role: 'agent', legId: `${CONSULT}.o12-lq2xabcd` }, CONTACT).length < 80);
});

test('a mark that a channel took over from whom it is joined with is none of its own', () => {
  const asked = { role: 'asked', purpose: 'watch', legId: `${CONTACT}.l0-lq2x` } as const;
  for (const channelId of [CONTACT, `${CONTACT}.o1-lq2x`]) {
    assert.equal(names.readMark(names.markText(asked, asked.legId), channelId), undefined);
  }
});
