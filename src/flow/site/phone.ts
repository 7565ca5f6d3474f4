import { type Phone, PLAIN_PHONE } from '../../model/site.ts';
import { defaulted, emptyOf, type ObjectOf, object, optional } from '../shape/object.ts';
import { choice } from '../shape/scalars.ts';
import { checked, type Shape } from '../shape/shape.ts';
import { YES_NO } from '../shape/yes-no.ts';
import { BROWSER_CODECS, CODEC_LIST, SRTP } from './media.ts';

const FIELDS = {
  kind: defaulted(
    choice(['sip', 'webrtc'] as const),
    'sip',
    'sip: a telephone or a program; webrtc: a browser, which registers over WSS.',
  ),
  srtp: optional(SRTP, 'Whether the sound is encrypted; no when left out. A browser always encrypts it.'),
  codecs: optional(
    CODEC_LIST,
    'In the order of preference; ulaw, alaw, g722, opus when left out, for webrtc opus first.',
  ),
  video: defaulted(YES_NO, false, 'True: pictures are handed through (H.264, VP8).'),
  persistent: defaulted(YES_NO, false, 'True: the line stays connected between calls, which come after a tone.'),
};
type WrittenPhone = ObjectOf<typeof FIELDS>;
export const NO_PHONE: WrittenPhone = emptyOf(FIELDS);

export const PHONE: Shape<WrittenPhone> = checked(object(FIELDS), ({ kind, srtp, codecs }, tell) => {
  if (kind !== 'webrtc') return;
  if (srtp !== undefined && srtp !== 'required') {
    tell('key.conflict', ['srtp'], 'A browser always encrypts: leave "srtp" out beside "kind: webrtc".');
  }
  if (codecs && !codecs.some((codec) => BROWSER_CODECS.includes(codec))) {
    tell('value.choice', ['codecs'], `A browser speaks none of these. Add one of ${BROWSER_CODECS.join(', ')}.`);
  }
});

export function phoneOf({ kind, srtp, codecs, video, persistent }: WrittenPhone): Phone {
  const browser = kind === 'webrtc';
  return {
    kind,
    srtp: srtp ?? (browser ? 'required' : 'no'),
    codecs: codecs ?? (browser ? BROWSER_CODECS : PLAIN_PHONE.codecs),
    video,
    persistent,
  };
}
