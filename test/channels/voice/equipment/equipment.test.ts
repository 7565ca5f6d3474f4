import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { AriClient } from '../../../../src/channels/voice/ari/client.ts';
import { Equipped } from '../../../../src/channels/voice/equipment/equipped.ts';
import { renderMusic } from '../../../../src/channels/voice/equipment/music.ts';
import { phoneObjects } from '../../../../src/channels/voice/equipment/phone-objects.ts';
import { registrationKey, statesIn } from '../../../../src/channels/voice/equipment/registration-states.ts';
import { keepRegistrations } from '../../../../src/channels/voice/equipment/registrations.ts';
import { SipObjects } from '../../../../src/channels/voice/equipment/sip-objects.ts';
import {
  registrationObject,
  serverUri,
  trunkObjects,
  trunkOfChannel,
} from '../../../../src/channels/voice/equipment/trunk-objects.ts';
import { userOf } from '../../../../src/channels/voice/listen/text.ts';
import type { Trunk } from '../../../../src/model/call/trunk.ts';
import { type Agent, PLAIN_PHONE } from '../../../../src/model/site.ts';

const dir = mkdtempSync(join(tmpdir(), 'strowger-equipment-'));
after(() => rmSync(dir, { recursive: true, force: true }));
let files = 0;
const noted = (): string => join(dir, `equipped-${++files}.json`);

const carrier: Trunk = {
  id: 'carrier',
  host: 'sip.example.net',
  port: 5061,
  transport: 'tls',
  username: 'us',
  register: true,
  from: [],
  srtp: 'required',
  codecs: ['alaw', 'ulaw'],
  video: true,
  callsMax: 7,
};

const anna: Agent = {
  id: 'anna',
  name: 'Anna "the" <first>',
  extension: '201',
  team: null,
  skills: {},
  queues: {},
  capacity: 'default',
  phone: PLAIN_PHONE,
  supervises: [],
  recording: null,
};

/** Keeps what is asked of it, and global variables as Asterisk does. */
function ariOfPaper(): { ari: AriClient; asked: string[] } {
  const asked: string[] = [];
  const variables = new Map<string, string>();
  const request = async (operation: string, parameters: Record<string, string>) => {
    if (operation === 'asterisk.getGlobalVar') return { value: variables.get(parameters['variable']!) ?? '' };
    if (operation === 'asterisk.setGlobalVar') variables.set(parameters['variable']!, parameters['value']!);
    else asked.push(`${operation.replace('asterisk.', '')} ${parameters['objectType']} ${parameters['id']}`);
    return undefined;
  };
  return { ari: { request } as unknown as AriClient, asked };
}

test('a trunk is found by its channel, reached by its transport, and bounded as its contract says', () => {
  const objects = trunkObjects(carrier, 'secret');
  assert.deepEqual(
    objects.map(({ type }) => type),
    ['auth', 'aor', 'endpoint', 'identify'],
  );
  const { fields } = objects.find(({ type }) => type === 'endpoint')!;
  assert.deepEqual([fields['allow'], fields['device_state_busy_at']], ['alaw,ulaw,h264,vp8', '7']);
  assert.deepEqual([fields['media_encryption'], fields['media_encryption_optimistic']], ['sdes', 'no']);
  assert.equal(serverUri(carrier), 'sip:sip.example.net:5061;transport=tls');
  assert.equal(trunkOfChannel('PJSIP/trunk-carrier-0000001f'), 'carrier');
  assert.equal(trunkOfChannel('PJSIP/anna-0000001f'), undefined);
});

test('a registration that says something else has another name', () => {
  const name = (trunk: Trunk, password: string) => registrationObject(trunk, password, 0).id;
  assert.equal(name(carrier, 'a'), name({ ...carrier }, 'a'));
  assert.notEqual(name(carrier, 'a'), name(carrier, 'b'));
  assert.notEqual(name(carrier, 'a'), name({ ...carrier, host: 'other.example.net' }, 'a'));
});

test('what Asterisk knows in the same words is not said again, until it may be another Asterisk', async () => {
  const { ari, asked } = ariOfPaper();
  const equipped = new Equipped(noted());
  await equipped.meet('first');
  const objects = new SipObjects(ari, equipped);
  const [, aor] = phoneObjects(anna, 'secret');
  await objects.push(aor!);
  await objects.push(aor!);
  assert.equal(asked.length, 1);
  await equipped.meet('second');
  await objects.push(aor!);
  await objects.drop('aor', 'anna');
  await objects.push(aor!);
  assert.deepEqual(asked.slice(1), ['updateObject aor anna', 'deleteObject aor anna', 'updateObject aor anna']);
});

