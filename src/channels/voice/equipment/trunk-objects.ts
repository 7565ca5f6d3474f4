import { createHash } from 'node:crypto';
import type { Trunk } from '../../../model/call/trunk.ts';
import type { TrunkId } from '../../../model/ids.ts';
import { allowed, encryption } from './codecs.ts';
import type { SipObject } from './sip-objects.ts';

const NAME = 'trunk-';
const EXPIRES_S = 600;
const RETRY_S = 30;
/** After a refusal, and after an answer that no repetition heals: seldom, for a network may lock an account that guesses. */
const RETRY_REFUSED_S = 300;
const RETRIES_MAX = 1_000_000;

/** The trunk's endpoint in Asterisk: calls to `PJSIP/<number>@trunk-<id>` go out by it, and its channels bear the name. */
export function trunkName(id: TrunkId): string {
  return `${NAME}${id}`;
}

/** `PJSIP/trunk-carrier-0000001f` is a leg by the trunk carrier. */
export function trunkOfChannel(channelName: string): TrunkId | undefined {
  return /^PJSIP\/trunk-(.+)-[0-9a-f]{8}$/.exec(channelName)?.[1];
}

/** A trunk as Asterisk's objects, in the order in which they name each other. */
export function trunkObjects(trunk: Trunk, password: string | undefined): readonly SipObject[] {
  const id = trunkName(trunk.id);
  const uri = serverUri(trunk);
  const known = trunk.username !== null && password !== undefined;
  const auth = { auth_type: 'digest', username: trunk.username ?? '', password: password ?? '' };
  return [
    ...(known ? [{ type: 'auth', id, fields: auth } as const] : []),
    { type: 'aor', id, fields: { contact: uri, qualify_frequency: '15', qualify_timeout: '3.0' } },
    { type: 'endpoint', id, fields: { ...endpointFields(trunk), aors: id, ...(known ? { outbound_auth: id } : {}) } },
    { type: 'identify', id, fields: { endpoint: id, match: matches(trunk) } },
  ];
}

function endpointFields(trunk: Trunk): Record<string, string> {
  return {
    context: 'from-trunk',
    identify_by: 'ip',
    transport: trunk.transport,
    disallow: 'all',
    allow: allowed(trunk),
    dtmf_mode: 'rfc4733',
    direct_media: 'no',
    rtp_symmetric: 'yes',
    force_rport: 'yes',
    // The network knows who calls, and hears from us who does (RFC 3325); customers behind it cannot say so themselves.
    trust_id_inbound: 'yes',
    send_pai: 'yes',
    from_domain: trunk.host.replace(/^\[|\]$/g, ''),
    allow_subscribe: 'no',
    // Asterisk would dial for whoever says REFER, at our cost.
    allow_transfer: 'no',
    message_context: 'texts',
    // Read by the dialplan, which refuses what is more. (A variable would do as well, but Asterisk takes no endpoint with
    // `set_var` a second time.)
    device_state_busy_at: String(trunk.callsMax),
    ...(trunk.username === null ? {} : { contact_user: trunk.username }),
    ...encryption(trunk),
  };
}

/**
 * Our registration there. Its name holds what it says: Asterisk drops what belongs to a deleted registration a while later
 * and by its name, so a changed one of the same name would never send anything (res_pjsip_outbound_registration).
 */
export function registrationObject(trunk: Trunk, password: string, times: number): SipObject {
  const endpoint = trunkName(trunk.id);
  const fields = {
    server_uri: serverUri(trunk),
    client_uri: clientUri(trunk),
    contact_user: trunk.username ?? '',
    outbound_auth: endpoint,
    transport: trunk.transport,
    // Calls that come by this registration are known by a mark in its contact, whatever address they come from.
    endpoint,
    line: 'yes',
    expiration: String(EXPIRES_S),
    retry_interval: String(RETRY_S),
    forbidden_retry_interval: String(RETRY_REFUSED_S),
    fatal_retry_interval: String(RETRY_REFUSED_S),
    auth_rejection_permanent: 'no',
    max_retries: String(RETRIES_MAX),
    max_random_initial_delay: '1',
  };
  const said = createHash('sha256')
    .update(JSON.stringify([fields, password]))
    .digest('hex')
    .slice(0, 8);
  return { type: 'registration', id: `${endpoint}-${said}-${times}`, fields };
}

/** Where SIP for the trunk goes. */
export function serverUri({ host, port, transport }: Trunk): string {
  return `sip:${host}:${port}${transport === 'udp' ? '' : `;transport=${transport}`}`;
}

/** Who we are there. */
export function clientUri({ username, host, port }: Trunk): string {
  return `sip:${username}@${host}:${port}`;
}

function matches({ from, host }: Trunk): string {
  return from.length > 0 ? from.join(',') : host.replace(/^\[|\]$/g, '');
}
