import type { Command } from '../../model/command.ts';
import * as customer from './act/customer.ts';
import { dial, dropLeg } from './act/dial.ts';
import type { Hand } from './act/hand.ts';
import { closeLine, openLine } from './act/lines.ts';
import { detectMachine } from './act/machine.ts';
import * as offers from './act/offers.ts';
import * as places from './act/places.ts';
import { play, stopInherited, stopPrompt } from './act/prompts.ts';
import * as recording from './act/record.ts';
import { restWatch, watch } from './act/watch.ts';

/**
 * Carries out one command. All its requests are given to the socket before this returns, and Asterisk handles a
 * socket's requests one after another: so commands are carried out in the order given, without waiting for answers.
 */
export function act(hand: Hand, command: Command): void {
  if ('contactId' in command) stopInherited(hand, command.contactId);
  switch (command.do) {
    case 'answer':
      return customer.answer(hand, command);
    case 'indicate_ringing':
      return customer.indicateRinging(hand, command);
    case 'play_to':
      restWatch(hand, command);
      return play(hand, command);
    case 'play':
      return play(hand, command);
    case 'stop_prompt':
      return stopPrompt(hand, command);
    case 'start_music':
    case 'start_leg_music':
      return customer.startMusic(hand, command);
    case 'stop_music':
    case 'stop_leg_music':
      return customer.stopMusic(hand, command);
    case 'ring':
      return offers.ring(hand, command);
    case 'withdraw':
      return offers.withdraw(hand, command);
    case 'connect':
      return offers.connect(hand, command);
    case 'release':
      return offers.release(hand, command);
    case 'hangup':
      return customer.hangup(hand, command);
    case 'refuse':
      return customer.refuse(hand, command);
    default:
      return actOnLegs(hand, command);
  }
}

/** The commands about calls of more than two (model/call/call-command.ts). */
function actOnLegs(hand: Hand, command: Command): void {
  switch (command.do) {
    case 'dial':
      return dial(hand, command);
    case 'drop_leg':
      return dropLeg(hand, command);
    case 'join':
      return places.join(hand, command);
    case 'part':
      return places.part(hand, command);
    case 'dissolve':
      return places.dissolve(hand, command);
    case 'mute':
      return customer.mute(hand, command);
    case 'send_dtmf':
      return customer.sendDtmf(hand, command);
    case 'detect_machine':
      return detectMachine(hand, command);
    case 'open_line':
      return openLine(hand, command);
    case 'close_line':
      return closeLine(hand, command);
    case 'watch':
      return watch(hand, command);
    case 'record':
      return recording.record(hand, command);
    case 'pause_recording':
      return recording.pauseRecording(hand, command);
    case 'stop_recording':
      return recording.stopRecording(hand, command);
    default:
      // What is left is for doors where the customer reads: nothing can be read on a telephone.
      return;
  }
}
