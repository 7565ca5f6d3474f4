import { ASTERISK_NEEDED, compareVersions, parseAsteriskVersion } from '../../model/asterisk-version.ts';
import type { TrunkStatus } from '../../model/call/trunk.ts';
import type { Command } from '../../model/command.ts';
import type { AgentId } from '../../model/ids.ts';
import type { Site } from '../../model/site.ts';
import type { CallSound, Door, DoorHealth, DoorHost, FarSide, Inventory, Orphan, RecordedSound } from '../channel.ts';
import type { Hand } from './act/hand.ts';
import { removeOrphan } from './act/orphans.ts';
import { makeRoom } from './act/prompts.ts';
import { act } from './act.ts';
import { adopt, withAsked } from './adopt.ts';
import { parseAriAddress } from './ari/address.ts';
import { type AriClient, createAriClient } from './ari/client.ts';
import { AriError } from './ari/error.ts';
import type { AriState } from './ari/socket.ts';
import { Equipped } from './equipment/equipped.ts';
import { equipMusic, type MusicFile } from './equipment/music.ts';
import { Phones } from './equipment/phones.ts';
import { registrationStates } from './equipment/registration-states.ts';
import { sendText } from './equipment/send-text.ts';
import { SipObjects } from './equipment/sip-objects.ts';
import { type TrunkWatch, watchTrunks } from './equipment/trunk-watch.ts';
import { Trunks } from './equipment/trunks.ts';
import { takeInventory } from './inventory.ts';
import { Legs } from './legs.ts';
import { Lines } from './lines.ts';
import { listen, UNWANTED } from './listen.ts';
import { keys, Lost } from './lost.ts';
import { Prompts } from './prompts.ts';
import { Recordings } from './recordings.ts';
import { LiveSound } from './sound/live-sound.ts';
import { recordedSound } from './stored-sound.ts';
import { Watches } from './watches.ts';

export type VoiceDoorOptions = {
  readonly ariUrl: string;
  readonly app: string;
  readonly host: DoorHost;
  /** Generates the password of an agent's phone at first use. */
  readonly phonePassword: (agentId: string) => Promise<string>;
  /** Passwords of trunks, among others; undefined: there is none of that name. */
  readonly secret: (name: string) => string | undefined;
  readonly music: MusicFile;
  /** File in which is noted what Asterisk knows already; it may be lost. */
  readonly equippedFile: string;
  readonly log: VoiceLog;
};

export type VoiceLog = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
};

const PREPARE_AGAIN_MS = 1000;
/** Up to so many things the next listing is taken for a short one: Asterisk writes them down in a few ms. */
const SHORT_LENGTH_MAX = 250;
const NOT_NOTED = 'What Asterisk knows could not be noted; it is told again after the next start.';

/** The door to the telephone: one Asterisk over ARI. */
export class VoiceDoor implements Door, FarSide {
  readonly name = 'voice';
  /** The door itself: everything else that it does is Asterisk's, too. */
  readonly far: FarSide = this;
  readonly #options: VoiceDoorOptions;
  /** What Asterisk recorded and holds until it is fetched. */
  readonly sound: RecordedSound;
  /** What is said in calls, and what is spoken to customers, as it comes. */
  readonly live: CallSound;
  readonly #ari: AriClient;
  readonly #hand: Hand;
  readonly #legs = new Legs();
  readonly #equipped: Equipped;
  readonly #phones: Phones;
  readonly #trunks: Trunks;
  readonly #trunkWatch: TrunkWatch;
  #health: DoorHealth;
  #closed = false;
  #retry: NodeJS.Timeout | undefined;
  readonly #lost = new Lost();
  /** How many things Asterisk listed last. */
  #length = Number.POSITIVE_INFINITY;

