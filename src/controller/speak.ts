import type { Media } from '../model/command.ts';
import type { Result } from '../model/failure.ts';
import type { PromptPart } from '../model/prompt.ts';

/** The mouth, as the hall sees it: text in, the path of a sound file without its ending out. */
export type Mouth = { render(text: string, language: string): Promise<Result<string>> };

/**
 * Makes a prompt playable. A part that cannot be spoken is left out and told: a caller who misses a sentence is better
 * off than one whose call ends.
 */
export async function speak(
  parts: readonly PromptPart[],
  mouth: Mouth,
  recordingPath: (file: string) => string,
  onTrouble: (code: string) => void,
): Promise<Media[]> {
  const media = await Promise.all(
    parts.map(async (part): Promise<Media | undefined> => {
      if ('file' in part) return { sound: recordingPath(part.file) };
      if ('digits' in part) return { digits: part.digits };
      if ('silenceMs' in part) return { silenceMs: part.silenceMs };
      const rendered = await mouth.render(part.say, part.language);
      if (rendered.ok) return { sound: rendered.value };
      onTrouble(rendered.failure.code);
      return undefined;
    }),
  );
  return media.filter((one) => one !== undefined);
}
