import { listOrOne } from '../shape/list.ts';
import { choice } from '../shape/scalars.ts';

/** Codecs that Asterisk can turn into each other, so that a call never fails for want of a common one. */
export const CODECS = ['ulaw', 'alaw', 'g722', 'opus', 'gsm'] as const;
/** Those that every browser speaks (RFC 7874), and g722, which the common ones do. */
export const BROWSER_CODECS: readonly string[] = ['opus', 'ulaw', 'alaw', 'g722'];

export const CODEC_LIST = listOrOne(choice(CODECS), CODECS.length);
export const SRTP = choice(['no', 'offered', 'required'] as const);
