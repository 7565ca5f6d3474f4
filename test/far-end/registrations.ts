import { setTimeout as pause } from 'node:timers/promises';
import type { Ari } from './ari.ts';
import type { Console } from './console.ts';

const POLL_MS = 25;
const STATUS_MS_MAX = 10_000;
const EXPIRES_S = 300;

/** The outgoing registrations of the phones, pushed to Asterisk over ARI and looked up on its console. */
export type Registrations = {
  /**
   * Registers and waits for the exchange's consent; rejects when it refuses. It takes a second, which Asterisk waits
   * before every first attempt, so phones are best registered together.
   */
  register(id: string): Promise<void>;
  /** Takes it back and waits until the exchange has answered. Harmless without a registration. */
  unregister(id: string): Promise<void>;
};

export function phoneRegistrations(
  ari: Ari,
  console: Console,
  exchange: { readonly host: string; readonly port: number },
): Registrations {
  /**
   * Every registration has a name of its own. Asterisk drops what belongs to one that is deleted a while after the
   * deletion, by its name: were there a new one of that name by then, it would never send anything (res_pjsip_outbound_registration,
   * registration_deleted_observer).
   */
  const names = new Map<string, string>();
  let count = 0;
  /** Rejects with the last status when none of those that are awaited comes in time. */
  const until = async (id: string, awaited: readonly (string | undefined)[]): Promise<string | undefined> => {
    const error = new Error();
    const deadline = Date.now() + STATUS_MS_MAX;
    for (;;) {
      const name = names.get(id);
      const status = name === undefined ? undefined : statusOf(await console(`pjsip show registration ${name}`));
      if (awaited.includes(status)) return status;
      if (Date.now() > deadline) {
        error.message = `phone ${id}: awaited ${awaited.map(named).join(' or ')}. Seen: ${named(status)}.`;
        throw error;
      }
      await pause(POLL_MS);
    }
  };
  const object = (name: string) => ({ configClass: 'res_pjsip', objectType: 'registration', id: name });
  const forget = async (id: string): Promise<void> => {
    const name = names.get(id);
    if (name === undefined) return;
    await ari.request('asterisk', 'deleteObject', object(name)).catch((error: unknown) => {
      if (!/not found/i.test(String(error))) throw error;
    });
    await until(id, [undefined]);
    names.delete(id);
  };
  return {
    register: async (id) => {
      await forget(id);
      const fields = Object.entries(registration(id, exchange)).map(([attribute, value]) => ({ attribute, value }));
      const name = `${id}.${++count}`;
      names.set(id, name);
      await ari.request('asterisk', 'updateObject', { ...object(name), fields });
      const status = await until(id, ['Registered', 'Rejected']);
      if (status === 'Rejected') throw new Error(`phone ${id}: the exchange refused the registration.`);
    },
    unregister: async (id) => {
      const name = names.get(id);
      if (name === undefined) return;
      await console(`pjsip send unregister ${name}`);
      // Forgetting alone would take it back, too, but nobody would know when the exchange has heard of it.
      await until(id, ['Unregistered', 'Rejected', undefined]);
      await forget(id);
    },
  };
}

function registration(id: string, exchange: { readonly host: string; readonly port: number }) {
  return {
    server_uri: `sip:${exchange.host}:${exchange.port}`,
    client_uri: `sip:${id}@${exchange.host}:${exchange.port}`,
    contact_user: id,
    outbound_auth: id,
    // Calls that come by this registration are known by a mark in its contact, not by the exchange's address.
    endpoint: id,
    line: 'yes',
    transport: 'udp',
    expiration: String(EXPIRES_S),
    max_random_initial_delay: '0',
    retry_interval: '1',
  };
}

function named(status: string | undefined): string {
  return status ?? 'no registration';
}

/** The status in what `pjsip show registration` prints; `undefined`: there is no such registration. */
function statusOf(printed: string): string | undefined {
  return /^\s*\S+\/sip:\S+\s+\S+\s+(\S+)/m.exec(printed)?.[1];
}
