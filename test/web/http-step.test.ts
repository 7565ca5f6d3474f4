import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flow } from '../flow/one-flow.ts';
import { said } from '../flow/receptionist.ts';
import { answerOf, far, json, web } from './web-fixture.ts';

test('an http step asks a real system, and the flow goes on with what it answered', async () => {
  const crm = await far((_, response) => json(response, { order: { state: 'sent', days: 2 } }));
  const room = web({ secret: (name) => (name === 'CRM_PASSWORD' ? 'open sesame' : undefined) });
  const caller = flow(`
  ask:
    type: http
    url: ${crm.url}/orders/\${{ contact.from }}
    query: { to: "\${{ contact.to }}" }
    json: { caller: "\${{ contact.from }}", urgent: true }
    auth: { basic: { user: Aladdin, password: CRM_PASSWORD } }
    save: { state: "\${{ result.body.order.state }}", days: "\${{ result.body.order.days + 1 }}" }
    on: { error: sorry }
  tell: { type: play, prompt: "\${{ vars.state }} \${{ vars.days }}", next: end }
  sorry: { type: play, prompt: Sorry., next: end }
  end: { type: hangup }`);
  caller.from = '+49 30/1';
  caller.call('100');
  const answer = answerOf(await room.send(caller.request));
  const { request, body } = crm.asked[0]!;
  assert.equal(request.method, 'POST');
  assert.equal(request.url, '/orders/%2B49%2030%2F1?to=100');
  assert.equal(body, '{"caller":"+49 30/1","urgent":true}');
  // The example of RFC 7617, section 2.
  assert.equal(request.headers.authorization, 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==');
  assert.equal(request.headers['idempotency-key'], 'c1.ask.1');
  assert.deepEqual(said(caller.webAnswers(answer)), ['sent 3']);
});
