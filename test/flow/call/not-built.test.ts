import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorOf, flow, problemsOf } from '../one-flow.ts';

/** Every step whose engine is not built yet, with all of its parameters. */
const STEPS = [
  `type: voicemail, mailbox: sales, greeting: Hello., beep: false, max_duration: 2m, min_duration: 2s, end_silence: 3s,
    terminator: star, review: { "1": listen, "2": rerecord, "3": save, "4": cancel }, notify: [a@example.com], transcribe: true,
    on: { saved: end, too_short: end, cancelled: end, hangup_saved: end`,
  `type: record, prompt: Say it., into: words, beep: true, max_duration: 20s, min_duration: 0s, end_silence: 2s, terminator: "#",
    on: { ok: end, silence: end, max: end`,
  `type: recording, action: start, scope: dual, announce: Recorded., consent: { prompt: May we?, yes: "1", no: "2" },
    on: { ok: end, declined: end`,
  `type: dial, to: ["+4930123", { sip: "sip:a@example.com" }, { agent: anna }, { number: "1" }, { extension: "2" }], order: serial,
    caller_id: "+4930", timeout: 20s, time_limit: 1h, ringback: jazz, answer_confirm: { prompt: Press 1., key: "1" }, whisper: A call.,
    record: true, headers: { X-Who: "\${{ contact.from }}" }, on_answer: main,
    on: { completed: end, busy: end, no_answer: end, declined: end, unavailable: end, failed: end, cancelled: end`,
  'type: transfer, to: "+4930123", mode: attended, on: { ok: end, rejected: end, failed: end',
  `type: conference, room: "r\${{ contact.to }}", pin: "1234", moderator: true, record: true, max: 10, music: jazz,
    on: { left: end, full: end, ended: end`,
  'type: send_dtmf, digits: "1w2#", duration: 200ms, on: { ok: end',
  `type: detect_machine, timeout: 4s, max_words: 5, wait_for_beep: true,
    on: { human: end, machine: end, fax: end, unknown: end`,
  'type: stream, action: start, url: "wss://ears.example.com/x", direction: caller, format: ulaw, on: { ok: end',
  `type: callback, queue: sales, mode: schedule, number: "+4930", confirm_number: false,
    slots: { window: 2d, step: 15m, time_zone: Europe/Berlin }, delay: 1h, attempts: 2, retry_delay: 10m, expires: 2d,
    duplicate_policy: replace, prompts: { offer: A., number: B., confirm: C., accepted: D. },
    on: { accepted: end, declined: end, invalid_number: end, not_allowed: end, duplicate: end`,
  `type: notify, by: email, to: a@example.com, subject: Hello, message: "From \${{ contact.from }}", from: b@example.com,
    on: { ok: end`,
];

for (const step of STEPS) {
  const type = /type: (\w+)/.exec(step)![1]!;
  test(`the check takes ${type} with all its parameters and outcomes, and a contact leaves it by error`, () => {
    assert.deepEqual(problemsOf(`${step}, error: end }`), []);
    const written = `  step: { ${step}, error: end } }\n  end: { type: hangup }`;
    assert.match(errorOf(flow(written).call('100'))!, /^step\.not_available .+ \(step step\)$/);
  });
}

test('what such steps lack is a problem all the same', () => {
  for (const [step, told] of [
    ['type: voicemail', /key\.missing .*"mailbox"/],
    ['type: recording, action: begin', /value\.choice/],
    ['type: stream, action: start', /key\.missing .*"url"/],
    ['type: stream, action: start, url: "http://a"', /value\.type .*ws/],
    ['type: conference, room: a, pin: abc', /value\.type .*PIN/],
    ['type: callback, queue: salse', /queue\.unknown .*"sales"/],
    ['type: dial', /key\.missing .*"to"/],
  ] as const) {
    assert.ok(
      problemsOf(step).some((line) => told.test(line)),
      step,
    );
  }
});
