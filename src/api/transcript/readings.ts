import type { ContactId } from '../../model/ids.ts';
import type { ApiContext } from '../context.ts';

/** A program that asks again and again reads once: within so long it is one reading. */
const ONE_READING_MS = 60_000;
/** Contacts whose last reading is remembered. */
const READINGS_MAX = 1_000;

/** Writes down who reads what was said, for the audit, without one line for every look. */
export function readings({ desk, now }: ApiContext): (contactId: ContactId) => void {
  const readAtMs = new Map<ContactId, number>();
  return (contactId) => {
    const before = readAtMs.get(contactId);
    if (before !== undefined && now() - before < ONE_READING_MS) return;
    readAtMs.delete(contactId);
    readAtMs.set(contactId, now());
    const oldest = readAtMs.keys().next().value;
    if (readAtMs.size > READINGS_MAX && oldest !== undefined) readAtMs.delete(oldest);
    desk.transcriptions.read(contactId, 'api');
  };
}
