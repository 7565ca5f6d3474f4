import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STEPS } from '../../src/flow/steps.ts';
import { allFlowsPicture } from '../../src/pictures/all-flows.ts';
import { FAMILY_TYPES } from '../../src/pictures/families.ts';
import { flowPicture } from '../../src/pictures/flow-picture.ts';
import type { Picture } from '../../src/pictures/picture.ts';
import { load } from '../flow/receptionist.ts';
import { folder } from './folder.ts';

function pictured(options = {}): Picture {
  const set = folder();
  return flowPicture(set, set.flows['main']!, options);
}

const lines = ({ edges }: Picture) =>
  edges.map(({ from, to, outcomes, kind }) => `${from} > ${to}: ${outcomes.join(', ')} (${kind})`);

test('outcomes of one step that lead to the same one share a line, and a step with one way has no words on it', () => {
  const drawn = lines(pictured());
  assert.ok(drawn.includes('step choose > step sales: 1 Sales, 2 (usual)'));
  assert.ok(drawn.includes('step choose > step choose: no_match (usual)'));
  assert.ok(drawn.includes('step hello > step choose:  (usual)'));
  assert.equal(new Set(drawn).size, drawn.length);
});

test('errors and missing input that the flow handles are entries, and are drawn from each step only when asked for', () => {
  const drawn = lines(pictured());
  for (const entry of [
    'entry on error > step sorry',
    'entry on no_input > step sorry',
    'entry key 0 > step sales',
    'entry after hang-up > step note',
  ])
    assert.ok(drawn.includes(`${entry}:  (handler)`), entry);
  assert.ok(!drawn.some((line) => line.startsWith('step hello > step sorry')));
  assert.ok(!drawn.some((line) => line.startsWith('step choose > step sorry')));
  const all = lines(pictured({ errors: true }));
  assert.ok(all.includes('step hello > step sorry: error (error)'));
  assert.ok(all.includes('step choose > step sorry: no_input (usual)'));
});

test('an error of which the step itself says where it leads is always drawn', () => {
  assert.ok(lines(pictured()).includes('step ask > step sorry: error (error)'));
});

test('outcomes that only go the way of the one that stands in for them are left out', () => {
  const set = folder();
  const drawn = lines(flowPicture(set, set.flows['other']!));
  assert.deepEqual(drawn.slice(1), ['step look > step go:  (usual)']);
});

test('each node has a name, and says what it is about', () => {
  const { nodes } = pictured();
  const about = Object.fromEntries(nodes.map((node) => [node.name, node.about]));
  assert.equal(about['hello'], 'play: \u201cWelcome to the office of\u2026\u201d');
  assert.equal(about['sales'], 'queue: sales');
  assert.equal(about['ask'], 'call_flow: other');
  assert.equal(nodes[0]!.name, '100, 0800*');
});

test('every step of a flow is in its picture, and every line joins two nodes', () => {
  for (const options of [{}, { errors: true }]) {
    const { nodes, edges } = pictured(options);
    const ids = new Set(nodes.map(({ id }) => id));
    assert.equal(ids.size, nodes.length);
    for (const id of Object.keys(folder().flows['main']!.steps)) assert.ok(ids.has(`step ${id}`), id);
    for (const { from, to } of edges) assert.ok(ids.has(from) && ids.has(to), `${from} > ${to}`);
  }
});

test('the picture of all flows shows numbers, calls, and queues that send contacts to a flow', () => {
  const drawn = lines(allFlowsPicture(folder()));
  assert.deepEqual(drawn, [
    'entry 100, 0800* > flow main:  (usual)',
    'entry 200 > flow other:  (usual)',
    'flow main > flow other: calls (usual)',
    'queue sales > flow other: overflow (usual)',
    'flow main > queue sales:  (usual)',
  ]);
});

test('every step type has a family, and each family only types that exist', () => {
  assert.deepEqual(Object.values(FAMILY_TYPES).flat().sort(), [...STEPS.keys()].sort());
});

test('flows of a callback are lines in the picture of all', () => {
  const { set } = load({
    'site.yaml':
      'numbers: { "100": main }\nqueues: { sales: {} }\nagents: { anna: { extension: "1", queues: [sales] } }\n',
    'main.yaml':
      'steps:\n  back: { type: callback, queue: sales, first: customer, flow: hello, on_machine: message, on: { error: end }, next: end }\n  end: { type: hangup }\n',
    'hello.yaml': 'steps: { a: { type: queue, queue: sales } }',
    'message.yaml': 'steps: { a: { type: hangup } }',
  });
  assert.ok(set);
  const drawn = lines(allFlowsPicture(set));
  assert.ok(drawn.includes('flow main > flow hello: calls back (usual)'));
  assert.ok(drawn.includes('flow main > flow message: machine (usual)'));
});

test('flows that run while somebody waits, and the one of an emergency, are lines in the picture of all', () => {
  const { set } = load({
    'site.yaml':
      'numbers: { "100": main }\nqueues: { sales: {} }\nagents: { anna: { extension: "1", queues: [sales] } }\nemergency_flow: stop\n',
    'main.yaml':
      'steps:\n  wait: { type: queue, queue: sales, while_waiting: news }\n  out: { type: dial, to: [{ agent: anna }] }\n  room: { type: conference, room: team }\n',
    'news.yaml': 'steps: { a: { type: return } }',
    'stop.yaml': 'steps: { a: { type: hangup } }',
  });
  assert.ok(set);
  const drawn = lines(allFlowsPicture(set));
  assert.ok(drawn.includes('flow main > flow news: while waiting (usual)'));
  assert.ok(drawn.includes('entry emergency > flow stop:  (handler)'));
  const { nodes } = flowPicture(set, set.flows['main']!);
  assert.deepEqual(
    ['wait', 'out', 'room'].map((name) => nodes.find((node) => node.name === name)?.about),
    ['queue: sales', 'dial: anna', 'conference: team'],
  );
});
