import type { Prompt } from '../../../prompt.ts';
import { inLanguages } from '../announcement-texts.ts';

/** Words for every site that has none of its own, in German and English. What a caller presses is the same everywhere. */
export const OFFER: Prompt = inLanguages({
  de: 'Wir rufen Sie gerne zurück, Sie müssen nicht warten. Drücken Sie dazu die 1. Wenn Sie nicht zurückgerufen werden möchten, drücken Sie die 2.',
  other: 'We can call you back, so that you need not wait. For a callback, press 1. If you do not want one, press 2.',
});

export const ASK_NUMBER: Prompt = inLanguages({
  de: 'Bitte geben Sie die Telefonnummer mit Vorwahl ein, unter der wir Sie erreichen, und danach die Rautetaste.',
  other: 'Please enter the number at which we can reach you, with its area code, and then press the hash key.',
});

export const NUMBER_UNUSABLE: Prompt = inLanguages({
  de: 'Diese Nummer können wir leider nicht anrufen.',
  other: 'We are sorry, we cannot call that number.',
});

export const CONFIRM: Prompt = [
  ...inLanguages({ de: 'Wir rufen Sie unter dieser Nummer an:', other: 'We will call you at this number:' }),
  {
    byChannel: {
      voice: [{ digits: `\${{ callback.number }}` }],
      other: [{ say: `\${{ callback.number }}` }],
    },
  },
  ...inLanguages({
    de: 'Wenn das richtig ist, drücken Sie die 1. Für eine andere Nummer drücken Sie die 2. Ohne Rückruf geht es mit der 3 weiter.',
    other: 'If that is right, press 1. For another number, press 2. To go on without a callback, press 3.',
  }),
];

export const SLOT: Prompt = inLanguages({
  de: `Für \${{ callback.time }} drücken Sie die \${{ callback.key }}.`,
  other: `For \${{ callback.time }}, press \${{ callback.key }}.`,
});

export const OTHER_SLOTS: Prompt = inLanguages({
  de: 'Für spätere Termine drücken Sie die 8. Ohne Rückruf geht es mit der 9 weiter.',
  other: 'For later times, press 8. To go on without a callback, press 9.',
});

export const ACCEPTED: Prompt = inLanguages({
  de: 'Vielen Dank. Wir rufen Sie zurück, sobald Sie an der Reihe sind. Sie behalten Ihren Platz.',
  other: 'Thank you. We will call you back when it is your turn. You keep your place.',
});

export const ACCEPTED_FOR_SLOT: Prompt = inLanguages({
  de: `Vielen Dank. Wir rufen Sie zurück: \${{ callback.time }}.`,
  other: `Thank you. We will call you back: \${{ callback.time }}.`,
});

/** What may be chosen, where the customer reads it. */
export const LABELS = {
  yes: { de: 'Ja, bitte zurückrufen', other: 'Yes, call me back' },
  no: { de: 'Nein, danke', other: 'No, thank you' },
  right: { de: 'Das ist richtig', other: 'That is right' },
  otherNumber: { de: 'Eine andere Nummer', other: 'Another number' },
  later: { de: 'Spätere Termine', other: 'Later times' },
} as const;
