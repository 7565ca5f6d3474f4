import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withAsked } from '../../../src/channels/voice/adopt.ts';
import type { DialledLeg } from '../../../src/channels/voice/legs.ts';
import { channel, type DoorAlone, doorAlone, refused } from './door-alone.ts';

const CONTACT = 'order.a1';
const LEG = `${CONTACT}.l1-a`;

/** A customer whom we called with the detector. Nobody's sound can be had here: no socket opens. */
function dialled(up: boolean): { door: DoorAlone; leg: DialledLeg } {
  const door = doorAlone();
  const about = { legId: LEG, channelId: LEG, contactId: CONTACT, purpose: 'contact', rang: true } as const;
  const leg: DialledLeg = { ...about, role: 'asked', up };
  door.ear.legs.add(leg);
  return { door, leg };
}

function answers(door: DoorAlone): void {
  const args = ['asked', 'contact', CONTACT, 'detect'];
  door.hear({ type: 'StasisStart', args, channel: channel(LEG) });
}

/** The place in the dialplan to which a leg was sent, when it has been. */
async function sentTo(door: DoorAlone): Promise<Readonly<Record<string, unknown>> | undefined> {
  const wasSent = () => door.asked.find(({ operation }) => operation === 'channels.continueInDialplan')?.parameters;
  for (let i = 0; i < 1_000 && !wasSent(); i++) await door.settled();
  return wasSent();
}

test('who cannot be heard by us at the answer is heard by Asterisk’s own detector', async () => {
  const { door, leg } = dialled(false);
  answers(door);
  assert.deepEqual(await sentTo(door), { channelId: LEG, context: 'machine-detection', extension: 'new-contact' });
  assert.deepEqual([door.events, leg.up], [[], false]);
  door.hear({ type: 'StasisStart', args: ['detected', 'new-contact', CONTACT, 'MACHINE'], channel: channel(LEG) });
  assert.deepEqual(
    door.events.map((event) => event.kind === 'leg.answered' && event.verdict),
    ['machine'],
  );
});

test('the same for a call that is up', async () => {
  const { door } = dialled(true);
  door.do({ do: 'detect_machine', contactId: CONTACT, listenMs: 4_000, words: 3 });
  assert.deepEqual(await sentTo(door), { channelId: LEG, context: 'machine-detection', extension: 'contact' });
  const variables = door.asked.find(({ operation }) => operation === 'channels.setChannelVars')?.parameters[
    'variables'
  ];
  assert.deepEqual(variables, { DETECT_GREETING: '0', DETECT_CONTACT: CONTACT, DETECT_MS: '4000', DETECT_WORDS: '3' });
});

test('one who can be sent nowhere either is unknown; one whose greeting is waited for already is left alone', async () => {
  for (const greetingOnly of [false, true]) {
    const { door } = dialled(true);
    door.answers.set('channels.continueInDialplan', refused('ari.conflict'));
    const about = { contactId: CONTACT, listenMs: 4_000, words: 0 };
    door.do({ do: 'detect_machine', ...about, ...(greetingOnly ? { greetingOnly } : {}) });
    await sentTo(door);
    await door.settled();
    const verdicts = door.events.map((event) => event.kind === 'machine.detected' && event.verdict);
    assert.deepEqual(verdicts, greetingOnly ? [] : ['unknown']);
  }
});

test('a machine that has beeped already is not waited for', () => {
  const { door, leg } = dialled(true);
  leg.recordsUs = true;
  door.do({ do: 'detect_machine', contactId: CONTACT, listenMs: 30_000, words: 0, greetingOnly: true });
  assert.deepEqual(
    door.events.map((event) => event.kind === 'machine.detected' && event.verdict),
    ['machine'],
  );
});

test('of a contact that is not there nothing is known', () => {
  const door = doorAlone();
  door.do({ do: 'detect_machine', contactId: 'gone', listenMs: 4_000, words: 3 });
  assert.deepEqual(
    door.events.map((event) => event.kind === 'machine.detected' && event.verdict),
    ['unknown'],
  );
});

test('while it is found out who answered, a listing does not count the leg as answered', () => {
  const { door, leg } = dialled(false);
  const nothing = { contacts: [], offers: [], talks: [], phones: [], askedAtMs: 0 };
  const legs = [{ legId: LEG, contactId: CONTACT, purpose: 'contact', up: true }] as const;
  const calls = { legs, places: [], lines: [], watches: [], recordings: [] };
  const isUp = () => withAsked({ ...nothing, calls }, door.ear, []).calls?.legs[0]?.up;
  assert.equal(isUp(), true);
  leg.judged = true;
  assert.equal(isUp(), false);
});