test('what Asterisk was told is known after a restart of this program, but not when it died in between, nor when Asterisk did', async () => {
  const file = noted();
  const [auth, aor] = phoneObjects(anna, 'secret');
  const life = async (asterisk: string) => {
    const { ari, asked } = ariOfPaper();
    const equipped = new Equipped(file);
    await equipped.meet(asterisk);
    return { objects: new SipObjects(ari, equipped), equipped, asked };
  };
  const first = await life('one');
  await first.objects.push(auth!);
  await first.objects.push(aor!);
  await first.equipped.save();
  assert.ok(!readFileSync(file, 'utf8').includes('secret'), 'no password is written down');
  const second = await life('one');
  await second.objects.push(auth!);
  assert.deepEqual(second.asked, []);
  // This life is killed after it has said something and before it could note it.
  await second.objects.push({ ...aor!, fields: { max_contacts: '2' } });
  const third = await life('one');
  await third.objects.push(aor!);
  assert.deepEqual(third.asked, ['updateObject aor anna']);
  await third.equipped.save();
  const other = await life('two');
  await other.objects.push(aor!);
  assert.deepEqual(other.asked, ['updateObject aor anna']);
});

test('registrations of a life before this one are dropped when the site has them no more, and kept when it has', async () => {
  const { ari, asked } = ariOfPaper();
  const [first, second] = [carrier, { ...carrier, id: 'backup' }].map((trunk) => registrationObject(trunk, 'a', 0));
  await keepRegistrations(ari, new SipObjects(ari, new Equipped(noted())), [first!, second!]);
  asked.length = 0;
  await keepRegistrations(ari, new SipObjects(ari, new Equipped(noted())), [second!]);
  assert.deepEqual(asked, [`deleteObject registration ${first!.id}`]);
});

test("a browser's phone is told what a browser insists on, and a name cannot break out of the caller id", () => {
  const browser = { ...anna, phone: { ...PLAIN_PHONE, kind: 'webrtc' as const, srtp: 'required' as const } };
  const [, , endpoint] = phoneObjects(browser, 'secret');
  assert.equal(endpoint!.fields['webrtc'], 'yes');
  assert.equal(endpoint!.fields['media_encryption'], undefined);
  assert.equal(endpoint!.fields['callerid'], '"Anna the first" <201>');
});

test('music is a list of files or a player of a stream, a section for each class', () => {
  const classes = [
    { id: 'jazz', files: ['a', 'b/c'], shuffled: true, stream: null },
    { id: 'radio', files: [], shuffled: false, stream: 'http://radio.example.net/a.mp3' },
  ];
  const sections = renderMusic(classes, (name) => `/prompts/${name}`)
    .split('\n[')
    .slice(1);
  assert.deepEqual(sections, [
    'jazz]\nmode = playlist\nentry = /prompts/a\nentry = /prompts/b/c\nsort = random\n',
    'radio]\nmode = custom\napplication = /usr/bin/mpg123 -q -s -r 8000 --mono -e s16 http://radio.example.net/a.mp3\n',
  ]);
});

test('the states of registrations are read out of the metrics', () => {
  const line = (user: string, state: number) =>
    `asterisk_pjsip_outbound_registration_status{eid="1",username="sip:${user}@a.net:5060",domain="sip:a.net:5060",channel_type="PJSIP"} ${state}`;
  const states = statesIn(['# HELP x', line('one', 1), line('two', 2), line('three', 0), ''].join('\n'));
  const of = (user: string) => states.get(registrationKey(`sip:${user}@a.net:5060`, 'sip:a.net:5060'));
  assert.deepEqual(
    [of('one'), of('two'), of('three'), of('four')],
    ['registered', 'rejected', 'unregistered', undefined],
  );
});

test('who wrote a short text is the user of the address', () => {
  const addresses = ['sip:4711@127.0.0.1', '"Anna" <sip:anna@192.0.2.7;x=y>', 'pjsip:sales@pbx', 'nobody'];
  assert.deepEqual(addresses.map(userOf), ['4711', 'anna', 'sales', 'nobody']);
});
