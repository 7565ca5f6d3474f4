import type { DoorHost } from '../../../src/channels/channel.ts';
import { makeRoom } from '../../../src/channels/voice/act/prompts.ts';
import { act } from '../../../src/channels/voice/act.ts';
import { parseAriAddress } from '../../../src/channels/voice/ari/address.ts';
import type { AriClient } from '../../../src/channels/voice/ari/client.ts';
import { AriError, type AriErrorCode } from '../../../src/channels/voice/ari/error.ts';
import type { AriEvent, Channel } from '../../../src/channels/voice/ari/generated.ts';
import { Equipped } from '../../../src/channels/voice/equipment/equipped.ts';
import { Phones } from '../../../src/channels/voice/equipment/phones.ts';
import { SipObjects } from '../../../src/channels/voice/equipment/sip-objects.ts';
import { Legs } from '../../../src/channels/voice/legs.ts';
import { Lines } from '../../../src/channels/voice/lines.ts';
import type { Ear } from '../../../src/channels/voice/listen/ear.ts';
import { listen } from '../../../src/channels/voice/listen.ts';
import { Prompts } from '../../../src/channels/voice/prompts.ts';
import { Recordings } from '../../../src/channels/voice/recordings.ts';
import { LiveSound } from '../../../src/channels/voice/sound/live-sound.ts';
import { Watches } from '../../../src/channels/voice/watches.ts';
import type { Command } from '../../../src/model/command.ts';
import type { DoorEvent } from '../../../src/model/event.ts';

type Asked = { readonly operation: string; readonly parameters: Readonly<Record<string, unknown>> };

/** The door's hand and ear without a connection: what they ask of Asterisk is written down, and what Asterisk would say is said to them. */
export type DoorAlone = {
  readonly ear: Ear;
  readonly asked: Asked[];
  readonly events: DoorEvent[];
  /** How requests of an operation are answered; anything else succeeds with nothing. */
  readonly answers: Map<string, unknown>;
  do(command: Command): void;
  hear(event: object): void;
  /** The names of what was asked since the last time. */
  askedNow(): string[];
  /** Lets answers that are due be taken. */
  settled(): Promise<void>;
};

export function doorAlone(): DoorAlone {
  const asked: Asked[] = [];
  const events: DoorEvent[] = [];
  const answers = new Map<string, unknown>();
  const request = async (operation: string, parameters: Asked['parameters']): Promise<unknown> => {
    asked.push({ operation, parameters });
    const answer = answers.get(operation);
    if (answer instanceof AriError) throw answer;
    return answer;
  };
  // No file is ever there to be read.
  const openStored = async () => Promise.reject(new AriError('ari.not_found', 'openStored'));
  const ari = { request, openStored } as unknown as AriClient;
  const legs = new Legs();
  const lines = new Lines();
  const prompts = new Prompts();
  const host: DoorHost = { take: (event) => (events.push(event) > 0 ? 'kept' : 'lost'), now: () => 1_700_000_000_000 };
  const ear: Ear = {
    ari,
    app: 'strowger',
    host,
    legs,
    lines,
    live: new LiveSound({
      ari,
      app: 'strowger',
      // Nobody listens there.
      address: parseAriAddress('http://nobody:nothing@127.0.0.1:1/ari'),
      host,
      legs,
      makeRoom: (channelId) => makeRoom({ ari, legs, prompts }, channelId),
    }),
    prompts,
    recordings: new Recordings(),
    watches: new Watches(),
    onTrouble: (command, error) =>
      events.push({ kind: 'door.lost', atMs: 0, door: 'voice', reason: `${command} ${error.code}` }),
    phones: new Phones(ari, new SipObjects(ari, new Equipped('/nowhere/equipped.json')), 'strowger', legs, lines),
    drop: (channelId) => asked.push({ operation: 'drop', parameters: { channelId } }),
  };
  return {
    ear,
    asked,
    events,
    answers,
    do: (command) => act(ear, command),
    hear: (event) => listen(ear, event as AriEvent),
    askedNow: () => asked.splice(0).map(({ operation }) => operation),
    settled: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

export function refused(code: AriErrorCode): AriError {
  return new AriError(code, 'a test');
}

/** A channel as Asterisk's events show it. */
export function channel(id: string, more: Partial<Channel> = {}): Channel {
  return {
    id,
    protocol_id: '',
    name: 'PJSIP/loopback-00000001',
    state: 'Up',
    caller: { name: '', number: '+1' },
    connected: { name: '', number: '' },
    accountcode: '',
    dialplan: { context: 'from-outside', exten: '100', priority: 1, app_name: 'Stasis', app_data: 'strowger,caller' },
    creationtime: '2026-01-01T00:00:00.000+0000',
    language: 'en',
    ...more,
  };
}
