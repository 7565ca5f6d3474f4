import { place, type Run } from './place.ts';

/**
 * Tells when the customer comes to a step whose entries nobody is to keep, and when it is left: a recording is silent
 * meanwhile. It goes by where the contact stands and not by the way that led there, so no way out is forgotten.
 */
export function tellConfidence({ state, session, atMs, emit }: Run): void {
  if (session.channel !== 'voice') return;
  const here = session.stage === 'running' && !session.gone ? place(state, session) : undefined;
  const confidential = here?.kind.sensitive?.(here.step.with) ?? false;
  if (confidential === session.confidential) return;
  emit({ kind: confidential ? 'confidence.began' : 'confidence.ended', atMs, contactId: session.contactId });
}
