import type { Phone } from '../../../model/site.ts';

/** What a phone and a trunk have in common as to sound and picture. */
type Media = Pick<Phone, 'srtp' | 'codecs' | 'video'>;

/** Pictures are handed through as they are; Asterisk decodes none. Browsers know both (RFC 7742). */
const VIDEO_CODECS = ['h264', 'vp8'];

/** The codecs of an endpoint, in its order of preference, as `allow` takes them. */
export function allowed({ codecs, video }: Media): string {
  return [...codecs, ...(video ? VIDEO_CODECS : [])].join(',');
}

/** Those of a channel that we hand through, out of what `CHANNEL(videonativeformat)` gives: `(h264|vp8)`, `(nothing)`. */
export function picturesOf(told: string | undefined): readonly string[] {
  const names = told?.match(/\w+/g) ?? [];
  return names.filter((name) => VIDEO_CODECS.includes(name));
}

/** Encryption of the sound with keys in the SDP (RFC 4568). They are only as secret as the SIP that carries them: use TLS. */
export function encryption({ srtp }: Media): Record<string, string> {
  if (srtp === 'no') return { media_encryption: 'no' };
  return { media_encryption: 'sdes', media_encryption_optimistic: srtp === 'offered' ? 'yes' : 'no' };
}
