import type { MusicClass } from '../../model/call/trunk.ts';
import { byKind } from '../shape/by-kind.ts';
import { listOrOne } from '../shape/list.ts';
import { defaulted, type ObjectOf, object, optional } from '../shape/object.ts';
import { reference } from '../shape/reference.ts';
import { text } from '../shape/scalars.ts';
import { checked, mapped, type Shape } from '../shape/shape.ts';
import { YES_NO } from '../shape/yes-no.ts';

const FILES_MAX = 500;

const FILES = listOrOne(reference('recording'), FILES_MAX);

/** No blanks: Asterisk parts the command that plays a stream at them. No quotes, commas or semicolons: they mean something to it. */
const STREAM = text({
  pattern: /^https?:\/\/[A-Za-z0-9.:[\]-]{1,200}(?:\/[A-Za-z0-9._~:/?@!$&*+%=-]{0,500})?$/,
  asked:
    'a stream is an address such as https://radio.example.net/live.mp3, without blanks, quotes, commas and semicolons',
});

const FIELDS = {
  files: defaulted(FILES, [], 'Recordings in the flows folder, without .wav, played one after the other.', []),
  shuffled: defaulted(YES_NO, false, 'True: in an order that is another one for each caller.'),
  stream: optional(STREAM, 'A stream of the network in MP3, instead of files.'),
};
const MAP = checked(object(FIELDS), ({ files, stream, shuffled }, tell) => {
  if (stream === undefined && files.length === 0) {
    tell('key.missing', [], 'A class of music needs "files" or "stream".');
  }
  if (stream !== undefined && (files.length > 0 || shuffled)) {
    tell('key.conflict', ['stream'], 'A class of music is made of files or is a stream. Keep one of them.');
  }
});
type WrittenMusic = ObjectOf<typeof FIELDS>;

const plain = mapped(FILES, (files): WrittenMusic => ({ files, shuffled: false, stream: undefined }));

/** A file, files, or a map. */
export const MUSIC: Shape<WrittenMusic> = byKind({ scalar: plain, list: plain, map: MAP });

export function musicOf(id: string, { files, shuffled, stream }: WrittenMusic): MusicClass {
  return { id, files, shuffled, stream: stream ?? null };
}
