import type { FromChild, ToChild } from './protocol.ts';
import { openRecogniser, type SherpaStream } from './recogniser.ts';

type Recogniser = ReturnType<typeof openRecogniser>;
type Hearing = { readonly stream: SherpaStream; readonly continuous: boolean };

let recogniser: Recogniser | undefined;
const utterances = new Map<number, Hearing>();

process.on('message', (order: ToChild) => {
  if (order.what === 'open') return open(order);
  const { utterance } = order;
  if (order.what === 'begin') {
    if (recogniser) utterances.set(utterance, { stream: recogniser.begin(), continuous: order.continuous });
    return;
  }
  const hearing = utterances.get(utterance);
  if (!hearing) return;
  if (order.what === 'sound') return hear(utterance, hearing, order.samples);
  utterances.delete(utterance);
  if (order.what === 'end') tell({ what: 'final', utterance, last: true, ...hearing.stream.finish() });
});
// The controller is gone.
process.on('disconnect', () => process.exit(0));

function open({ setting }: Extract<ToChild, { what: 'open' }>): void {
  try {
    recogniser = openRecogniser(setting);
    tell({ what: 'opened' });
  } catch (error) {
    tell({ what: 'unopened', code: 'recognition.engine_missing', reason: (error as Error).message });
  }
}

function hear(utterance: number, { stream, continuous }: Hearing, samples: Int16Array): void {
  tell({ what: 'taken', utterance, text: stream.accept(samples) });
  const sentence = continuous ? stream.sentence() : undefined;
  if (sentence) tell({ what: 'final', utterance, last: false, ...sentence });
}

function tell(answer: FromChild): void {
  process.send!(answer);
}
