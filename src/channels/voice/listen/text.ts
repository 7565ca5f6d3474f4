import type { StasisStart } from '../ari/generated.ts';
import type { Ear } from './ear.ts';

/** The dialplan tells of a SIP MESSAGE by a channel that is there for nothing else: sender, receiver, text, in BASE64. */
export function textTold(ear: Ear, { args, channel }: StasisStart): void {
  const { host, drop } = ear;
  const [from = '', to = '', text = ''] = args.slice(1).map((arg) => Buffer.from(arg, 'base64').toString('utf8'));
  drop(channel.id);
  host.take({ kind: 'text.received', atMs: host.now(), from: userOf(from), to: userOf(to), text });
}

/** `anna` of `"Anna" <sip:anna@192.0.2.7>` and of `pjsip:anna@192.0.2.7`. */
export function userOf(address: string): string {
  return /(?:sips?|pjsip):([^@>;]*)/.exec(address)?.[1] ?? address;
}
