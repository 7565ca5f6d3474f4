import { readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join, resolve } from 'node:path';
import type { RecordedSound } from './channels/channel.ts';
import { ChatDoor } from './channels/chat/chat-door.ts';
import { CHAT_SOCKET, chatPages } from './channels/chat/page.ts';
import { VoiceDoor } from './channels/voice/voice-door.ts';
import { type Clock, steadyClock } from './clock.ts';
import { type Config, ConfigError, projectDir } from './config.ts';
import type { Health, PartHealth } from './controller/desk.ts';
import { FlowKeeper, type FlowKeeperOptions } from './controller/flow-keeper.ts';
import { openFlowReader } from './controller/flow-reading/flow-reader.ts';
import { createFrontDesk } from './controller/front-desk.ts';
import { Hall, type HallOptions } from './controller/hall.ts';
import { listenFor } from './controller/listening/listen-for.ts';
import { keepSpeechSite } from './controller/listening/speech-site.ts';
import { feedLists } from './controller/outbound/list-feeder.ts';
import { recall } from './controller/recall.ts';
import { soundSource } from './controller/recordings/recorded-sound.ts';
import { keepRecordings, recordedMedia } from './controller/recordings/recorder.ts';
import { keepSnapshots } from './controller/snapshots.ts';
import type { State } from './controller/state.ts';
import { transcribe } from './controller/transcription/transcriber.ts';
import { problemLine } from './flow/problem.ts';
import type { Journal } from './journal/journal.ts';
import { openJournal } from './journal/open.ts';
import { openLists } from './lists/list-table.ts';
import { createLog, type Log } from './log.ts';
import type { Event } from './model/event.ts';
import type { Ears } from './recognition/ears.ts';
import { openEars } from './recognition/open-ears.ts';
import { openRecordingKeys } from './recording-keys.ts';
import { openVault, type Vault } from './recordings/vault.ts';
import { flowSecretNames, openFlowSecrets, openSecrets, type Secrets } from './secrets.ts';
import { type Mouth, openMouth } from './speech/mouth.ts';
import { openWeb } from './web/web.ts';

const CLOCK_WAS_SET =
  'The clock of this machine was set. Waits and deadlines go on evenly, opening hours follow slowly; a restart takes it over.';

/** A core that carries hundreds of calls beside needs three seconds for them at most. */
const TAKE_UP_MS_MAX = 5_000;

/** A running controller. */
export type Controller = {
  /** Where the API listens. */
  readonly address: string;
  /** Lets go of everything in reverse order; calls stay in Asterisk. May be called twice. */
  close(): Promise<void>;
};

/** Starts the controller: start reads downwards, stop upwards. Rejects with ConfigError or an error with a `code`. */
export async function serve(config: Config): Promise<Controller> {
  const log = createLog(config.logLevel);
  const clock = steadyClock({ onJump: (byMs) => log.warn({ byMs }, CLOCK_WAS_SET) });
  const { now } = clock;
  const release = releaseName();
  const { databaseUrl, ariUrl } = needed(config);
  const secrets = await openSecrets(config.dataDir);
  const secret = openFlowSecrets(config.dataDir, config.flowSecrets, log);
  // Side by side: after a crash callers wait for the end of it.
  const opening = openMouth({ promptsDir: config.promptsDir, secret, log });
  const { journal, state } = await openMemory(databaseUrl, join(config.dataDir, 'spool'), clock, log);
  const mouth = await opening;
  const recordingsDir = join(config.promptsDir, 'recordings');
  const recordingPath = (version: string, file: string) => join(recordingsDir, version, file);
  const ears = openEars({ secretOf: secret, now });
  const web = openWeb({ allow: () => state.acd.site.http.allow, secret, now, log });
  const vault = await openRecordings({ config, databaseUrl, now, log, sound: () => voice.sound });
  const recorded: HallOptions['recorded'] = (id, contactId) => recordedMedia(hall, vault, id, contactId);
  const hall = new Hall({
    state,
    journal,
    mouth,
    web,
    recordingPath,
    recorded,
    now,
    log,
    onJournalLost: endWithout(log),
  });
  keepRecordings(hall, vault, log);
  const prepare = (texts: readonly { text: string; language: string }[]) => void mouth.prepare(texts);
  const secretNames = () => flowSecretNames(config.dataDir, config.flowSecrets);
  const flows = keepFlows({ hall, flowsDir: config.flowsDir, recordingsDir, secretNames, prepare, log });
  const voice = voiceDoor({ config, ariUrl, hall, secrets, secret, pathOf: recordingPath, log });
  const chat = chatDoor(config, hall, secrets);
  for (const door of [voice, chat]) hall.use(door);
  const hearing = openHearing({ hall, ears, voice, mouth, log });
  hall.enter({ kind: 'controller.started', atMs: now(), release });
  // The calls of the life before this one come first, and what was in service is enough for them.
  const callsWait = state.flow.current !== null && state.contacts.size > 0;
  if (!callsWait) await flows.load();
  if (state.flow.current === null) {
    await Promise.all([journal.close(), mouth.close(), vault.close()]);
    throw new ConfigError('flows.broken', flows.problems().map(problemLine).join('\n') || flows.health().detail);
  }
  const takenUp = takeUpCalls(hall, voice);
  if (callsWait) await takenUp;
  // bin/strowger lets a start go before all else on this machine.
  setPriority(0);
  if (callsWait) await flows.load();
  const startedMs = now();
  const health = (): Health => healthOf({ voice, hall, journal, flows, vault, mouth, ears, startedMs });
  const listStore = openLists(databaseUrl);
  const desk = createFrontDesk(hall, journal, health, flows, voice, vault, listStore, ears);
  const apiKey = config.apiKey ?? secrets.apiKey;
  const upgrades = { [CHAT_SOCKET]: chat.handleUpgrade.bind(chat) };
  // Loaded only now: to read it in takes as long as to take up hundreds of calls.
  const { createApi } = await import('./api/server.ts');
  const api = await createApi({ desk, apiKey, log, now, ...config.http, release, pages: chatPages(), upgrades });
  await chat.open();
  const address = await api.listen();
  const snapshots = keepSnapshots(hall, journal, log);
  flows.watch();
  const feeder = feedLists({ hall, store: listStore, log });
  log.info({ address }, 'The controller is up.');

  let closing: Promise<void> | undefined;
  return {
    address,
    close: () => {
      const outer = { flows, feeder, chat, api, hearing, voice, web, vault };
      closing ??= shutDown(outer, { hall, snapshots, mouth, listStore, journal, log });
      return closing;
    },
  };
}

