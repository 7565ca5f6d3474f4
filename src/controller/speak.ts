import type { Media } from '../model/command.ts';
import { ok, type Result } from '../model/failure.ts';
import type { RecordingId } from '../model/ids.ts';
import type { PromptPart } from '../model/prompt.ts';

/** The mouth, as the hall sees it: text in, the path of a sound file without its ending out. */
export type Mouth = { render(text: string, language: string): Promise<Result<string>> };
/** What somebody said, as the door can play it. */
export type RecordedMedia = (recordingId: RecordingId) => Promise<Result<Media>>;

/**
 * Makes a prompt playable. A part that cannot be spoken is left out and told: a caller who misses a sentence is better
 * off than one whose call ends.
 */
export async function speak(
  parts: readonly PromptPart[],
  mouth: Mouth,
  recordingPath: (file: string) => string,
  recorded: RecordedMedia,
  onTrouble: (code: string) => void,
): Promise<Media[]> {
  const media = await Promise.all(
    parts.map(async (part): Promise<Media | undefined> => {
      if ('file' in part) return { sound: recordingPath(part.file) };
      if ('digits' in part) return { digits: part.digits };
      if ('silenceMs' in part) return { silenceMs: part.silenceMs };
      const made = 'say' in part ? await spoken(mouth, part) : await recorded(part.recordingId);
      if (made.ok) return made.value;
      onTrouble(made.failure.code);
      return undefined;
    }),
  );
  return media.filter((one) => one !== undefined);
}

async function spoken(mouth: Mouth, { say, language }: { say: string; language: string }): Promise<Result<Media>> {
  const rendered = await mouth.render(say, language);
  return rendered.ok ? ok({ sound: rendered.value }) : rendered;
}
