import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyRecording } from '../../../src/calls/recording/apply.ts';
import { askRecording, pressRecord } from '../../../src/calls/recording/ask.ts';
import { decideRecording } from '../../../src/calls/recording/decide.ts';
import { restoreRecordings, saveRecordings } from '../../../src/calls/recording/saved.ts';
import { emptyRecordings, isPaused, unfinishedRecordings } from '../../../src/calls/recording/state.ts';
import type { RecordingRule } from '../../../src/model/call/recording.ts';
import type { Event } from '../../../src/model/event.ts';
import type { Site } from '../../../src/model/site.ts';
import { PLAIN_QUEUE, site as siteOf } from '../../acd/site.ts';

const rule = (record: RecordingRule['record']): RecordingRule => ({ record, keepMs: 1000 });

function siteWith(queue: RecordingRule | null, agent: RecordingRule | null, whole: RecordingRule): Site {
  const made = siteOf({ anna: {}, ben: {} }, { sales: { ...PLAIN_QUEUE, id: 'sales', recording: queue } });
  const anna = { ...made.agents['anna']!, recording: agent };
  return { ...made, agents: { ...made.agents, anna }, recording: whole };
}

/** One call and the decisions about its recording. */
class Recorded {
  state = emptyRecordings();
  readonly site: Site;
  readonly journal: Event[] = [];
  nowMs = 1_000_000;

  constructor(site: Site, placed = false) {
    this.site = site;
    if (placed) this.take(PLACED);
    else {
      const about = { legId: 'c1', from: '1', to: '2', channel: 'voice' } as const;
      this.take({ kind: 'contact.arrived', atMs: this.nowMs, contactId: 'c1', ...about });
      this.happen('contact.answered');
    }
  }

  /** What was decided, in short. */
  take(event: Event): string[] {
    const decided: Event[] = [];
    const emit = (one: Event): void => {
      applyRecording(this.state, one);
      this.journal.push(one);
    };
    emit(event);
    const queue = [event];
    for (let next = queue.shift(); next; next = queue.shift()) {
      decideRecording(this.state, next, this.site, (one) => {
        emit(one);
        decided.push(one);
        queue.push(one);
      });
    }
    return decided.map(short);
  }

  happen(kind: Event['kind'], more: object = {}): string[] {
    this.nowMs += 1000;
    return this.take({ kind, atMs: this.nowMs, contactId: 'c1', ...more } as Event);
  }

  talk(agentId = 'anna', offerId = `o.${agentId}`): string[] {
    return this.happen('contact.connected', { offerId, agentId, queueId: 'sales' });
  }

  handled(agentId = 'anna'): string[] {
    return this.happen('contact.handled', {
      offerId: `o.${agentId}`,
      agentId,
      queueId: 'sales',
      talkMs: 1,
      endedBy: 'agent',
    });
  }

  ask(wish: 'start' | 'stop' | 'pause' | 'resume'): string[] | string {
    const answer = askRecording(this.state, this.site, { contactId: 'c1', wish, by: 'api', atMs: this.nowMs });
    if (!answer.ok) return answer.failure.code;
    return answer.value ? [short(answer.value), ...this.take(answer.value)] : [];
  }

  get paused(): boolean {
    return isPaused(this.state, 'c1');
  }
}

const PLACED: Event = {
  kind: 'contact.placed',
  atMs: 1_000_000,
  contactId: 'c1',
  orderId: 'x',
  attempt: 1,
  channel: 'callback',
  to: '1',
  from: '2',
  mode: 'agent_first',
  language: 'en',
  ringMs: 1000,
  detectMachine: false,
};

function short(event: Event): string {
  switch (event.kind) {
    case 'recording.started':
      return `start ${event.why} ${event.sides.right ?? 'alone'}`;
    case 'recording.stopped':
    case 'recording.paused':
    case 'recording.resumed':
      return `${event.kind.slice('recording.'.length)} ${event.by}`;
    default:
      return event.kind;
  }
}

const always = siteWith(rule('always'), null, rule('demand'));
const demand = siteWith(null, null, rule('demand'));

test("the queue's rule goes before the agent's, and that before the site's", () => {
  fc.assert(
    fc.property(
      fc.tuple(...[0, 1, 2].map(() => fc.constantFrom(null, 'always', 'demand', 'never'))),
      ([queue, agent, whole]) => {
        const made = (word: string | null | undefined) => (word ? rule(word as RecordingRule['record']) : null);
        const call = new Recorded(siteWith(made(queue), made(agent), made(whole) ?? rule('demand')));
        const decides = queue ?? agent ?? whole ?? 'demand';
        const from = queue ? 'queue' : agent ? 'agent' : 'site';
        assert.deepEqual(call.talk(), decides === 'always' ? [`start ${from} o.anna`] : []);
        const asked = call.ask('start');
        if (decides === 'never') assert.equal(asked, 'recording.not_allowed');
        else assert.deepEqual(asked, decides === 'always' ? [] : ['start demand o.anna']);
      },
    ),
  );
});

