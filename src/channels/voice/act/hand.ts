import type { Command } from '../../../model/command.ts';
import type { LegId } from '../../../model/ids.ts';
import type { DoorHost } from '../../channel.ts';
import type { AriClient } from '../ari/client.ts';
import { AriError, type AriErrorCode } from '../ari/error.ts';
import type { Legs } from '../legs.ts';
import type { Lines } from '../lines.ts';
import type { Prompts } from '../prompts.ts';
import type { Recordings } from '../recordings.ts';
import type { LiveSound } from '../sound/live-sound.ts';
import type { Watches } from '../watches.ts';

/** What is needed to carry out commands. */
export type Hand = {
  readonly ari: AriClient;
  readonly app: string;
  readonly host: DoorHost;
  readonly legs: Legs;
  readonly lines: Lines;
  /** What is said and spoken as it comes. */
  readonly live: LiveSound;
  readonly prompts: Prompts;
  readonly recordings: Recordings;
  readonly watches: Watches;
  /** Told of each request that failed in a way that nobody expected; for the log. */
  readonly onTrouble: (command: Command['do'], error: AriError) => void;
};

/** The thing that the command is about is gone already: nothing is left to do. */
const GONE: readonly AriErrorCode[] = ['ari.not_found', 'ari.conflict', 'ari.precondition', 'ari.unprocessable'];

/** Lets the request run; a failure because the thing is gone is no news, its end is told by an event. */
export function send(
  hand: Hand,
  command: Command,
  request: Promise<unknown>,
  onFailure?: (error: AriError) => void,
): void {
  request.catch((error: unknown) => {
    if (!(error instanceof AriError)) throw error;
    onFailure?.(error);
    if (GONE.includes(error.code)) return;
    whenStillThere(hand, [legOf(command)], () => hand.onTrouble(command.do, error));
  });
}

/** Lets a request run whose failure means that there is nothing to do. */
export function tidy(request: Promise<unknown>): void {
  request.catch((error: unknown) => {
    if (!(error instanceof AriError)) throw error;
  });
}

/**
 * A leg that ends while a request about it is under way makes Asterisk answer with almost any status. The answer to
 * this question comes after the leg's own end, so what is called back for is real trouble.
 */
export function whenStillThere(hand: Hand, legIds: readonly LegId[], onTrouble: () => void): void {
  const channels = legIds.map((legId) => hand.ari.request('channels.get', { channelId: hand.legs.channel(legId) }));
  Promise.all(channels).then(onTrouble, () => undefined);
}

/** The leg that a command is about: one that it names, or the customer's. */
function legOf(command: Command): LegId {
  if ('legId' in command) return command.legId;
  if ('contactId' in command) return command.contactId;
  return 'offerId' in command ? command.offerId : command.agentId;
}
