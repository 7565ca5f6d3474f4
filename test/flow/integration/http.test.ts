import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorOf, flow, ofKind, problemsOf } from '../one-flow.ts';
import { load, outcomes, type Receptionist, SITE, said } from '../receptionist.ts';

const GET = 'type: http, url: "https://crm.example.com/orders/${{ contact.from }}"';

/** A caller whose flow asks another system by these parameters, at once. */
function asking(parameters: string, rest = 'next: end'): Receptionist {
  const caller = flow(`
  give: { type: set, vars: { name: "Jo & Co/..", id: 7, list: [1, 2] } }
  ask: { ${parameters}, ${rest} }
  end: { type: hangup }`);
  caller.call('100');
  return caller;
}

test('what is asked is worked out from the step: address, query, headers and body', () => {
  const { request } = asking(`type: http, method: PUT,
    url: "https://crm.example.com/\${{ vars.name }}/x?q=\${{ vars.name }}",
    query: { who: "\${{ contact.from }}", n: 2, yes: true, list: "\${{ vars.list }}", none: null },
    headers: { X-Caller: "<\${{ contact.from }}>" },
    json: { id: "\${{ vars.id }}", nested: [{ a: 1, b: "\${{ vars.id }}!" }], zip: 08015 }`);
  assert.deepEqual(request, {
    method: 'PUT',
    url: 'https://crm.example.com/Jo%20%26%20Co%2F../x?q=Jo%20%26%20Co%2F..',
    query: { who: '15551234', n: '2', yes: 'true', list: '[1,2]', none: '' },
    headers: { 'X-Caller': '<15551234>' },
    secretHeaders: {},
    body: { json: { id: 7, nested: [{ a: 1, b: '7!' }], zip: '08015' } },
    timeoutMs: 10_000,
    connectTimeoutMs: 3_000,
    retry: { attempts: 1, backoffMs: 500, on: [] },
    redirects: 0,
    idempotencyKey: 'c1.ask.2',
  });
});

test('the method is GET without a body and POST with one, and a form is sent as texts', () => {
  assert.equal(asking(GET).request.method, 'GET');
  const { method, body } = asking(
    'type: http, url: "https://a.example/", form: { id: "${{ vars.id }}", a: b }',
  ).request;
  assert.deepEqual([method, body], ['POST', { form: { id: '7', a: 'b' } }]);
});

test('secrets go by their names, as a bearer token, a password or a header', () => {
  const headersOf = (auth: string) => asking(`${GET}, auth: ${auth}`).request.secretHeaders;
  assert.deepEqual(headersOf('{ bearer: CRM }'), { Authorization: { secret: 'CRM', prefix: 'Bearer ' } });
  assert.deepEqual(headersOf('{ basic: { user: ivr, password: CRM_PASS } }'), {
    Authorization: { secret: 'CRM_PASS', prefix: 'Basic ', user: 'ivr' },
  });
  assert.deepEqual(headersOf('{ header: { name: X-Key, secret: KEY } }'), { 'X-Key': { secret: 'KEY', prefix: '' } });
});

test('times, attempts and redirects go along', () => {
  const { timeoutMs, connectTimeoutMs, retry, redirects } = asking(
    `${GET}, timeout: 2s, connect_timeout: 500ms, redirects: 2, retry: { attempts: 4, backoff: 1s, on: [5xx, "429"] }`,
  ).request;
  assert.deepEqual(
    { timeoutMs, connectTimeoutMs, retry, redirects },
    {
      timeoutMs: 2_000,
      connectTimeoutMs: 500,
      retry: { attempts: 4, backoffMs: 1_000, on: ['5xx', '429'] },
      redirects: 2,
    },
  );
  assert.deepEqual(asking(`${GET}, retry: {}`).request.retry, {
    attempts: 3,
    backoffMs: 500,
    on: ['network', 'timeout', '5xx'],
  });
});