  constructor(options: VoiceDoorOptions) {
    this.#options = options;
    const { host, app } = options;
    this.#health = { up: false, detail: 'not connected yet', sinceMs: host.now() };
    this.#ari = createAriClient({
      url: options.ariUrl,
      app,
      onEvent: (event) => listen(ear, event),
      onState: (state) => this.#connectionChanged(state),
    });
    const lines = new Lines();
    this.#equipped = new Equipped(options.equippedFile);
    const objects = new SipObjects(this.#ari, this.#equipped);
    this.#phones = new Phones(this.#ari, objects, app, this.#legs, lines);
    this.#trunks = new Trunks({
      ari: this.#ari,
      objects,
      secret: options.secret,
      registrations: () => registrationStates(options.ariUrl),
      onTrouble: (trunk, reason) => options.log.warn({ trunk, reason }, 'A trunk cannot be used.'),
    });
    this.#trunkWatch = watchTrunks(() => this.#trunks.statuses(), options.log);
    this.sound = recordedSound(this.#ari);
    const ari = this.#ari;
    const prompts = new Prompts();
    const live = new LiveSound({
      ari,
      app,
      address: parseAriAddress(options.ariUrl),
      host,
      legs: this.#legs,
      makeRoom: (legChannelId) => makeRoom({ ari, legs: this.#legs, prompts }, legChannelId),
    });
    this.live = live;
    this.#hand = {
      ari,
      app,
      host,
      legs: this.#legs,
      lines,
      live,
      prompts,
      recordings: new Recordings(),
      watches: new Watches(),
      onTrouble: (command, { code, operation, status }) =>
        options.log.warn({ command, code, operation, status }, 'A request to Asterisk failed.'),
    };
    const drop = (channelId: string) => this.#hangUp(channelId);
    const ear = { ...this.#hand, phones: this.#phones, drop };
  }

  open(): Promise<void> {
    return this.#ari.connect();
  }

  perform(command: Command): void {
    act(this.#hand, command);
  }

  async equip(site: Site, version: string): Promise<void> {
    const { phonePassword, music, log } = this.#options;
    // First what a caller may need at once.
    await equipMusic({ ari: this.#ari, equipped: this.#equipped }, music, site, version);
    await this.#phones.equip(site, phonePassword);
    await this.#trunks.equip(site);
    await this.#equipped.save().catch((error: Error) => log.warn({ error: error.message }, NOT_NOTED));
    this.#trunkWatch.start();
  }

  /** Sends a text to an agent's phone (SIP MESSAGE). Rejects with AriError when Asterisk does not take it. */
  sendText(agentId: AgentId, text: string): Promise<void> {
    return sendText(this.#ari, agentId, text);
  }

  /** How the trunks are at this moment. Rejects with AriError when Asterisk does not answer. */
  trunks(): Promise<TrunkStatus[]> {
    return this.#trunks.statuses();
  }

  async inventory(): Promise<Inventory> {
    const { app, host } = this.#options;
    const unanswered = new Set(this.#legs.unanswered());
    const known = keys(this.#hand).filter((key) => !unanswered.has(key));
    const ask = this.#length > SHORT_LENGTH_MAX ? this.#ari.request : this.#ari.requestShort;
    const found = await takeInventory(ask, app, this.#phones, host.now());
    this.#length = found.length;
    this.#lost.forget(this.#hand, known, found);
    adopt(this.#hand, found);
    return withAsked(found.inventory, this.#hand, [...unanswered]);
  }

  remove(orphans: readonly Orphan[]): void {
    for (const orphan of orphans) removeOrphan(this.#hand, orphan);
  }

  health(): DoorHealth {
    if (!this.#health.up) return this.#health;
    const { taps, announcers } = this.#hand.live.sockets();
    const sockets = taps + announcers === 0 ? '' : `sockets for sound: ${taps} in, ${announcers} out`;
    const detail = [this.#health.detail, this.#trunkWatch.summary(), sockets].filter((part) => part !== '').join('; ');
    return { ...this.#health, detail };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#trunkWatch.stop();
    clearTimeout(this.#retry);
    this.#hand.live.close();
    await this.#ari.close();
  }

  #connectionChanged(state: AriState): void {
    if (this.#closed) return;
    if (state.kind === 'connected') {
      this.#prepare();
      return;
    }
    clearTimeout(this.#retry);
    const reason = state.kind === 'lost' ? state.code : 'ari.replaced';
    const wasUp = this.#health.up;
    this.#note(false, reason);
    const { host } = this.#options;
    if (wasUp) host.take({ kind: 'door.lost', atMs: host.now(), door: 'voice', reason });
  }

  /** What has to be said again after each connect: Asterisk forgets the filter when it restarts. */
  #prepare(): void {
    clearTimeout(this.#retry);
    this.#begin().catch((error: Error) => {
      this.#note(false, `connected, but not ready: ${error instanceof AriError ? error.code : error.message}`);
      // A connection that breaks meanwhile begins anew by itself; this is for one that stays and answers badly.
      this.#retry = setTimeout(() => this.#prepare(), PREPARE_AGAIN_MS);
    });
  }

  async #begin(): Promise<void> {
    const { host, log } = this.#options;
    const { system, status } = await this.#ari.request('asterisk.getInfo', {});
    const version = parseAsteriskVersion(`Asterisk ${system?.version}`) ?? '0';
    // An older one lacks operations that calls need; better no call than one that goes wrong half-way.
    if (compareVersions(version, ASTERISK_NEEDED) < 0) {
      throw new Error(`this is Asterisk ${version}, but ${ASTERISK_NEEDED} or newer is needed`);
    }
    await this.#equipped.meet(status?.startup_time ?? '');
    await this.#ari.setEventFilter(UNWANTED);
    this.#note(true, `Asterisk ${version}`);
    log.info({ asterisk: version }, 'Asterisk is connected.');
    host.take({ kind: 'door.opened', atMs: host.now(), door: 'voice' });
  }

  #note(up: boolean, detail: string): void {
    if (this.#health.up === up && this.#health.detail === detail) return;
    this.#health = { up, detail, sinceMs: this.#options.host.now() };
    if (!up) this.#options.log.warn({ reason: detail }, 'Asterisk is not connected.');
  }

  #hangUp(legId: string): void {
    this.#ari.request('channels.hangup', { channelId: legId }).catch(() => undefined);
  }
}
