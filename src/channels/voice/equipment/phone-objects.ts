import type { Agent } from '../../../model/site.ts';
import { allowed, encryption } from './codecs.ts';
import type { SipObject } from './sip-objects.ts';

/** Seconds within which a phone that is asked for a sign of life (SIP OPTIONS) must answer. */
const QUALIFY_S = '3.0';

/**
 * One agent's phone as Asterisk's objects: who it is, its password, and where it may register. Order matters: the endpoint
 * names the other two.
 */
export function phoneObjects(agent: Agent, password: string): readonly SipObject[] {
  const { id } = agent;
  return [
    { type: 'auth', id, fields: { auth_type: 'digest', username: id, password } },
    { type: 'aor', id, fields: AOR },
    { type: 'endpoint', id, fields: { ...endpointFields(agent), auth: id, aors: id } },
  ];
}

/**
 * Qualifying (SIP OPTIONS) shows a phone that lost its power without a word, and brings back after a restart of Asterisk the
 * registrations that it kept. Bounded expirations keep a flood of registrations from costing more than it must.
 */
const AOR = {
  max_contacts: '1',
  remove_existing: 'yes',
  qualify_frequency: '15',
  qualify_timeout: QUALIFY_S,
  minimum_expiration: '30',
  default_expiration: '300',
  maximum_expiration: '600',
};

function endpointFields({ phone, name, extension }: Agent): Record<string, string> {
  return {
    context: 'from-phone',
    identify_by: 'auth_username,username',
    // Asterisk adds to a list that is pushed again, so it is emptied first.
    disallow: 'all',
    allow: allowed(phone),
    dtmf_mode: 'rfc4733',
    direct_media: 'no',
    rtp_symmetric: 'yes',
    force_rport: 'yes',
    rewrite_contact: 'yes',
    message_context: 'texts',
    callerid: `${quoted(name)} <${extension}>`,
    // `webrtc` is short for what a browser insists on: DTLS-SRTP, ICE, RTCP on the port of RTP (RFC 8834). Asterisk
    // makes a certificate for each such endpoint by itself, and the browser is told its fingerprint in the SDP.
    ...(phone.kind === 'webrtc' ? { webrtc: 'yes' } : encryption(phone)),
  };
}

/** Names may hold anything that people write; a caller id may not hold quotes or control characters. */
function quoted(name: string): string {
  return `"${name.replace(/["\\<>\p{Cc}]/gu, '')}"`;
}
