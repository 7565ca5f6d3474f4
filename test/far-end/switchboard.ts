import type { AriChannel, AriEvent } from 'ari-client';
import { ARI_APP, type Ari } from './ari.ts';
import { channelName } from './channel-name.ts';
import type { Ears } from './ears.ts';
import { type Called, Line, Ring } from './line.ts';
import { Phone } from './phone.ts';
import type { Registrations } from './registrations.ts';
import type { Sounds } from './sounds.ts';

/** The test decides how long it rings; this only ends what a test forgot. */
const RING_S_MAX = 120;

type SipHeaders = Readonly<Record<string, string>>;
/** Who calls, and what the INVITE says besides. */
export type CallOptions = { readonly from: string; readonly headers?: SipHeaders };

/** Hands each event to the line, phone or ear that it is about, found by the channel's id. */
export class Switchboard {
  readonly #ari: Ari;
  readonly #ears: Ears;
  readonly #sounds: Sounds;
  readonly #exchange: { readonly host: string; readonly port: number };
  readonly #phones: ReadonlyMap<string, Phone>;
  /** Everybody in the telephone network whom the exchange calls. */
  readonly outside: Phone;
  /** The lines that have not ended. */
  readonly #lines = new Map<string, Line>();
  #count = 0;

  constructor(
    ari: Ari,
    ears: Ears,
    sounds: Sounds,
    registrations: Registrations,
    plan: {
      readonly exchange: { readonly host: string; readonly port: number };
      readonly phones: readonly { readonly id: string }[];
    },
  ) {
    this.#ari = ari;
    this.#ears = ears;
    this.#sounds = sounds;
    this.#exchange = plan.exchange;
    const wires = { ...registrations, dial: (id: string, number: string) => this.#dialFrom(id, number) };
    this.outside = new Phone('outside', wires);
    this.#phones = new Map(plan.phones.map(({ id }) => [id, new Phone(id, wires)]));
  }

  phone(id: string): Phone {
    const phone = this.#phones.get(id);
    if (!phone) throw new Error(`The far end has no phone ${id}.`);
    return phone;
  }

  /** A call from the telephone network. */
  call(number: string, { from, headers = {} }: CallOptions): Promise<Line> {
    return this.#originate(`PJSIP/${number}@network`, `call from ${from} to ${number}`, from, headers);
  }

  take(event: AriEvent): void {
    const { channel, playback } = event;
    if (playback) return this.#lines.get(playback.target_uri.replace('channel:', ''))?.take(event);
    if (this.#ears.take(event) || !channel) return;
    if (event.type === 'StasisStart') this.#takeStart(channel, event.args ?? []);
    this.#lines.get(channel.id)?.take(event);
    if (event.type === 'ChannelDestroyed') this.#lines.delete(channel.id);
  }

  /** Those who still wait for something are told that nothing comes any more. */
  close(): void {
    for (const line of this.#lines.values()) line.close();
    for (const phone of [this.outside, ...this.#phones.values()]) phone.close();
    this.#lines.clear();
  }

  #dialFrom(id: string, number: string): Promise<Line> {
    const { host, port } = this.#exchange;
    return this.#originate(`PJSIP/${id}/sip:${number}@${host}:${port}`, `call from phone ${id} to ${number}`, id);
  }

  async #originate(endpoint: string, name: string, callerId: string, headers: SipHeaders = {}): Promise<Line> {
    this.#count += 1;
    // The id is ours and the line is known before the order, so no event can come too early.
    const line = new Line(channelName('line', this.#count), name, this.#ari, this.#ears, this.#sounds);
    this.#lines.set(line.id, line);
    const added = Object.entries(headers).map(([header, value]) => [`PJSIP_HEADER(add,${header})`, value]);
    const order = {
      endpoint,
      app: ARI_APP,
      appArgs: 'call',
      channelId: line.id,
      callerId,
      timeout: RING_S_MAX,
      variables: { variables: Object.fromEntries(added) },
    };
    try {
      await this.#ari.request('channels', 'originate', order);
    } catch (error) {
      this.#lines.delete(line.id);
      throw error;
    }
    return line;
  }

  #takeStart(channel: AriChannel, [kind, whom = '', ticket = '']: readonly string[]): void {
    if (kind === 'outside') this.#takeRing(channel, this.outside, { number: whom, ticket });
    const phone = kind === 'ring' ? this.#phones.get(whom) : undefined;
    if (phone) this.#takeRing(channel, phone, { number: '', ticket: '' });
  }

  #takeRing(channel: AriChannel, phone: Phone, called: Called): void {
    const from = { number: channel.caller.number, name: channel.caller.name };
    const ring = new Ring(
      channel.id,
      `ring at phone ${phone.id}`,
      { from, called },
      this.#ari,
      this.#ears,
      this.#sounds,
    );
    this.#lines.set(ring.id, ring);
    phone.take(ring);
  }
}
