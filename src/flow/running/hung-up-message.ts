import { CLEAN_UP_MS, customerLeft } from './clean-up.ts';
import { checkedMove, contextOf, place, type Run } from './place.ts';
import { carryOut } from './run.ts';

/** How long the end of a recording is waited for when its customer has hung up. */
const END_WITHIN_MS = 30_000;

/**
 * The customer has hung up while leaving a message. Its step hears of it once the recording has ended, for only then it is
 * known how long the message is; after that the flow goes on as with every customer who leaves. False: there is no message.
 */
export function leftWithMessage(run: Run): boolean {
  const { state, session, atMs } = run;
  if (session.awaits !== 'message' || !session.message || session.stage !== 'running') return false;
  if (session.message.finished) messageOver(run);
  else state.deadlines.set('flow', session.contactId, atMs + END_WITHIN_MS);
  return true;
}

/** The message of a customer who is gone is whole. Where the step says what follows on its outcome, that does; else the flow's hang-up. */
export function messageOver(run: Run): void {
  const { state, session, atMs, emit } = run;
  const here = place(state, session);
  const { message, contactId } = session;
  if (!here || !message?.finished) return customerLeft(run);
  const context = contextOf(run, here);
  const { recordingId, finished } = message;
  const said = here.kind.receive?.(here.step.with, { what: 'recorded', recordingId, ...finished }, context) ?? {};
  const move = checkedMove(said, context);
  state.deadlines.set('flow', contactId, atMs + CLEAN_UP_MS);
  const { outcome = 'hangup' } = move;
  if (outcome !== 'hangup' && Object.hasOwn(here.step.on, outcome)) return carryOut(run, move);
  for (const told of move.tell ?? []) emit({ ...told, atMs, contactId });
  customerLeft(run, outcome);
}
