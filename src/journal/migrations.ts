/** One step of the schema. A step that was released is never changed: a later one corrects it. */
export type Migration = { readonly version: number; readonly name: string; readonly sql: string };

/** All steps in order; versions count from 1 without gaps. */
export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    name: 'journal and snapshot',
    // `exact` holds the text of an event that PostgreSQL's json cannot take or take apart as it is (json-text.ts); nearly always null.
    sql: `
      CREATE TABLE journal (
        seq bigint PRIMARY KEY,
        at_ms bigint NOT NULL,
        kind text NOT NULL,
        v smallint NOT NULL,
        contact_id text,
        agent_id text,
        queue_id text,
        offer_id text,
        data json NOT NULL,
        exact text
      );
      CREATE INDEX journal_contact ON journal (contact_id, seq) WHERE contact_id IS NOT NULL;
      CREATE INDEX journal_agent ON journal (agent_id, seq) WHERE agent_id IS NOT NULL;
      CREATE INDEX journal_kind ON journal (kind, at_ms, seq);
      CREATE TABLE snapshot (
        seq bigint PRIMARY KEY,
        at_ms bigint NOT NULL,
        format integer NOT NULL,
        state json NOT NULL,
        exact text
      );`,
  },
];
