import type { Names } from '../expression/names.ts';

/** What every expression of a flow may name, besides `vars`, `constants`, and `result` where a step has one. */
export const KNOWN_NAMES: Names = {
  contact: { fields: { id: 'text', from: 'text', to: 'text', channel: 'text', language: 'text' } },
  /** What the door was told about the customer; nobody knows its names beforehand. */
  given: { fields: {}, open: true },
  error: { fields: { code: 'text', message: 'text', step: 'text' } },
  flow: { fields: { id: 'text', step: 'text', visits: 'number' } },
  site: { fields: { name: 'text' } },
  /** By the site's time zone. */
  time: {
    fields: {
      iso: 'text',
      ms: 'number',
      date: 'text',
      year: 'number',
      month: 'number',
      day: 'number',
      hour: 'number',
      minute: 'number',
      weekday: 'text',
    },
  },
};