/** Two controllers must not steer one Asterisk. */
function endWithout(log: Log): (code: string) => void {
  return (code) => {
    log.fatal({ code }, 'The journal is lost to this controller; it ends.');
    process.exit(1);
  };
}

/** The journal, and the state as it was when the last run ended. */
async function openMemory(
  databaseUrl: string,
  spoolDir: string,
  { now, notBefore }: Clock,
  log: Log,
): Promise<{ journal: Journal; state: State }> {
  const journal = await openJournal({ databaseUrl, spoolDir, log, now });
  const { state, replayed, latestAtMs } = await recall(journal);
  notBefore(latestAtMs);
  log.info({ contacts: state.contacts.size, replayed }, 'The state of the last run is back.');
  return { journal, state };
}

/**
 * Opens the door to the telephone and waits until the calls that are there are taken up, but not for long: without Asterisk
 * the API still has much to say, first of all that Asterisk is away.
 */
function takeUpCalls(hall: Hall, voice: VoiceDoor): Promise<void> {
  return new Promise((done) => {
    const late = setTimeout(() => goOn(), TAKE_UP_MS_MAX);
    const goOn = (): void => {
      clearTimeout(late);
      unfollow();
      done();
    };
    const agreed = (event: Event): boolean => event.kind === 'door.agreed' && event.door === 'voice';
    const batch = (events: readonly Event[]): void => void (events.some(agreed) && goOn());
    const unfollow = hall.follow({ batch, signal: () => undefined });
    // It connects again by itself; there is nothing to wait for when the first try fails.
    voice.open().catch(goOn);
  });
}

type Telephone = {
  readonly config: Config;
  readonly ariUrl: string;
  readonly hall: Hall;
  readonly secrets: Secrets;
  readonly secret: (name: string) => string | undefined;
  readonly pathOf: (version: string, file: string) => string;
  readonly log: Log;
};

function voiceDoor({ config, ariUrl, hall, secrets, secret, pathOf, log }: Telephone): VoiceDoor {
  return new VoiceDoor({
    ariUrl,
    app: config.ariApp,
    host: hall.doorway('voice'),
    phonePassword: secrets.phonePassword,
    secret,
    music: { file: join(config.promptsDir, 'music.conf'), pathOf },
    equippedFile: join(config.dataDir, 'equipped.json'),
    log,
  });
}

function chatDoor({ chatOrigins: origins = [], chatBehindProxy: behindProxy }: Config, hall: Hall, secrets: Secrets) {
  return new ChatDoor({ host: hall.doorway('chat'), secret: secrets.chatSecret, origins, behindProxy });
}

