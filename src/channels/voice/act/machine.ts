import type { Verdict } from '../../../model/call/leg.ts';
import type { CommandOf } from '../../../model/command.ts';
import type { ContactId } from '../../../model/ids.ts';
import type { DialledLeg } from '../legs.ts';
import { CONTEXT, NEW } from '../names.ts';
import { type Hand, send } from './hand.ts';
import { hearAnswer } from './hear-answer.ts';

/** How long is listened to somebody whom we called. */
export const LISTEN_MS = 5_000;
/** How many words Asterisk's own detector lets a person say. */
const WORDS_MAX = 3;

/** What the context machine-detection of asterisk-config/extensions.conf reads. */
export function detectionVariables(detection: {
  contactId: ContactId;
  listenMs: number;
  words?: number;
  greetingOnly?: true;
}): Record<string, string> {
  return {
    DETECT_GREETING: detection.greetingOnly ? '1' : '0',
    DETECT_CONTACT: detection.contactId,
    DETECT_MS: String(Math.round(detection.listenMs)),
    DETECT_WORDS: String(Math.round(detection.words ?? WORDS_MAX)),
  };
}

/**
 * Listens to who answered a call that is up, or waits until a machine has ended its greeting and beeped. Where the leg cannot be heard by
 * us, Asterisk's own detector (app_amd) listens: the leg leaves our hands for it and comes back with the verdict.
 */
export function detectMachine(hand: Hand, command: CommandOf<'detect_machine'>): void {
  const { host, legs } = hand;
  const { contactId, listenMs, words, greetingOnly = false } = command;
  const leg = legs.customer(contactId);
  const told = (verdict: Verdict): void => {
    host.take({ kind: 'machine.detected', atMs: host.now(), contactId, verdict });
  };
  if (!leg) return told('unknown');
  if (greetingOnly && leg.role === 'asked' && leg.recordsUs) return told('machine');
  const wish = { leg, listenMs, until: greetingOnly ? 'ready' : 'verdict', words } as const;
  hearAnswer(hand, wish, { told, deaf: () => byDialplan() });

  function byDialplan(): void {
    const { channelId } = leg!;
    const { ari } = hand;
    send(hand, command, ari.request('channels.setChannelVars', { channelId, variables: detectionVariables(command) }));
    const extension = leg!.role === 'asked' ? leg!.purpose : leg!.role;
    const place = { channelId, context: CONTEXT.detection, extension };
    // A leg that waits for the end of a greeting there already, since a life before this one, comes back by itself.
    send(hand, command, ari.request('channels.continueInDialplan', place), () => !greetingOnly && told('unknown'));
  }
}

/** Listens to a leg that was dialled with the detector, and is answered. */
export function detectAtAnswer(hand: Hand, leg: DialledLeg, told: (verdict: Verdict) => void): void {
  leg.judged = true;
  const over = (verdict: Verdict): void => {
    leg.judged = false;
    told(verdict);
  };
  hearAnswer(hand, { leg, listenMs: LISTEN_MS, until: 'verdict' }, { told: over, deaf: () => byDialplan() });

  function byDialplan(): void {
    leg.judged = false;
    const place = { channelId: leg.channelId, context: CONTEXT.detection, extension: `${NEW}${leg.purpose}` };
    hand.ari.request('channels.continueInDialplan', place).catch(() => told('unknown'));
  }
}
