import type { AriClient } from '../ari/client.ts';
import { AriError } from '../ari/error.ts';
import type { Equipped } from './equipped.ts';

/** asterisk-config/sorcery.conf lets each of these be pushed into memory. */
export type ObjectType = 'auth' | 'aor' | 'endpoint' | 'identify' | 'registration';
/** What Asterisk calls its whole SIP configuration, whichever module looks after an object. */
const SIP = 'res_pjsip';

/** One object of Asterisk's SIP configuration, as it would stand in pjsip.conf. */
export type SipObject = {
  readonly type: ObjectType;
  readonly id: string;
  readonly fields: Readonly<Record<string, string>>;
};

/** The objects that were made known to Asterisk (ARI push configuration). They live in Asterisk's memory only. */
export class SipObjects {
  readonly #ari: AriClient;
  readonly #equipped: Equipped;

  constructor(ari: AriClient, equipped: Equipped) {
    this.#ari = ari;
    this.#equipped = equipped;
  }

  /**
   * Makes an object known. One that is known already in the same words is left alone: to say it again would make Asterisk
   * ask the address for a sign of life anew, and take it for alive until then. Rejects with AriError.
   */
  async push({ type, id, fields }: SipObject): Promise<void> {
    const name = `${type} ${id}`;
    const words = JSON.stringify(fields);
    if (this.#equipped.knows(name, words)) return;
    await this.#equipped.change(name);
    await this.#ari.request('asterisk.updateObject', {
      configClass: SIP,
      objectType: type,
      id,
      fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })),
    });
    this.#equipped.said(name, words);
  }

  /** Makes Asterisk forget an object. Harmless when it knows none. */
  async drop(type: ObjectType, id: string): Promise<void> {
    await this.#equipped.change(`${type} ${id}`);
    const object = { configClass: SIP, objectType: type, id };
    await this.#ari.request('asterisk.deleteObject', object).catch((error: unknown) => {
      if (!(error instanceof AriError) || error.code !== 'ari.not_found') throw error;
    });
  }
}
