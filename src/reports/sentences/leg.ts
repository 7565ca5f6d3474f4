import type { EventOf } from '../../model/event.ts';
import { promptText } from './flow.ts';
import { CAUSES, capital, numberName, type Sentences, seconds, targetName } from './sentence.ts';

type Kind =
  | `leg.${'asked' | 'rang' | 'answered' | 'ended' | 'given_up' | 'refused' | 'pressed' | 'held' | 'retrieved' | 'referred'}`
  | `dial.${'asked' | 'ended'}`
  | `far_talk.${'started' | 'ended'}`
  | `whisper.${'started' | 'ended'}`
  | `room.${'entered' | 'left'}`;

const VERDICTS: Readonly<Record<NonNullable<EventOf<'leg.answered'>['verdict']>, string>> = {
  human: ' (a human)',
  machine: ' (a machine)',
  fax: ' (a fax machine)',
  unknown: ' (a human or a machine)',
};

const DIALLED: Readonly<Record<EventOf<'dial.ended'>['outcome'], string>> = {
  completed: 'they have talked',
  busy: 'busy',
  no_answer: 'nobody answered',
  declined: 'the call was declined',
  unavailable: 'nobody was reachable',
  failed: 'the call failed',
  cancelled: 'the caller was gone before',
};

const REFUSED: Readonly<Record<EventOf<'leg.refused'>['code'], string>> = {
  'outgoing.number_invalid': 'it is no number, and nobody at the site has it',
  'outgoing.not_allowed': 'no rule of the site allows such numbers',
  'outgoing.caller_id_not_allowed': 'the number to be shown is none of those that may be',
  'outgoing.calls_max': 'as many calls to the outside are up as the site allows',
  'outgoing.cost_max': 'calls to the outside have cost as much today as the site allows',
  'outgoing.trunks_busy': 'every trunk for such numbers is full',
};

const LEFT_ROOM: Readonly<Record<EventOf<'room.left'>['reason'], string>> = {
  left: 'The caller left the conference room',
  ended: 'It was over for all in the conference room',
  full: 'There was no place left in the conference room',
};

/** Legs that we ask for, and what people hear and talk there. Keys that agents press are not quoted: numbers are among them. */
export const LEG: Sentences<Kind> = {
  'leg.asked': ({ target, purpose }, about) =>
    `${purpose === 'contact' ? 'The customer' : capital(targetName(target, about))} was dialled.`,
  'leg.rang': ({ legId }, { leg }) => `It rang at ${leg(legId)}.`,
  'leg.answered': ({ legId, verdict }, { leg }) =>
    `${capital(leg(legId))} answered${verdict === undefined ? '' : VERDICTS[verdict]}.`,
  'leg.ended': ({ legId, cause }, { leg }) => `${capital(leg(legId))} was out of the call (${CAUSES[cause]}).`,
  'leg.given_up': ({ legId }, { leg }) => `The call to ${leg(legId)} was taken back.`,
  'leg.refused': ({ code }) => `A number was not dialled: ${REFUSED[code]}.`,
  'leg.pressed': ({ legId }, { leg }) => `${capital(leg(legId))} pressed a key.`,
  'leg.held': ({ legId }, { leg }) => `${capital(leg(legId))} put the others on hold by the phone.`,
  'leg.retrieved': ({ legId }, { leg }) => `${capital(leg(legId))} took the others off hold by the phone.`,
  'leg.referred': ({ legId, to }, { leg }) =>
    `${capital(leg(legId))} handed the call on to ${numberName(to)} by the phone.`,
  'dial.asked': ({ targets }, about) => {
    const [first] = targets;
    const more = targets.length > 1 ? ` and ${targets.length - 1} more` : '';
    return `The flow asked for ${first ? targetName(first, about) : 'nobody'}${more} to be dialled.`;
  },
  'dial.ended': ({ outcome }) => `What came of the dialling: ${DIALLED[outcome]}.`,
  'far_talk.started': ({ target }, about) => `The caller talked to ${targetName(target, about)}.`,
  'far_talk.ended': ({ legId, talkMs, cause }, { leg }) =>
    `The talk with ${leg(legId)} ended after ${seconds(talkMs)} (${CAUSES[cause]}).`,
  'whisper.started': ({ offerId, parts }, { offered }) => `${offered(offerId)} alone heard ${promptText(parts)}.`,
  'whisper.ended': ({ offerId }, { offered }) => `${offered(offerId)} had heard it.`,
  'room.entered': ({ room }) => `The caller came into the conference room ${room}.`,
  'room.left': ({ room, reason }) => `${LEFT_ROOM[reason]} ${room}.`,
};
