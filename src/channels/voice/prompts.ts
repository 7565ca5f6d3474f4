import type { ContactId, PromptId } from '../../model/ids.ts';

type Playing = { readonly contactId: ContactId; readonly channelId: string };

/** What is being played where: an end is told of the contact that asked, and a leg is joined with others only when it is silent. */
export class Prompts {
  readonly #playing = new Map<PromptId, Playing>();

  started(promptId: PromptId, playing: Playing): void {
    this.#playing.set(promptId, playing);
  }

  /** What it was, when it is one of ours and its end was not told yet. */
  ended(promptId: PromptId): Playing | undefined {
    const playing = this.#playing.get(promptId);
    this.#playing.delete(promptId);
    return playing;
  }

  /** What still plays on a channel. */
  on(channelId: string): PromptId[] {
    if (this.#playing.size === 0) return [];
    return [...this.#playing].filter(([, playing]) => playing.channelId === channelId).map(([promptId]) => promptId);
  }

  /** Forgets what played on a channel that is gone: nobody is told of the end of what nobody hears. */
  forget(channelId: string): void {
    for (const promptId of this.on(channelId)) this.#playing.delete(promptId);
  }
}
