import type { Strategy } from '../strategy.ts';

/** Who has handled fewest contacts since login (app_queue: fewestcalls). */
export const fewestContacts: Strategy = {
  name: 'fewest_contacts',
  measure: (agent) => agent.contacts,
};
