import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Event, EventKind, EventOf } from '../../src/model/event.ts';
import type { Line } from '../far-end/line.ts';
import type { Scene } from '../system/scene.ts';
import { until } from '../system/until.ts';

/** What the flow made of something that was said to it. */
export type Taken = {
  readonly outcome: string;
  /** What was understood; absent: nothing. */
  readonly heard?: EventOf<'speech.heard'>;
  /** From the last sample that the caller sent until the flow's decision. */
  readonly decidedAfterMs: number;
  /** No engine heard the turn (speech.failed): its outcome says nothing of what was said. */
  readonly deaf: boolean;
};

/** A step that listens is given so long to begin, and to be left after the words are over. */
const TURN_MS_MAX = 20_000;
/** People begin to speak some time after they may. */
const PAUSE_MS = 250;

/** A call in which words are said, and the journal of which tells what came of them. */
export class SpeakingCall {
  readonly line: Line;
  readonly contactId: string;
  readonly #journal: pg.Client;
  #seq = 0;

  private constructor(line: Line, contactId: string, journal: pg.Client) {
    this.line = line;
    this.contactId = contactId;
    this.#journal = journal;
  }

  /** `background`: what the caller sends between words, and from the beginning; silence if left out. */
  static async open(scene: Scene, number: string, background?: Int16Array): Promise<SpeakingCall> {
    const journal = new pg.Client({ connectionString: scene.exchange.postgres.databaseUrl });
    await journal.connect();
    const { line, contact } = await scene.call(number);
    if (background) await line.sendBetween(background);
    await line.answered();
    return new SpeakingCall(line, (await contact()).id, journal);
  }

  /** Says words to the step that listens next, and waits until it is left. */
  async say(words: Int16Array): Promise<Taken> {
    await this.next('listening.started');
    await pause(PAUSE_MS);
    const saying = await this.line.startSaying(words);
    let overAtMs = Number.POSITIVE_INFINITY;
    void saying.over.then(() => {
      overAtMs = Date.now();
    });
    let heard: EventOf<'speech.heard'> | undefined;
    let deaf = false;
    const left = await this.next('step.left', (event) => {
      if (event.kind === 'speech.heard') heard = event;
      if (event.kind === 'speech.failed') deaf = true;
    });
    const decidedAfterMs = left.atMs - overAtMs;
    return { outcome: left.outcome, ...(heard ? { heard } : {}), decidedAfterMs, deaf };
  }

  /** The next event of a kind that was not seen yet; those before it are shown and passed over. */
  next<K extends EventKind>(kind: K, passed: (event: Event) => void = () => undefined): Promise<EventOf<K>> {
    return until(
      `${kind} is told of ${this.contactId}`,
      async () => {
        const query = 'SELECT seq, data FROM journal WHERE contact_id = $1 AND seq > $2 ORDER BY seq';
        const { rows } = await this.#journal.query<{ seq: string; data: Event }>(query, [this.contactId, this.#seq]);
        for (const { seq, data } of rows) {
          this.#seq = Number(seq);
          if (data.kind === kind) return data as EventOf<K>;
          passed(data);
        }
        return undefined;
      },
      { withinMs: TURN_MS_MAX, everyMs: 20 },
    );
  }

  async close(): Promise<void> {
    await this.line.hangUp().catch(() => undefined);
    await this.#journal.end();
  }
}