test('a recording begins when both are joined, not before, and ends with the talk', () => {
  const call = new Recorded(always, true);
  assert.deepEqual(call.talk(), [], 'the customer is not there yet');
  assert.deepEqual(call.happen('contact.answered'), ['start queue o.anna']);
  assert.deepEqual(call.handled(), ['stopped system']);
});

test('while the agent hears a whisper nothing is recorded', () => {
  const call = new Recorded(always);
  const connected = {
    kind: 'contact.connected',
    atMs: 1,
    contactId: 'c1',
    offerId: 'o.anna',
    agentId: 'anna',
    queueId: 'sales',
  };
  applyRecording(call.state, connected as Event);
  assert.deepEqual(call.happen('whisper.started', { offerId: 'o.anna', promptId: 'p', parts: [] }), []);
  assert.deepEqual(call.happen('whisper.ended', { offerId: 'o.anna', promptId: 'p' }), ['start queue o.anna']);
});

test('it goes on with the next agent as a new part of the same call', () => {
  const call = new Recorded(demand);
  call.talk();
  assert.deepEqual(call.ask('start'), ['start demand o.anna']);
  const handed = { fromOfferId: 'o.anna', offerId: 'o.ben', agentId: 'ben', queueId: 'sales' };
  assert.deepEqual(call.happen('talk.handed_over', handed), ['stopped system', 'start demand o.ben']);
  assert.deepEqual(call.handled('anna'), [], 'the end of the part before is not the end of the talk');
  assert.deepEqual(call.handled('ben'), ['stopped system']);
  const ids = call.journal.flatMap((one) => (one.kind === 'recording.started' ? [one.recordingId] : []));
  assert.equal(new Set(ids).size, 2);
  for (const id of ids) assert.match(id, /^c1\.r\d+-[0-9a-z]+$/);
});

test('a call that is transferred to a number stays recorded by the rule of its queue', () => {
  const call = new Recorded(always);
  call.talk();
  call.handled();
  const far = { legId: 'c1.l1-a', target: { to: 'number', number: '+49' } };
  assert.deepEqual(call.happen('far_talk.started', far), ['start queue c1.l1-a']);
  assert.deepEqual(call.happen('far_talk.ended', { legId: 'c1.l1-a', talkMs: 1, cause: 'hung_up' }), [
    'stopped system',
  ]);
});

test('what a flow dials is recorded when the flow asked for that', () => {
  for (const record of [true, false]) {
    const call = new Recorded(demand);
    call.happen('dial.asked', { record });
    const far = { legId: 'c1.l1-a', target: { to: 'number', number: '+49' } };
    assert.deepEqual(call.happen('far_talk.started', far), record ? ['start flow c1.l1-a'] : []);
  }
});

test('the flow may want the whole call, from its own part on, but nobody is recorded while waiting', () => {
  const call = new Recorded(demand);
  assert.deepEqual(call.happen('recording.wanted', { wanted: true }), ['start flow alone']);
  assert.deepEqual(call.happen('contact.queued'), ['stopped system']);
  assert.deepEqual(call.talk(), ['start flow o.anna']);
  assert.deepEqual(call.handled(), ['stopped system', 'start flow alone']);
  assert.deepEqual(call.happen('recording.wanted', { wanted: false }), ['stopped system']);
});

test('a flow may keep a call from being recorded by a rule', () => {
  const call = new Recorded(always);
  call.happen('recording.wanted', { wanted: false });
  assert.deepEqual(call.talk(), []);
  assert.deepEqual(call.ask('start'), ['start demand o.anna']);
});

test('who declined is never recorded, whoever asks', () => {
  const call = new Recorded(always);
  call.happen('recording.wanted', { wanted: true });
  assert.deepEqual(call.happen('consent.declined'), ['stopped system']);
  assert.deepEqual(call.talk(), []);
  assert.equal(call.ask('start'), 'recording.not_allowed');
});

test('something confidential pauses it by itself, and what somebody else paused stays so', () => {
  const call = new Recorded(always);
  call.talk();
  assert.deepEqual(call.ask('pause'), ['paused api']);
  assert.deepEqual(call.happen('confidence.began'), ['paused system']);
  assert.deepEqual(call.ask('resume'), ['resumed api']);
  assert.equal(call.paused, true, 'what is entered in confidence is not heard, whoever resumes');
  assert.deepEqual(call.happen('confidence.ended'), ['resumed system']);
  assert.equal(call.paused, false);
  assert.deepEqual(call.happen('recording.pause_wanted', { wanted: true }), ['paused flow']);
  assert.deepEqual(call.happen('recording.pause_wanted', { wanted: false }), ['resumed flow']);
});

