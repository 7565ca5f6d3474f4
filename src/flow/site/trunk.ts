import { allowRuleOf } from '../../model/allow-rule.ts';
import type { Trunk } from '../../model/call/trunk.ts';
import { listOrOne } from '../shape/list.ts';
import type { KeyRule } from '../shape/map-of.ts';
import { defaulted, type ObjectOf, object, optional, required } from '../shape/object.ts';
import { choice, text, wholeNumber } from '../shape/scalars.ts';
import { checked, type Shape } from '../shape/shape.ts';
import { YES_NO } from '../shape/yes-no.ts';
import { CODEC_LIST, SRTP } from './media.ts';

export const TRUNKS_MAX = 200;
const ADDRESSES_MAX = 100;
const SIP_PORT = 5060;
const SIPS_PORT = 5061;
const CODECS_OF_NETWORKS = ['ulaw', 'alaw'];

/** No dash: the name of the trunk's secret is made of its id, and shells know no variables with dashes. */
export const TRUNK_IDS: KeyRule = {
  pattern: /^[a-z][a-z0-9_]{0,39}$/,
  asked: "a trunk's id has small letters, digits and _, a letter first, at most 40",
  entry: (key) => `Trunk ${key}`,
  max: TRUNKS_MAX,
};

const HOST = text({
  pattern: /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9a-fA-F:.]{2,45}\])$/,
  asked: 'a host is a name such as sip.example.net, or an address; one of IPv6 stands in brackets',
});
const ADDRESS = checked(
  text({
    pattern: /^[0-9a-fA-F:.]{2,45}(?:\/[0-9]{1,3})?$/,
    asked: 'write an address such as 203.0.113.7, or a network such as 203.0.113.0/24',
  }),
  (written, tell) => {
    const plainIpv6 = written.includes(':') && !written.includes('/');
    const rule = allowRuleOf(plainIpv6 ? `[${written}]` : written);
    if (rule?.allows === 'network' && rule.port === null) return;
    tell('value.range', [], `"${written}" is no address and no network.`);
  },
);
const USERNAME = text({
  pattern: /^[A-Za-z0-9._+~-]{1,64}$/,
  asked: 'a user name has letters, digits, and any of . _ + ~ -, at most 64',
});

const FIELDS = {
  host: required(HOST, 'The exchange of the network: its name or address.', 'localhost'),
  port: optional(wholeNumber({ min: 1, max: 65_535 }), 'Its port; 5060 when left out, with tls 5061.'),
  transport: defaulted(choice(['udp', 'tcp', 'tls'] as const), 'udp', 'How SIP goes there.'),
  username: optional(
    USERNAME,
    'Who we are there. The password is the secret trunk_ID. Left out: our address is enough.',
  ),
  register: optional(YES_NO, 'Whether we register there; true when there is a username.'),
  from: defaulted(
    listOrOne(ADDRESS, ADDRESSES_MAX),
    [],
    'Addresses and networks from which its calls come; those of the host when left out.',
  ),
  srtp: defaulted(SRTP, 'no', 'Whether the sound is encrypted: offered is encrypted where the other side can.'),
  codecs: defaulted(CODEC_LIST, CODECS_OF_NETWORKS as readonly ('ulaw' | 'alaw')[], 'In the order of preference.'),
  video: defaulted(YES_NO, false, 'True: pictures are handed through (H.264, VP8).'),
  calls_max: defaulted(wholeNumber({ min: 1, max: 10_000 }), 30, 'Most calls at once, in and out.'),
};
export type WrittenTrunk = ObjectOf<typeof FIELDS>;

export const TRUNK: Shape<WrittenTrunk> = checked(object(FIELDS), ({ username, register, srtp, transport }, tell) => {
  if (register === true && username === undefined) {
    tell('key.missing', ['register'], 'To register it needs "username".');
  }
  if (srtp === 'required' && transport !== 'tls') {
    const message = 'The keys of the sound would go over the network unencrypted. Set "transport: tls" as well.';
    tell('key.conflict', ['srtp'], message);
  }
});

export function trunkOf(id: string, found: WrittenTrunk): Trunk {
  const { host, transport, username, srtp, codecs, video } = found;
  return {
    id,
    host,
    port: found.port ?? (transport === 'tls' ? SIPS_PORT : SIP_PORT),
    transport,
    username: username ?? null,
    register: found.register ?? username !== undefined,
    from: found.from,
    srtp,
    codecs,
    video,
    callsMax: found.calls_max,
  };
}