test('the same visit of a step has the same key after a restart; another visit has another one', () => {
  const caller = flow(`
  ask: { ${GET}, next: again }
  again: { type: loop, max: 1, on: { again: ask, done: end } }
  end: { type: hangup }`);
  caller.call('100');
  const key = caller.request.idempotencyKey;
  caller.restart();
  assert.equal(caller.request.idempotencyKey, key);
  caller.webAnswers({});
  assert.notEqual(caller.request.idempotencyKey, key);
});

test('of the answer only what save names is kept, and nothing else stands in the journal', () => {
  const caller = asking(
    GET,
    `save: { state: "\${{ result.body.state }}", first: "\${{ result.body.items[0] }}", code: "\${{ result.status }}",
      type: "\${{ result.headers['content-type'] }}", took: "\${{ result.took_ms + result.attempts }}", gone: "\${{ result.body.nothing }}" }, next: end`,
  );
  const body = { state: 'sent', items: [{ id: 4 }], secret: 'not to be kept' };
  const then = caller.webAnswers({ status: 201, headers: { 'content-type': 'application/json' }, body, attempts: 2 });
  assert.deepEqual(ofKind(then, 'step.left')[0]?.set, {
    state: 'sent',
    first: { id: 4 },
    code: 201,
    type: 'application/json',
    took: 7,
    gone: null,
  });
  assert.ok(!JSON.stringify(caller.journal).includes('not to be kept'));
});

test('a value that is too large for a variable is kept as an empty text', () => {
  const caller = asking(GET, 'save: { all: "${{ result.body }}" }, next: end');
  const then = caller.webAnswers({ body: 'x'.repeat(16_385) });
  assert.deepEqual(ofKind(then, 'step.left')[0]?.set, { all: '' });
});

test('a save that cannot be worked out leaves by invalid', () => {
  const caller = asking(GET, 'save: { n: "${{ result.body.items[3] + 1 }}" }, on: { invalid: end }, next: end');
  const then = caller.webAnswers({ body: { items: 'none' } });
  assert.deepEqual(outcomes(then), ['invalid']);
  assert.match(errorOf(then)!, /^http\.failed web\.invalid/);
});

test('a status leads by its own outcome, else by its class, else by error', () => {
  const by = (on: string, status: number) => {
    const caller = flow(
      `
  ask: { ${GET}, on: { ${on} }, next: fine }
  own: { type: play, prompt: Own., next: end }
  class: { type: play, prompt: Class., next: end }
  error: { type: play, prompt: "Error \${{ error.code }}.", next: end }
  fine: { type: play, prompt: Fine., next: end }
  end: { type: hangup }`.replace(/ {2}(own|class|error): .*\n/g, (line, step: string) =>
        on.includes(`: ${step}`) ? line : '',
      ),
    );
    caller.call('100');
    const then = caller.webAnswers({ status });
    return [...outcomes(then), ...said(then)];
  };
  const all = 'status_404: own, status_4xx: class, error: error';
  assert.deepEqual(by(all, 404), ['status_404', 'Own.']);
  assert.deepEqual(by(all, 410), ['status_410', 'Class.']);
  assert.deepEqual(by(all, 500), ['status_500', 'Error http.status.']);
  assert.deepEqual(by(all, 302), ['status_302', 'Error http.status.']);
  assert.deepEqual(by(all, 204), ['ok', 'Fine.']);
});

test('expect says which statuses are ok', () => {
  const outcome = (expect: string, status: number) =>
    outcomes(asking(`${GET}, expect: ${expect}`, 'on: { error: end }, next: end').webAnswers({ status }))[0];
  assert.equal(outcome('[200, 404]', 404), 'ok');
  assert.equal(outcome('[200, 404]', 201), 'status_201');
  assert.equal(outcome('3xx', 302), 'ok');
});

test('a request that comes to nothing leaves by what became of it', () => {
  for (const [failure, outcome] of [
    ['web.timeout', 'timeout'],
    ['web.network', 'network'],
    ['web.invalid', 'invalid'],
    ['web.too_large', 'invalid'],
    ['web.forbidden', 'invalid'],
    ['web.secret_missing', 'error'],
    ['web.busy', 'error'],
    ['web.cancelled', 'error'],
  ] as const) {
    const then = asking(GET, 'save: { a: "${{ result.status }}" }, on: { error: end }, next: end').webAnswers(failure);
    assert.deepEqual(outcomes(then), [outcome]);
    assert.match(errorOf(then)!, new RegExp(`^http\\.failed ${failure}: `));
    assert.equal(ofKind(then, 'step.left')[0]?.set, undefined);
  }
});

