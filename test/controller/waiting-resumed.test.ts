import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Task, tasksFor } from '../../src/controller/commands.ts';
import { takeIn } from '../../src/controller/decide.ts';
import { fromSnapshot, toSnapshot } from '../../src/controller/snapshot.ts';
import { emptyState, type State } from '../../src/controller/state.ts';
import type { Event } from '../../src/model/event.ts';
import { flows } from '../rehearsal/folder.ts';

// Who waits while the controller is away waits on: in the same place, in the same step of whatever flow runs meanwhile, with
// music or a prompt and never without either.

const SET = flows(
  `
steps:
  wait:
    type: queue
    queue: sales
    announcements: { first_after: 5s, every: 5s, prompts: [Thank you.] }
    while_waiting: { flow: news, after: 20s }
  end: { type: hangup }
`,
  { 'news.yaml': 'steps: { one: { type: play, prompt: One. }, two: { type: play, prompt: Two. } }' },
);
const CONTACT = 'c1';

/** A caller who has waited for so long, and what the door hears of it. */
class Waiting {
  state: State = emptyState();
  nowMs = 1_000_000;

  constructor() {
    this.take({ kind: 'flows.loaded', atMs: this.nowMs, flows: SET });
    this.#open();
    const about = { contactId: CONTACT, legId: CONTACT, channel: 'voice', from: '1555', to: '100' } as const;
    this.take({ kind: 'contact.arrived', atMs: this.nowMs, ...about });
    this.take({ kind: 'contact.answered', atMs: this.nowMs, contactId: CONTACT });
  }

  #open(): void {
    this.take({ kind: 'door.opened', atMs: this.nowMs, door: 'voice' });
    this.take({ kind: 'door.agreed', atMs: this.nowMs, door: 'voice' });
  }

  take(event: Event): { readonly batch: readonly Event[]; readonly tasks: readonly Task[] } {
    const { batch, fault } = takeIn(this.state, event);
    if (fault) throw fault;
    return { batch, tasks: batch.flatMap((one) => tasksFor(this.state, one)) };
  }

  pass(ms: number) {
    this.nowMs += ms;
    return this.take({ kind: 'time.passed', atMs: this.nowMs });
  }

  heardOut() {
    const { promptId } = this.state.flow.sessions.get(CONTACT)!;
    const about = { contactId: CONTACT, promptId: promptId ?? '', result: 'done' } as const;
    return this.take({ kind: 'prompt.finished', atMs: this.nowMs, ...about });
  }

  /** The controller is killed and started again, by way of a snapshot. */
  restart() {
    const saved = JSON.parse(JSON.stringify(toSnapshot(this.state, this.nowMs)));
    this.state = fromSnapshot(saved);
    this.#open();
    return this.take({ kind: 'flow.resumed', atMs: this.nowMs, contactId: CONTACT });
  }
}

function kinds(events: readonly Event[]): string[] {
  return events.map(({ kind }) => kind);
}

function doings(tasks: readonly Task[]): string[] {
  return tasks.map((task) => (task.do === 'speak' ? `speak ${JSON.stringify(task.parts)}` : task.do));
}

test('who hears music hears it on, and keeps the place', () => {
  const caller = new Waiting();
  caller.pass(2_000);
  const { batch, tasks } = caller.restart();
  assert.deepEqual(kinds(batch), ['flow.resumed']);
  assert.deepEqual(doings(tasks), ['stop_prompt', 'start_music']);
  assert.equal(caller.state.acd.items.get(CONTACT)?.queuedAtMs, 1_000_000);
  assert.match(doings(caller.pass(5_000).tasks).join(), /stop_music,speak .*Thank you/, 'and announcements go on');
});

test('an announcement that was cut off by it is followed by music', () => {
  const caller = new Waiting();
  caller.pass(5_000);
  const { batch, tasks } = caller.restart();
  assert.deepEqual(kinds(batch), ['flow.resumed', 'prompt.stopped']);
  assert.deepEqual(doings(tasks), ['stop_prompt', 'start_music', 'stop_prompt']);
});

test('a flow that ran meanwhile is taken up in its step', () => {
  const caller = new Waiting();
  caller.pass(5_000);
  caller.heardOut();
  for (let count = 0; count < 8 && caller.state.flow.sessions.get(CONTACT)?.flowId !== 'news'; count++) {
    caller.pass(5_000);
    if (caller.state.flow.sessions.get(CONTACT)?.flowId !== 'news') caller.heardOut();
  }
  caller.heardOut();
  assert.equal(caller.state.flow.sessions.get(CONTACT)?.stepId, 'two');
  const { batch, tasks } = caller.restart();
  assert.deepEqual(kinds(batch), ['flow.resumed', 'prompt.stopped', 'prompt.started']);
  assert.match(doings(tasks).join(), /speak .*Two/);
  const over = caller.heardOut();
  assert.deepEqual(kinds(over.batch), ['prompt.finished', 'step.left', 'flow.returned']);
  assert.deepEqual(doings(over.tasks), ['start_music']);
});