type Hearing = {
  readonly hall: Hall;
  readonly ears: Ears;
  readonly voice: VoiceDoor;
  readonly mouth: Mouth;
  readonly log: Log;
};

/** What listens to calls: the turns of flows, and transcription. */
function openHearing({ hall, ears, voice, mouth, log }: Hearing): { close(): Promise<void> } {
  keepSpeechSite(hall, [ears, mouth]);
  const listening = listenFor(hall, { ears, sound: voice.live }, log);
  const transcriber = transcribe(hall, { ears, sound: voice.live }, log);
  return {
    close: () => {
      transcriber.close();
      listening.close();
      return ears.close();
    },
  };
}

type Closing<Part extends string> = Record<Part, { close(): Promise<void> }>;
type Outer = { readonly flows: FlowKeeper } & Closing<
  'feeder' | 'chat' | 'api' | 'hearing' | 'voice' | 'web' | 'vault'
>;
type Inner = { readonly hall: Hall; readonly log: Log } & Closing<'snapshots' | 'mouth' | 'listStore' | 'journal'>;

/** Lets go of everything, last what the others need. */
async function shutDown(outer: Outer, inner: Inner): Promise<void> {
  const { flows, feeder, chat, api, hearing, voice, web, vault } = outer;
  const { hall, snapshots, mouth, listStore, journal, log } = inner;
  flows.close();
  await feeder.close();
  await chat.close();
  await api.close();
  await hearing.close();
  await voice.close();
  // What is called off comes back as an answer, which is an event to be written down.
  await web.close();
  await vault.close();
  hall.enter({ kind: 'controller.stopped', atMs: hall.now() });
  hall.close();
  await snapshots.close();
  await mouth.close();
  await listStore.close();
  await journal.close();
  log.info({}, 'The controller is down; calls stay in Asterisk.');
}

type Recordings = {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly sound: () => RecordedSound;
  readonly log: Log;
  now(): number;
};

async function openRecordings({ config, databaseUrl, sound, now, log }: Recordings): Promise<Vault> {
  return openVault({
    databaseUrl,
    dir: join(config.dataDir, 'recordings'),
    playableDir: join(config.promptsDir, 'heard'),
    ring: await openRecordingKeys(config.dataDir),
    sound: soundSource(sound),
    now,
    log,
  });
}

/** Saved flows are read aside, so that nobody in a call has to wait for it. */
function keepFlows(options: FlowKeeperOptions): FlowKeeper {
  return new FlowKeeper({ ...options, reader: openFlowReader() });
}

type Healthy = { readonly health: () => PartHealth };
type Whole = { readonly voice: VoiceDoor; readonly hall: Hall; readonly startedMs: number };

function healthOf(running: Whole & Record<'journal' | 'flows' | 'vault' | 'mouth' | 'ears', Healthy>): Health {
  const { voice, hall, journal, flows, vault, mouth, ears, startedMs } = running;
  const parts = {
    asterisk: asteriskHealth(voice, hall),
    database: journal.health(),
    flows: flows.health(),
    recordings: vault.health(),
    speech: mouth.health(),
    recognition: ears.health(),
    events: eventsHealth(hall, startedMs),
  };
  return { status: Object.values(parts).every((part) => part.up) ? 'ok' : 'degraded', parts };
}

/** Connected is not enough: until our picture was compared with Asterisk's nothing is decided on it. */
function asteriskHealth(door: VoiceDoor, hall: Hall): PartHealth {
  const health = door.health();
  if (!health.up || hall.doorway('voice').agreed) return health;
  return { ...health, up: false, detail: `${health.detail}; our picture is being compared with it` };
}

function needed(config: Config): { databaseUrl: string; ariUrl: string } {
  const { databaseUrl, ariUrl } = config;
  if (databaseUrl && ariUrl) return { databaseUrl, ariUrl };
  const name = databaseUrl ? 'ASTERISK_ARI_URL' : 'DATABASE_URL';
  throw new ConfigError('config.missing', `${name} is not set. "npm start" runs all parts and sets it by itself.`);
}

function releaseName(): string {
  return (JSON.parse(readFileSync(resolve(projectDir, 'package.json'), 'utf8')) as { version: string }).version;
}

/** Events that were not written down are trouble; those that came too late to mean anything are only counted. */
function eventsHealth(hall: Hall, sinceMs: number): PartHealth {
  const { lostEvents, passedOver } = hall;
  const lost = lostEvents === 0 ? '' : `${lostEvents} could not be written down; `;
  return { up: lostEvents === 0, detail: `${lost}${passedOver} came too late and were passed over`, sinceMs };
}
