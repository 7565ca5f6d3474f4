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
  /** Takes it back and waits until Asterisk has let go of it. Harmless without a registration. */
  unregister(id: string): Promise<void>;
};

export function phoneRegistrations(
  ari: Ari,
  console: Console,
  exchange: { readonly host: string; readonly port: number },
): Registrations {
  const until = async (id: string, awaited: string, is: (status: string | undefined) => boolean): Promise<void> => {
    const error = new Error();
    const deadline = Date.now() + STATUS_MS_MAX;
    for (;;) {
      const status = statusOf(await console(`pjsip show registration ${id}`));
      if (is(status)) return;
      if (status === 'Rejected' || Date.now() > deadline) {
        error.message = `phone ${id}: awaited ${awaited}. Seen: ${status ?? 'no registration'}.`;
        throw error;
      }
      await pause(POLL_MS);
    }
  };
  const object = (id: string) => ({ configClass: 'res_pjsip', objectType: 'registration', id });
  const unregister = async (id: string): Promise<void> => {
    await ari.request('asterisk', 'deleteObject', object(id)).catch((error: unknown) => {
      if (!/not found/i.test(String(error))) throw error;
    });
    await until(id, 'the end of its registration', (status) => status === undefined);
  };
  return {
    unregister,
    register: async (id) => {
      await unregister(id);
      const fields = Object.entries(registration(id, exchange)).map(([attribute, value]) => ({ attribute, value }));
      await ari.request('asterisk', 'updateObject', { ...object(id), fields });
      await until(id, 'its registration', (status) => status === 'Registered');
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

/** The status in what `pjsip show registration` prints; `undefined`: there is no such registration. */
function statusOf(printed: string): string | undefined {
  return /^\s*\S+\/sip:\S+\s+\S+\s+(\S+)/m.exec(printed)?.[1];
}
