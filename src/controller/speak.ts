import type { Media } from '../model/command.ts';
import { ok, type Result } from '../model/failure.ts';
import type { RecordingId } from '../model/ids.ts';
import type { PromptPart } from '../model/prompt.ts';

/** The mouth, as the hall sees it (speech/mouth.ts). Files are told by their paths without their endings. */
export type Mouth = {
  /** Text in, a sound file out. */
  render(text: string, language: string, voice?: string): Promise<Result<string>>;
  /** The same for somebody who waits: a stream where there is no file yet. */
  say(text: string, language: string, voice?: string): Promise<Result<Said>>;
  /** Parts as one stream, without the first `offsetMs`. One that is not there yet is asked for while the one before it is heard; undefined: there is none. */
  join(
    parts: readonly (SoundPart | (() => Promise<SoundPart | undefined>))[],
    offsetMs: number,
  ): AsyncIterable<Int16Array>;
};

export type Said = { readonly file: string } | { readonly stream: AsyncIterable<Int16Array> };
export type SoundPart = Said | { readonly silenceMs: number };

/** What somebody said, as the door can play it. */
export type RecordedMedia = (recordingId: RecordingId) => Promise<Result<Media>>;

export type Speaking = {
  readonly parts: readonly PromptPart[];
  readonly mouth: Mouth;
  readonly recordingPath: (file: string) => string;
  readonly recorded: RecordedMedia;
  /** Whether a stream can be heard where it is to be played. */
  readonly streams: boolean;
  /** So much of the beginning is left out, where a stream can be heard. */
  readonly offsetMs: number;
  /** Told of a part that is left out. */
  readonly onTrouble: (code: string) => void;
};

/**
 * Makes a prompt playable: files as long as everything is there already, and otherwise the whole of it as one stream, which
 * begins while the rest is made. A part that cannot be spoken is left out and told: a caller who misses a sentence is better
 * off than one whose call ends.
 */
export async function speak(speaking: Speaking): Promise<Media[]> {
  const recorded = await recordings(speaking);
  // Only Asterisk has it, and only as a whole.
  const streams = speaking.streams && !recorded.some((media) => media !== undefined && 'recording' in media);
  if (!streams)
    return present(await Promise.all(speaking.parts.map((part, at) => inFiles(speaking, part, recorded[at]))));
  const media: Media[] = [];
  for (const [at, part] of speaking.parts.entries()) {
    const one = await live(speaking, part, recorded[at]);
    if (one && 'stream' in one) return [{ stream: asStream(speaking, recorded, { at, sound: one }) }];
    if (one) media.push(one);
  }
  return speaking.offsetMs > 0 && media.length > 0 ? [{ stream: asStream(speaking, recorded) }] : media;
}

/** Digits, stars and hashes as a text that is read one by one in its language. */
export function spokenDigits({ digits, language }: { digits: string; language: string }): SayPart {
  return { say: `<speak><say-as interpret-as="digits">${digits}</say-as></speak>`, language };
}

type SayPart = Extract<PromptPart, { say: string }>;
type Recorded = readonly (Media | undefined)[];

/** What was recorded, by the place of its part; undefined for the other parts and for what is not to be had. */
function recordings({ parts, recorded, onTrouble }: Speaking): Promise<Recorded> {
  return Promise.all(
    parts.map(async (part) => {
      if (!('recordingId' in part)) return undefined;
      const made = await recorded(part.recordingId);
      if (made.ok) return made.value;
      onTrouble(made.failure.code);
      return undefined;
    }),
  );
}

async function inFiles(speaking: Speaking, part: PromptPart, recorded: Media | undefined): Promise<Media | undefined> {
  const { mouth, recordingPath } = speaking;
  const render = async ({ say, language, voice }: SayPart): Promise<Result<Media>> => {
    const made = await mouth.render(say, language, voice);
    return made.ok ? ok({ sound: made.value }) : made;
  };
  if ('file' in part) return { sound: recordingPath(part.file) };
  if ('digits' in part) return digitsOr(part, render);
  if ('silenceMs' in part) return { silenceMs: part.silenceMs };
  return 'say' in part ? orTold(await render(part), speaking) : recorded;
}

async function live(speaking: Speaking, part: PromptPart, recorded: Media | undefined): Promise<Media | undefined> {
  if ('say' in part) return orTold(await said(speaking, part), speaking);
  if ('digits' in part) return digitsOr(part, (text) => said(speaking, text));
  return inFiles(speaking, part, recorded);
}

async function said({ mouth }: Speaking, { say, language, voice }: SayPart): Promise<Result<Media>> {
  const made = await mouth.say(say, language, voice);
  if (!made.ok) return made;
  return ok('file' in made.value ? { sound: made.value.file } : made.value);
}

/** Asterisk reads digits out with recordings of its own, which are English. */
async function digitsOr(
  part: { digits: string; language: string },
  speakText: (part: SayPart) => Promise<Result<Media>>,
): Promise<Media> {
  const made = /^en(-|$)/i.test(part.language) ? undefined : await speakText(spokenDigits(part));
  return made?.ok ? made.value : { digits: part.digits };
}

/** All parts in their order; the one that is a stream already is not made again. */
function asStream(
  speaking: Speaking,
  recorded: Recorded,
  begun?: { readonly at: number; readonly sound: Extract<Media, { stream: unknown }> },
): AsyncIterable<Int16Array> {
  const { parts, mouth, recordingPath, offsetMs } = speaking;
  const sounds = parts.map((part, at): SoundPart | (() => Promise<SoundPart | undefined>) => {
    if (begun?.at === at) return begun.sound;
    if ('silenceMs' in part) return { silenceMs: part.silenceMs };
    if ('file' in part) return { file: recordingPath(part.file) };
    if ('say' in part || 'digits' in part) {
      const { say, language, voice } = 'say' in part ? part : spokenDigits(part);
      return async () => orTold(await mouth.say(say, language, voice), speaking);
    }
    const media = recorded[at];
    return media && 'sound' in media ? { file: media.sound } : { silenceMs: 0 };
  });
  return mouth.join(sounds, offsetMs);
}

function orTold<T>(made: Result<T>, { onTrouble }: Speaking): T | undefined {
  if (made.ok) return made.value;
  onTrouble(made.failure.code);
  return undefined;
}

function present(media: readonly (Media | undefined)[]): Media[] {
  return media.filter((one) => one !== undefined);
}
