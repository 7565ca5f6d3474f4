import type { CommandOf } from '../../../model/command.ts';
import type { ContactId } from '../../../model/ids.ts';
import type { DialledLeg } from '../legs.ts';
import { CONTEXT, NEW } from '../names.ts';
import { type Hand, send } from './hand.ts';

/** What the context machine-detection of asterisk-config/extensions.conf reads. */
export function detectionVariables(detection: {
  contactId: ContactId;
  listenMs: number;
  words: number;
  greetingOnly?: true;
}): Record<string, string> {
  return {
    DETECT_GREETING: detection.greetingOnly ? '1' : '0',
    DETECT_CONTACT: detection.contactId,
    DETECT_MS: String(Math.round(detection.listenMs)),
    DETECT_WORDS: String(Math.round(detection.words)),
  };
}

/**
 * Lets Asterisk's own detector (app_amd) listen to who answered a call that is up, or waits for the end of a machine's greeting.
 * The leg leaves our hands for it and comes back with the verdict.
 */
export function detectMachine(hand: Hand, command: CommandOf<'detect_machine'>): void {
  const { ari, host, legs } = hand;
  const { contactId } = command;
  const leg = legs.customer(contactId);
  const unknown = (): void => {
    host.take({ kind: 'machine.detected', atMs: host.now(), contactId, verdict: 'unknown' });
  };
  if (!leg) return unknown();
  const { channelId } = leg;
  send(hand, command, ari.request('channels.setChannelVars', { channelId, variables: detectionVariables(command) }));
  const extension = leg.role === 'asked' ? leg.purpose : leg.role;
  const place = { channelId, context: CONTEXT.detection, extension };
  send(hand, command, ari.request('channels.continueInDialplan', place), unknown);
}

/** A leg that was dialled with the detector, and is answered. */
export function detectAtAnswer(hand: Hand, leg: DialledLeg, onFailure: () => void): void {
  const place = { channelId: leg.channelId, context: CONTEXT.detection, extension: `${NEW}${leg.purpose}` };
  hand.ari.request('channels.continueInDialplan', place).catch(onFailure);
}
