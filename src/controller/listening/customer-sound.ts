import type { CallSound, Tap } from '../../channels/channel.ts';
import type { ContactId } from '../../model/ids.ts';

/** What a customer says, kept open over turns while somebody may want it. */
export type CustomerSound = {
  readonly open: boolean;
  /** Opens it if it is not, and keeps it. */
  want(): void;
  /** Closes it; frames that are on their way are dropped. */
  letGo(): void;
};

export type CustomerSoundOptions = {
  readonly sound: Pick<CallSound, 'tap'>;
  readonly contactId: ContactId;
  /** The next 20 ms. */
  frame(frame: Int16Array): void;
  /** It cannot be had, or not any more, while it is wanted. */
  lost(code: string): void;
};

/** The socket may break while the call goes on: so often it is opened for one wish. */
const OPENINGS_MAX = 2;

/** Nothing is opened before it is wanted. Never throws. */
export function customerSound({ sound, contactId, frame, lost }: CustomerSoundOptions): CustomerSound {
  let tap: Tap | null = null;
  let opening = false;
  let wanted = false;
  let openings = 0;

  async function open(): Promise<void> {
    if (opening || tap !== null) return;
    if (openings >= OPENINGS_MAX) return giveUp('listening.no_sound');
    openings += 1;
    opening = true;
    try {
      const opened = await sound.tap(contactId, contactId);
      opening = false;
      if (!wanted) return opened.close();
      tap = opened;
      opened.onFrame((one) => tap === opened && frame(one));
      void opened.over.then(() => over(opened));
    } catch (error) {
      opening = false;
      if (wanted) giveUp((error as { code?: string }).code ?? 'listening.no_sound');
    }
  }

  function over(ended: Tap): void {
    if (tap !== ended) return;
    tap = null;
    if (wanted) void open();
  }

  function giveUp(code: string): void {
    wanted = false;
    lost(code);
  }

  return {
    get open() {
      return tap !== null;
    },
    want() {
      wanted = true;
      openings = 0;
      void open();
    },
    letGo() {
      wanted = false;
      const open = tap;
      tap = null;
      open?.close();
    },
  };
}
