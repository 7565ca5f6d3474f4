import type { Event, EventOf } from '../../src/model/event.ts';
import type { Scene } from './scene.ts';
import { until } from './until.ts';

/** Places a call that goes through its flow by itself. @returns what the journal has of it when it is over. */
export async function callThrough(scene: Scene, number: string): Promise<Event[]> {
  const { line, from } = await scene.call(number);
  await line.ended();
  return wholeOf(scene, await contactIn(scene, from));
}

/** The contact of a caller who may have gone already. */
export function contactIn({ exchange }: Scene, from: string): Promise<string> {
  const query = "SELECT contact_id FROM journal WHERE kind = 'contact.arrived' AND data->>'from' = $1";
  return until(`the call of ${from} is in the journal`, async () => {
    const [row] = (await exchange.sql(query, [from])) as { contact_id: string }[];
    return row?.contact_id;
  });
}

/** Everything that the journal has of a contact, when it is over. */
export function wholeOf({ exchange }: Scene, contactId: string): Promise<Event[]> {
  return until(
    `${contactId} is finished`,
    async () => {
      const events = await exchange.journalOf(contactId);
      return events.some(({ kind }) => kind === 'contact.finished') ? events : undefined;
    },
    { seen: () => exchange.journalOf(contactId) },
  );
}

/** What `emit` steps told. */
export function emitted(events: readonly Event[]): Pick<EventOf<'flow.emitted'>, 'name' | 'data'>[] {
  return events.flatMap((event) => (event.kind === 'flow.emitted' ? [{ name: event.name, data: event.data }] : []));
}

/** By which outcomes a step was left. */
export function outcomesOf(events: readonly Event[], stepId: string): string[] {
  return events.flatMap((event) => (event.kind === 'step.left' && event.stepId === stepId ? [event.outcome] : []));
}

/** The keys that a contact pressed, as they are kept. */
export function digitsIn(events: readonly Event[]): string {
  return events.map((event) => (event.kind === 'digit.received' ? event.digit : '')).join('');
}
