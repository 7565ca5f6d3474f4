import type { AriClient } from '../ari/client.ts';
import { AriError } from '../ari/error.ts';

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

/**
 * Makes an object known to Asterisk (ARI push configuration, PUT /asterisk/config/dynamic). It lives in Asterisk's memory
 * only. Said again with the same fields it changes nothing. Rejects with AriError `ari.failed` when Asterisk cannot take a field.
 */
export async function pushObject(ari: AriClient, { type, id, fields }: SipObject): Promise<void> {
  await ari.request('asterisk.updateObject', {
    configClass: SIP,
    objectType: type,
    id,
    fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })),
  });
}

/** Makes Asterisk forget an object. Harmless when it knows none. */
export async function dropObject(ari: AriClient, type: ObjectType, id: string): Promise<void> {
  await ari.request('asterisk.deleteObject', { configClass: SIP, objectType: type, id }).catch((error: unknown) => {
    if (!(error instanceof AriError) || error.code !== 'ari.not_found') throw error;
  });
}
