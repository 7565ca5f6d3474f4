import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askTranscription, type TranscriptionWish } from '../../../src/calls/transcription/ask.ts';
import { restoreTranscription, saveTranscription } from '../../../src/calls/transcription/saved.ts';
import { heardSides } from '../../../src/calls/transcription/state.ts';
import type { Event } from '../../../src/model/event.ts';
import type { Queue } from '../../../src/model/queue.ts';
import { centre, Switchboard } from '../switchboard.ts';

const RULE: Record<string, Partial<Queue>> = { sales: { transcribe: { language: null } } };

/** The switchboard, with what is written down in it. */
class Written extends Switchboard {
  static of(queues = RULE, more: Parameters<typeof centre>[0] = {}): Written {
    return new Written(centre(more, queues));
  }

  /** Who is heard, such as `customer c1`. */
  heard(contactId = 'c1'): string[] {
    const { transcription, recordings } = this.calls;
    return heardSides(transcription, recordings, contactId).map(
      ({ speaker, agentId }) => `${speaker} ${agentId ?? ''}`,
    );
  }

  asked(wish: TranscriptionWish['wish'], language?: string): string | undefined {
    const { transcription, recordings, site } = this.calls;
    const about = { contactId: 'c1', wish, by: 'api', atMs: this.nowMs, ...(language ? { language } : {}) } as const;
    const answer = askTranscription(transcription, recordings, site, about);
    if (!answer.ok) return answer.failure.code;
    if (answer.value) this.take(answer.value);
    return answer.value?.kind;
  }

  tell(event: { readonly kind: Event['kind'] } & Record<string, unknown>): void {
    this.take({ atMs: this.nowMs, contactId: 'c1', ...event } as unknown as Event);
  }

  told(): string[] {
    return this.journal.flatMap((event) => {
      if (event.kind === 'transcription.started') return [`started ${event.language} ${event.by}`];
      return event.kind === 'transcription.stopped' ? [`stopped ${event.by}`] : [];
    });
  }
}

test('nothing is written down unless somebody wants it', () => {
  const calls = Written.of({});
  calls.talk();
  assert.deepEqual([calls.told(), calls.heard()], [[], []]);
  assert.equal(calls.calls.transcription.size, 0);
});

test('the rule of a queue writes its talks down, both sides, in the language of the contact', () => {
  const calls = Written.of();
  calls.arrive('c1');
  calls.tell({ kind: 'language.chosen', language: 'de' });
  assert.deepEqual(calls.heard(), [], 'the flow is no talk');
  calls.talk('c1');
  assert.deepEqual(calls.told(), ['started de system']);
  assert.deepEqual(calls.heard(), ['customer ', 'agent anna']);
});

test('a rule with a language goes by that', () => {
  const calls = Written.of({ sales: { transcribe: { language: 'en-GB' } } });
  calls.talk();
  assert.deepEqual(calls.told(), ['started en-GB system']);
});

test('nobody is heard on hold, in confidence, and while a recording is paused; then it goes on without having stopped', () => {
  const calls = Written.of({
    sales: { transcribe: { language: null }, recording: { record: 'always', keepMs: 1000 } },
  });
  calls.talk();
  const both = ['customer ', 'agent anna'];
  const { recordingId } = calls.last('recording.started');
  const pairs = [
    [() => calls.ask({ wish: 'hold' }), () => calls.ask({ wish: 'retrieve' })],
    [
      () => void Object.assign(calls.calls.recordings.calls.get('c1')!, { confidential: true }),
      () => void Object.assign(calls.calls.recordings.calls.get('c1')!, { confidential: false }),
    ],
    [
      () => calls.tell({ kind: 'recording.paused', recordingId, by: 'api' }),
      () => calls.tell({ kind: 'recording.resumed', recordingId, by: 'api' }),
    ],
    [
      () => calls.tell({ kind: 'recording.pause_wanted', wanted: true }),
      () => calls.tell({ kind: 'recording.pause_wanted', wanted: false }),
    ],
  ] as const;
  for (const [begin, end] of pairs) {
    begin();
    assert.deepEqual(calls.heard(), []);
    end();
    assert.deepEqual(calls.heard(), both);
  }
  assert.deepEqual(calls.told(), ['started en system']);
});

test('who asks by hand asks for the whole call: it goes on with the next agent', () => {
  const calls = Written.of({});
  calls.talk();
  assert.equal(calls.asked('start'), 'transcription.started');
  assert.equal(calls.asked('start'), undefined, 'harmless when repeated');
  calls.readyAgent('ben');
  calls.ask({ wish: 'transfer', target: { to: 'queue', queueId: 'support' } });
  calls.answer('ben');
  assert.deepEqual(calls.told(), ['started en api', 'stopped system', 'started en system']);
  assert.deepEqual(calls.heard(), ['customer ', 'agent ben']);
});

test('who ends it by hand ends it for the whole call, whatever the rule says, until somebody asks again', () => {
  const calls = Written.of();
  calls.talk();
  assert.equal(calls.asked('stop'), 'transcription.stopped');
  assert.deepEqual(calls.heard(), []);
  calls.ask({ wish: 'hold' });
  calls.ask({ wish: 'retrieve' });
  assert.equal(calls.asked('stop'), 'transcription.not_running');
  assert.equal(calls.asked('start', 'de'), 'transcription.started');
  assert.deepEqual(calls.told(), ['started en system', 'stopped api', 'started de api']);
});

test('who declined to be recorded is not written down, and neither is what may never be recorded', () => {
  const declined = Written.of();
  declined.talk();
  declined.tell({ kind: 'consent.declined' });
  assert.deepEqual(declined.told(), ['started en system', 'stopped system']);
  assert.equal(declined.asked('start'), 'transcription.not_allowed');

  const never = Written.of({ sales: { recording: { record: 'never', keepMs: 1000 } } });
  never.talk();
  assert.equal(never.asked('start'), 'transcription.not_allowed');
});

test('without a talk it cannot be asked for', () => {
  const calls = Written.of();
  assert.equal(calls.asked('start'), 'transcription.no_talk');
  calls.arrive('c1');
  assert.equal(calls.asked('start'), 'transcription.no_talk');
});

test('the end of the talk ends it, and the end of the contact forgets it', () => {
  const calls = Written.of();
  calls.talk();
  calls.tell({ kind: 'contact.ended', cause: 'hung_up', endedBy: 'customer' });
  assert.deepEqual(calls.told(), ['started en system', 'stopped system']);
  assert.equal(calls.calls.transcription.size, 0);
});

test('a snapshot brings it back as it was, and one of a release before has none', () => {
  const calls = Written.of();
  calls.talk();
  const state = calls.calls.transcription;
  const saved = JSON.parse(JSON.stringify(saveTranscription(state)));
  assert.deepEqual(restoreTranscription(saved), state);
  assert.deepEqual(restoreTranscription(undefined), new Map());
});
