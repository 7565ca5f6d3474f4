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
  {
    version: 2,
    name: 'index of recordings',
    // The sound itself lies in files; wrapped_key is what makes it readable, and goes when the recording is deleted.
    sql: `
      CREATE TABLE recording (
        recording_id text PRIMARY KEY,
        contact_id text NOT NULL,
        agent_id text,
        queue_id text,
        why text NOT NULL,
        purpose text NOT NULL,
        begun_at_ms bigint NOT NULL,
        duration_ms bigint NOT NULL,
        channels smallint NOT NULL,
        bytes bigint NOT NULL,
        file text NOT NULL,
        key_id text,
        wrapped_key bytea,
        keep_until_ms bigint NOT NULL,
        held_at_ms bigint,
        held_reason text,
        deleted_at_ms bigint,
        deleted_reason text
      );
      CREATE INDEX recording_begun ON recording (begun_at_ms, recording_id);
      CREATE INDEX recording_contact ON recording (contact_id);
      CREATE INDEX recording_agent ON recording (agent_id, begun_at_ms) WHERE agent_id IS NOT NULL;
      CREATE INDEX recording_queue ON recording (queue_id, begun_at_ms) WHERE queue_id IS NOT NULL;
      CREATE INDEX recording_key ON recording (key_id) WHERE key_id IS NOT NULL;
      CREATE INDEX recording_due ON recording (keep_until_ms) WHERE deleted_at_ms IS NULL AND held_at_ms IS NULL;`,
  },
];
