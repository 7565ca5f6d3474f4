import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Task } from '../../src/controller/commands.ts';
import type { Event } from '../../src/model/event.ts';
import { givenFloor } from '../../src/rehearsal/given-floor.ts';
import { VirtualHall } from '../../src/rehearsal/virtual-hall.ts';
import { flows } from './folder.ts';

// Whatever happens while somebody waits, music, announcements and the prompts of a flow are never heard together, and there is
// never silence where music should be.

const SET = flows(
  `
steps:
  hello: { type: play, prompt: Welcome. }
  wait:
    type: queue
    queue: sales
    exit_keys: { "9": out }
    announcements: { first_after: 5s, every: 7s, position: true, prompts: [Thank you for your patience.] }
    while_waiting: { flow: news, after: 3s, repeat: 10s }
    on: { handled: wait-more, exit: out }
  wait-more: { type: queue, queue: sales, announcements: { first_after: 0s, every: 5s, position: true }, on: { handled: out } }
  out: { type: play, prompt: Goodbye. }
  end: { type: hangup }
`,
  {
    'news.yaml': `
steps:
  news: { type: play, prompt: News of the day. }
  ask: { type: menu, prompt: "To hear more, press 1. To leave, press 5.", options: { "1": news, "5": leave }, on: { no_input: pause, no_match: pause } }
  pause: { type: wait, duration: 4s }
  leave: { type: return, outcome: exit }
`,
  },
);

/** What the caller hears, by what the door is told to do and tells. */
class Ear {
  music = false;
  readonly prompts = new Set<string>();
  talking = false;
  answered = false;

  performed(task: Task): void {
    if (task.do === 'start_music') this.music = true;
    if (task.do === 'stop_music') this.music = false;
    if (task.do === 'speak') this.prompts.add(task.promptId);
    if (task.do === 'connect') {
      this.music = false;
      this.talking = true;
    }
    if (task.do === 'release') this.talking = false;
  }

  took(event: Event): void {
    if (event.kind === 'prompt.finished') this.prompts.delete(event.promptId);
    if (event.kind === 'contact.answered') this.answered = true;
  }
}

const DOES = fc.oneof(
  fc.record({ do: fc.constant('pass' as const), ms: fc.nat(12_000) }),
  fc.record({ do: fc.constantFrom('log_in', 'log_out', 'answer', 'end') }),
  fc.record({ do: fc.constant('press' as const), key: fc.constantFrom('1', '2', '5', '9') }),
);

test('music and words take turns, and who waits hears one of them', () => {
  fc.assert(
    fc.property(fc.array(DOES, { minLength: 5, maxLength: 60 }), (doings) => {
      const ear = new Ear();
      const hall: VirtualHall = new VirtualHall(1_000_000, givenFloor({}), {
        took: (event) => ear.took(event),
        performed: (task) => ear.performed(task),
        broke: (fault) => {
          throw fault;
        },
      });
      begin(hall);
      for (const doing of doings) {
        if (hall.state.contacts.get('c1')?.endedAtMs !== null) return;
        live(hall, doing);
        look(hall, ear);
      }
    }),
    { numRuns: 300 },
  );
});

function begin(hall: VirtualHall): void {
  const { nowMs: atMs } = hall;
  hall.take({ kind: 'flows.loaded', atMs, flows: SET });
  hall.take({ kind: 'door.opened', atMs, door: 'voice' });
  hall.take({ kind: 'door.agreed', atMs, door: 'voice' });
  hall.take({ kind: 'phone.changed', atMs, agentId: 'anna', phone: 'idle' });
  const about = { contactId: 'c1', legId: 'c1', channel: 'voice', from: '1555', to: '100' } as const;
  hall.take({ kind: 'contact.arrived', atMs, ...about });
}

function live(hall: VirtualHall, doing: { do: string; ms?: number; key?: string }): void {
  const { nowMs: atMs, state } = hall;
  const offer = [...state.acd.offers.values()][0];
  switch (doing.do) {
    case 'pass':
      return hall.passTo(atMs + (doing.ms ?? 0));
    case 'log_in':
    case 'log_out':
      return hall.take({
        kind: doing.do === 'log_in' ? 'agent.logged_in' : 'agent.logged_out',
        atMs,
        agentId: 'anna',
        by: 'api',
      });
    case 'press':
      return hall.take({ kind: 'digit.received', atMs, contactId: 'c1', digit: doing.key ?? '1' });
    case 'answer':
      if (offer && offer.answeredAtMs === null) hall.take({ kind: 'offer.answered', atMs, offerId: offer.id });
      return;
    default:
      if (offer && offer.answeredAtMs !== null)
        hall.take({ kind: 'offer.ended', atMs, offerId: offer.id, cause: 'hung_up' });
  }
}

function look({ state }: VirtualHall, ear: Ear): void {
  assert.ok(ear.prompts.size <= 1, `${ear.prompts.size} prompts at once`);
  assert.ok(!(ear.music && ear.prompts.size > 0), 'music and a prompt at once');
  const item = state.acd.items.get('c1');
  if (item?.stage === 'talking') assert.ok(!ear.music && ear.prompts.size === 0, 'sound in a talk');
  else if (item && ear.answered) assert.ok(ear.music || ear.prompts.size > 0, 'silence while waiting');
}
