import { OFFLINE_SPEECH, type SpeechSite } from '../../model/speech/engines.ts';
import type { Follower } from '../hall.ts';
import type { State } from '../state.ts';

/** The ears or the mouth: whoever works with the engines of the site. */
export type SpeechUser = { use(site: SpeechSite): unknown };

type FollowedHall = { readonly state: State; follow(follower: Follower): () => void };

/** Gives the engines that the site names to the ears and the mouth, now and whenever another site comes into service. */
export function keepSpeechSite(hall: FollowedHall, users: readonly SpeechUser[]): void {
  const use = (): void => {
    const speech = hall.state.acd.site.speech ?? OFFLINE_SPEECH;
    for (const user of users) user.use(speech);
  };
  use();
  hall.follow({
    batch: (batch) => {
      if (batch.some(({ kind }) => kind === 'flows.loaded')) use();
    },
    signal: () => undefined,
  });
}