test('the customer hears something when the answer takes long, again if that is wanted, until it is there', () => {
  const filler = 'filler: { prompt: One moment., after: 1s, again: 5s }';
  const caller = asking(`${GET}, ${filler}`);
  assert.equal(ofKind(caller.events, 'answer.requested').length, 1);
  assert.deepEqual(caller.pass(999), []);
  assert.deepEqual(said(caller.pass(1)), ['One moment.']);
  caller.heardOut();
  assert.deepEqual(said(caller.pass(5_000)), ['One moment.']);
  const then = caller.webAnswers({});
  assert.equal(ofKind(then, 'prompt.stopped').length, 1);
  assert.deepEqual(outcomes(then), ['ok']);
});

test('a filler is played once when nothing else is said, and a call is not answered without one', () => {
  const caller = asking(`${GET}, filler: { prompt: One moment. }`);
  assert.deepEqual(said(caller.pass(2_000)), ['One moment.']);
  caller.heardOut();
  assert.deepEqual(caller.pass(60_000), []);
  assert.equal(ofKind(asking(GET).events, 'answer.requested').length, 0);
});

test('what is written wrongly is found', () => {
  for (const [step, told] of [
    ['type: http', /key\.missing .*"url"/],
    [`${GET}, method: FETCH`, /value\.choice/],
    [`${GET}, method: GET, json: { a: 1 }`, /key\.conflict .*body/],
    ['type: http, url: "https://a.example/", json: {}, form: { a: b }', /key\.conflict .*form/],
    [`${GET}, timeout: 61s`, /value\.range/],
    [`${GET}, retry: { attempts: 6 }`, /value\.range/],
    [`${GET}, retry: { on: [6xx] }`, /value\.choice/],
    [`${GET}, expect: [20]`, /value\.type .*status/],
    [`${GET}, auth: { bearer: "a b" }`, /value\.type .*secret/],
    [`${GET}, auth: { bearer: A, header: { name: B, secret: C } }`, /value\.type .*exactly one/],
    [`${GET}, auth: { basic: { user: "a:b", password: C } }`, /value\.type .*colon/],
    [`${GET}, headers: { "a b": c }`, /value\.type .*header/],
    [`${GET}, on: { status_604: end }`, /outcome\.unknown/],
    [`${GET}, on: { tiemout: end }`, /outcome\.unknown .*"timeout"/],
    [`${GET}, save: { a: "\${{ result.bdy }}" }`, /variable\.unknown .*body/],
  ] as const) {
    const found = problemsOf(step);
    assert.ok(
      found.some((line) => told.test(line)),
      `${step}: ${found.join('\n')}`,
    );
  }
});

test('what is sensitive may be sent in headers and body, but neither stand in the address nor be kept with the answer', () => {
  const codes = (parameters: string) =>
    load({
      'site.yaml': SITE,
      'main.yaml': `steps:
  ask: { type: gather, prompt: PIN?, into: pin, sensitive: true, on: { no_input: end, no_match: end } }
  http: { type: http, ${parameters}, on: { error: end } }
  end: { type: hangup }
`,
    }).problems.map(({ code }) => code);
  const to = 'url: "https://a.example/"';
  assert.deepEqual(codes(`${to}, json: { pin: "\${{ vars.pin }}" }, headers: { X-Pin: "\${{ vars.pin }}" }`), []);
  assert.deepEqual(codes(`${to}, form: { pin: "\${{ vars.pin }}" }`), []);
  assert.deepEqual(codes('url: "https://a.example/${{ vars.pin }}"'), ['sensitive.exposed']);
  assert.deepEqual(codes(`${to}, query: { pin: "\${{ vars.pin }}" }`), ['sensitive.exposed']);
  assert.deepEqual(codes(`${to}, save: { a: "\${{ vars.pin }}" }`), ['sensitive.exposed']);
});
