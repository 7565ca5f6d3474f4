import { ASTERISK_NEEDED, compareVersions, parseAsteriskVersion } from '../../model/asterisk-version.ts';
import type { Command } from '../../model/command.ts';
import type { LegId } from '../../model/ids.ts';
import type { Site } from '../../model/site.ts';
import type { Door, DoorHealth, DoorHost, FarSide, Inventory, Orphan } from '../channel.ts';
import { act } from './act.ts';
import { type AriClient, createAriClient } from './ari/client.ts';
import { AriError } from './ari/error.ts';
import type { AriState } from './ari/socket.ts';
import { takeInventory } from './inventory.ts';
import { Legs } from './legs.ts';
import { listen, UNWANTED } from './listen.ts';
import { talkBridge } from './names.ts';
import { Phones } from './phones.ts';

export type VoiceDoorOptions = {
  readonly ariUrl: string;
  readonly app: string;
  readonly host: DoorHost;
  /** Generates the password of an agent's phone at first use. */
  readonly phonePassword: (agentId: string) => Promise<string>;
  readonly log: VoiceLog;
};

export type VoiceLog = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
};

const PREPARE_AGAIN_MS = 1000;

/** The door to the telephone: one Asterisk over ARI. */
export class VoiceDoor implements Door, FarSide {
  readonly name = 'voice';
  /** The door itself: everything else that it does is Asterisk's, too. */
  readonly far: FarSide = this;
  readonly #options: VoiceDoorOptions;
  readonly #ari: AriClient;
  readonly #legs = new Legs();
  readonly #phones: Phones;
  #health: DoorHealth;
  #closed = false;
  #retry: NodeJS.Timeout | undefined;
  /** Legs that the last inventory did not list. */
  #missing: ReadonlySet<LegId> = new Set();

  constructor(options: VoiceDoorOptions) {
    this.#options = options;
    const { host, app } = options;
    this.#health = { up: false, detail: 'not connected yet', sinceMs: host.now() };
    const ear = { host, legs: this.#legs, drop: (legId: string) => this.#hangUp(legId) };
    this.#ari = createAriClient({
      url: options.ariUrl,
      app,
      onEvent: (event) => listen({ ...ear, phones: this.#phones }, event),
      onState: (state) => this.#connectionChanged(state),
    });
    this.#phones = new Phones(this.#ari, app, this.#legs);
  }

  open(): Promise<void> {
    return this.#ari.connect();
  }

  perform(command: Command): void {
    const { app, host, log } = this.#options;
    act(
      {
        ari: this.#ari,
        app,
        host,
        legs: this.#legs,
        onTrouble: (name, { code, operation, status }) =>
          log.warn({ command: name, code, operation, status }, 'A request to Asterisk failed.'),
      },
      command,
    );
  }

  equip(site: Site): Promise<void> {
    return this.#phones.equip(site, this.#options.phonePassword);
  }

  async inventory(): Promise<Inventory> {
    const { app, host } = this.#options;
    const known = [...this.#legs.ids()];
    const found = await takeInventory(this.#ari, app, this.#phones, host.now());
    this.#forgetLost(known, found);
    // Legs of a life before this one become known again, so that their events are understood.
    for (const { contactId, legId, up } of found.contacts) {
      this.#legs.add({ role: 'caller', legId, contactId, up, endedByUs: false });
    }
    for (const { offerId, agentId, up } of found.offers) {
      this.#legs.add({ role: 'agent', legId: offerId, agentId, rang: true, up });
    }
    return found;
  }

  /**
   * A leg whose end nobody told would keep its agent's phone from ever being seen as busy. It must be missing twice,
   * because one that was just asked for is not listed yet.
   */
  #forgetLost(known: readonly LegId[], found: Inventory): void {
    const listed = new Set([
      ...found.contacts.map(({ legId }) => legId),
      ...found.offers.map(({ offerId }) => offerId),
    ]);
    const missing = new Set(known.filter((legId) => !listed.has(legId)));
    for (const legId of missing) if (this.#missing.has(legId)) this.#legs.remove(legId);
    this.#missing = missing;
  }

  remove(orphans: readonly Orphan[]): void {
    for (const orphan of orphans) {
      if ('leg' in orphan) {
        this.#legs.remove(orphan.leg);
        this.#hangUp(orphan.leg);
      } else {
        this.#ari.request('bridges.destroy', { bridgeId: talkBridge(orphan.talk) }).catch(() => undefined);
      }
    }
  }

  health(): DoorHealth {
    return this.#health;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
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
    const { system } = await this.#ari.request('asterisk.getInfo', {});
    const version = parseAsteriskVersion(`Asterisk ${system?.version}`) ?? '0';
    // An older one lacks operations that calls need; better no call than one that goes wrong half-way.
    if (compareVersions(version, ASTERISK_NEEDED) < 0) {
      throw new Error(`this is Asterisk ${version}, but ${ASTERISK_NEEDED} or newer is needed`);
    }
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
