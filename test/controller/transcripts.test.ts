import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyToTranscripts, ENDED_KEPT_MAX, ENDED_KEPT_MS } from '../../src/controller/chat/transcripts.ts';
import type { Event } from '../../src/model/event.ts';
import type { PromptPart } from '../../src/model/prompt.ts';
import { LINE_CHARACTERS_MAX, TRANSCRIPT_LINES_MAX, type Transcript } from '../../src/model/transcript.ts';

// The policy: what was written is a fold of the events, bounded in every direction.

const AT = 1_000_000;

class Book {
  readonly transcripts = new Map<string, Transcript>();
  #prompts = 0;

  constructor(...contactIds: string[]) {
    for (const contactId of contactIds) this.arrive(contactId);
  }

  take(event: Event): void {
    applyToTranscripts(this.transcripts, event);
  }

  arrive(contactId: string, channel: 'voice' | 'chat' = 'chat'): void {
    this.take({ kind: 'contact.arrived', atMs: AT, contactId, channel, legId: contactId, from: '', to: 'chat' });
  }

  say(...parts: PromptPart[]): void {
    this.take({ kind: 'prompt.started', atMs: AT, contactId: 'm1', promptId: `p${++this.#prompts}`, parts });
  }

  line(text: string, messageId = text): void {
    this.take({ kind: 'message.received', atMs: AT, contactId: 'm1', messageId, text });
  }

  texts(): string[] {
    return this.transcripts.get('m1')?.lines.map(({ text }) => text) ?? [];
  }
}

const say = (text: string): PromptPart => ({ say: text, language: 'en' });

test('a call has no transcript', () => {
  const book = new Book();
  book.arrive('c1', 'voice');
  assert.equal(book.transcripts.size, 0);
});

test('a prompt is shown by its words; what can only be heard is left out', () => {
  const book = new Book('m1');
  book.say(say('Your number is'), { digits: '4711', language: 'en' }, { silenceMs: 1000 }, { file: 'jingle' });
  book.say({ file: 'welcome', text: 'Welcome.' });
  book.say({ file: 'jingle' }, { silenceMs: 1000 });
  assert.deepEqual(book.texts(), ['Your number is 4711', 'Welcome.']);
});

test('a line that is told twice stands once, whoever told it', () => {
  const book = new Book('m1');
  book.line('Hello', 'a');
  book.line('Hello again', 'a');
  book.take({ kind: 'message.sent', atMs: AT, contactId: 'm1', messageId: 'a', text: 'Hi', agentId: 'anna' });
  book.take({ kind: 'message.sent', atMs: AT, contactId: 'm1', messageId: 'a', text: 'Hi', agentId: 'anna' });
  assert.deepEqual(book.texts(), ['Hello', 'Hi']);
});

test('a step that asks the same once more after a restart adds no line, and any other does', () => {
  const book = new Book('m1');
  book.say(say('Your name?'));
  book.take({ kind: 'flow.resumed', atMs: AT, contactId: 'm1' });
  book.say(say('Your name?'));
  assert.deepEqual(book.texts(), ['Your name?']);
  book.line('Maria');
  book.say(say('Your name?'));
  book.say(say('Your name?'));
  assert.deepEqual(book.texts(), ['Your name?', 'Maria', 'Your name?', 'Your name?']);
});

test('the newest lines are kept, and a long one is cut', () => {
  const book = new Book('m1');
  book.say(say('x'.repeat(LINE_CHARACTERS_MAX + 1)));
  assert.equal(book.texts()[0]?.length, LINE_CHARACTERS_MAX);
  for (let line = 0; line < TRANSCRIPT_LINES_MAX; line++) book.line(`line ${line}`);
  const { lines, seq } = book.transcripts.get('m1')!;
  assert.equal(lines.length, TRANSCRIPT_LINES_MAX);
  assert.deepEqual([lines[0]?.seq, seq], [2, TRANSCRIPT_LINES_MAX + 1]);
});

test('of long lines fewer are kept', () => {
  const book = new Book('m1');
  for (let line = 0; line < 60; line++) book.line('x'.repeat(LINE_CHARACTERS_MAX), `${line}`);
  const { lines, characters, seq } = book.transcripts.get('m1')!;
  assert.deepEqual([lines.length, characters, seq], [25, 25 * LINE_CHARACTERS_MAX, 60]);
});

test('of contacts that are over, the newest are kept for a while', () => {
  const book = new Book('first', 'second');
  const end = (contactId: string, atMs: number): void => book.take({ kind: 'contact.finished', atMs, contactId });
  end('first', AT);
  end('second', AT + ENDED_KEPT_MS);
  assert.ok(book.transcripts.has('first'));
  book.arrive('third');
  end('third', AT + ENDED_KEPT_MS + 1);
  assert.deepEqual([...book.transcripts.keys()], ['second', 'third']);
  for (let more = 0; more < ENDED_KEPT_MAX; more++) {
    book.arrive(`more ${more}`);
    end(`more ${more}`, AT + ENDED_KEPT_MS + 2);
  }
  assert.equal(book.transcripts.size, ENDED_KEPT_MAX);
  assert.ok(!book.transcripts.has('second'));
});

test('nothing is written in a contact that is over', () => {
  const book = new Book('m1');
  book.line('Hello');
  book.take({ kind: 'contact.ended', atMs: AT, contactId: 'm1', cause: 'hung_up', endedBy: 'customer' });
  book.line('Are you there?');
  assert.deepEqual(book.texts(), ['Hello']);
});
