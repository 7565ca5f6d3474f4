import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { flow, problemsOf } from '../one-flow.ts';
import { SITE } from '../receptionist.ts';

/** What is wrong with an address; `constants.crm` is a constant of the flow. */
function wrongWith(url: string): string[] {
  const step = `type: http, url: ${JSON.stringify(url)}, on: { error: end }`;
  const more = {
    'other.yaml': 'steps: { end: { type: hangup } }',
    'site.yaml': SITE.replace('main', 'main\n  "101": other'),
  };
  return problemsOf(step, more).filter((line) => line.includes('http.host_open'));
}

test('expressions stand in path and query, after a host that is written out', () => {
  for (const url of [
    'https://crm.example.com',
    'http://crm.example.com:8080/a',
    'https://crm.example.com/${{ contact.from }}',
    'https://crm.example.com?q=${{ contact.from }}',
    'https://[2001:db8::1]/x',
  ]) {
    assert.deepEqual(wrongWith(url), [], url);
  }
});

test('an address whose host an expression could change is a problem', () => {
  for (const url of [
    'https://${{ contact.from }}/',
    'https://crm.example.com${{ contact.from }}',
    'https://crm.example.com:${{ contact.from }}/',
    'https://crm.example.com.${{ contact.from }}/x',
    '${{ contact.from }}',
    '${{ contact.from }}/x',
    '${{ constants.crm + contact.from }}',
    '${{ constants.crm }}${{ contact.from }}',
    '${{ constants.crm }}.example.com/',
    '//crm.example.com/',
    'crm.example.com/x',
    'ftp://crm.example.com/',
    'https://user@crm.example.com/',
    'https://user:pass@crm.example.com/${{ contact.from }}',
    'https:///x',
  ]) {
    assert.equal(wrongWith(url).length, 1, url);
  }
});

/** The address that a caller from this number asks for. */
function askedFor(url: string, from: string, head = ''): string {
  const caller = flow(
    `  ask: { type: http, url: ${JSON.stringify(url)}, on: { error: end } }\n  end: { type: hangup }`,
    {},
    head,
  );
  caller.from = from;
  caller.call('100');
  return caller.request.url;
}

test('an address may begin with a constant of the flow, with or without a slash at its end', () => {
  for (const base of ['https://crm.example.com', 'https://crm.example.com/']) {
    const head = `constants: { crm: ${base} }`;
    assert.equal(askedFor('${{ constants.crm }}/a/${{ contact.from }}', '1', head), 'https://crm.example.com/a/1');
  }
  assert.equal(askedFor('${{ constants.crm }}/x', '1', 'constants: { crm: "https:" }'), '');
  assert.equal(
    askedFor('${{ constants.crm }}', '1', 'constants: { crm: "https://a.example/b" }'),
    'https://a.example/b',
  );
});

test('what leads out of its part of the path gives no address at all', () => {
  for (const from of ['..', '.', '']) {
    const url = askedFor('https://crm.example.com/a/${{ contact.from }}/b', from);
    assert.equal(url, from === '' ? 'https://crm.example.com/a//b' : '', JSON.stringify(from));
  }
});

test('whatever a caller gives, the request goes to the host that is written, and stays in its place of the path', () => {
  const written = flow(
    '  ask: { type: http, url: "https://crm.example.com/a/${{ contact.from }}/z?q=${{ contact.from }}#${{ contact.from }}", on: { error: end } }\n  end: { type: hangup }',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: fc.constantFrom('.', '/', '\\', '%', '@', ':', '?', '#', '2e') }),
      ),
      (from) => {
        written.state.sessions.clear();
        written.from = from;
        written.call('100');
        const { url } = written.request;
        if (url === '') return;
        const parsed = new URL(url);
        assert.equal(parsed.host, 'crm.example.com');
        assert.equal(parsed.username, '');
        assert.match(parsed.pathname, /^\/a\/[^/]*\/z$/);
      },
    ),
  );
});

test('the message says what the matter is', () => {
  for (const [url, told] of [
    ['https://${{ contact.from }}/', /host must be written out/],
    ['https://crm.example.com${{ contact.from }}', /a slash stands between/],
    ['ftp://a.example/', /neither with http/],
    ['https://user:pass@a.example/', /under auth/],
    ['https:///x', /no host/],
  ] as const) {
    assert.match(wrongWith(url)[0] ?? '', told, url);
  }
});