test('a recording that would begin paused begins when there is something to hear', () => {
  const call = new Recorded(always);
  call.happen('confidence.began');
  assert.deepEqual(call.talk(), []);
  assert.deepEqual(call.happen('confidence.ended'), ['start queue o.anna']);
});

test('a customer on hold is not recorded, nor is what the agent asks a colleague', () => {
  const call = new Recorded(always);
  call.talk();
  assert.deepEqual(call.happen('call.held', { offerId: 'o.anna', by: 'phone' }), ['paused system']);
  assert.deepEqual(call.happen('consult.started', { consultId: 'c1.c1-a' }), []);
  assert.deepEqual(call.happen('call.retrieved', { offerId: 'o.anna', by: 'phone' }), []);
  assert.deepEqual(call.happen('consult.returned', { consultId: 'c1.c1-a' }), ['resumed system']);
});

test("an agent's key begins a recording, then pauses it and lets it go on", () => {
  const call = new Recorded(demand);
  const press = (): string[] => {
    const pressed: string[] = [];
    pressRecord(call.state, call.site, { contactId: 'c1', atMs: call.nowMs }, (event) => {
      pressed.push(short(event));
      call.take(event);
    });
    return pressed;
  };
  assert.deepEqual(press(), [], 'nobody talks yet');
  call.talk();
  assert.deepEqual([press(), press(), press()], [['start demand o.anna'], ['paused phone'], ['resumed phone']]);
});

test('what was stopped by hand stays so with this agent and the next', () => {
  const call = new Recorded(always);
  call.talk();
  assert.deepEqual(call.ask('stop'), ['stopped api']);
  assert.deepEqual(call.happen('call.held', { offerId: 'o.anna' }), []);
  assert.equal(call.ask('pause'), 'recording.not_running');
  assert.deepEqual(call.happen('talk.handed_over', { offerId: 'o.ben', agentId: 'ben', queueId: 'sales' }), []);
  assert.deepEqual(call.ask('start'), ['start demand o.ben']);
});

test('a recording that ends by itself is not begun anew for the same talk', () => {
  const call = new Recorded(always);
  call.talk();
  const [one] = unfinishedRecordings(call.state);
  const finished = { recordingId: one!.recordingId, result: 'failed', durationMs: 0, files: [] };
  assert.deepEqual(call.happen('recording.finished', finished), []);
  assert.deepEqual(call.happen('call.held', { offerId: 'o.anna' }), []);
  assert.deepEqual(call.happen('talk.handed_over', { offerId: 'o.ben', agentId: 'ben', queueId: 'sales' }), [
    'start queue o.ben',
  ]);
});

test('whatever happens: one part at a most, none without a talk that may be recorded, and a snapshot says the same', () => {
  const kinds = [
    ['contact.connected', { offerId: 'o.anna', agentId: 'anna', queueId: 'sales' }],
    ['contact.handled', { offerId: 'o.anna', agentId: 'anna', queueId: 'sales' }],
    ['talk.handed_over', { offerId: 'o.ben', agentId: 'ben', queueId: 'sales' }],
    ['contact.queued', {}],
    ['contact.requeued', { offerId: 'o.anna' }],
    ['call.held', { offerId: 'o.anna' }],
    ['call.retrieved', { offerId: 'o.anna' }],
    ['confidence.began', {}],
    ['confidence.ended', {}],
    ['recording.wanted', { wanted: true }],
    ['recording.wanted', { wanted: false }],
    ['consent.declined', {}],
    ['far_talk.started', { legId: 'c1.l1-a' }],
    ['far_talk.ended', { legId: 'c1.l1-a' }],
    ['contact.ended', { cause: 'hung_up', endedBy: 'customer' }],
  ] as const;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...kinds), { maxLength: 30 }), fc.boolean(), (steps, isAlways) => {
      const call = new Recorded(isAlways ? always : demand);
      let declined = false;
      for (const [kind, more] of steps) {
        call.happen(kind, more);
        declined ||= kind === 'consent.declined';
        const running = unfinishedRecordings(call.state).filter(({ stage }) => stage === 'running');
        const { part, talk } = call.state.calls.get('c1')!;
        assert.deepEqual(
          running.map(({ recordingId }) => recordingId),
          part ? [part.recordingId] : [],
        );
        if (declined) assert.equal(part, null);
        if (part?.right) assert.equal(part.right, talk?.legId);
        const saved = JSON.parse(JSON.stringify(saveRecordings(call.state)));
        assert.deepEqual(restoreRecordings(saved), call.state);
      }
      call.happen('contact.ended', { cause: 'hung_up', endedBy: 'customer' });
      assert.equal(call.state.calls.get('c1')!.part, null, 'nothing is recorded of a customer who is gone');
    }),
  );
});
