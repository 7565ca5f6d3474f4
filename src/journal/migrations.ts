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
  {
    version: 3,
    name: 'lists of numbers',
    // An empty time_zone is that of the list. The index is in the order in which rows are called, zone by zone.
    sql: `
      CREATE TABLE list (id text PRIMARY KEY, about jsonb NOT NULL);
      CREATE TABLE list_row (
        list_id text NOT NULL REFERENCES list ON DELETE CASCADE,
        row bigint NOT NULL,
        number text NOT NULL,
        name text,
        time_zone text NOT NULL,
        priority integer NOT NULL,
        attributes jsonb NOT NULL,
        state text NOT NULL DEFAULT 'waiting',
        order_id text,
        next_at_ms bigint NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        results jsonb NOT NULL DEFAULT '{}',
        last_result text,
        PRIMARY KEY (list_id, row),
        UNIQUE (list_id, number)
      );
      CREATE INDEX list_row_next ON list_row (list_id, time_zone, priority DESC, next_at_ms, row) WHERE state = 'waiting';
      CREATE INDEX list_row_order ON list_row (order_id) WHERE state = 'out';
      CREATE INDEX list_row_state ON list_row (list_id, state, row);`,
  },
];
