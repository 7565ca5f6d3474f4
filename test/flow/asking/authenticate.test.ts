import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { authenticate } from '../../../src/flow/steps/asking/authenticate.ts';
import { codesOf, type Scene, Stage } from './step-context.ts';

const BASE = 'prompt: Your PIN?\nverify: result.value == vars.pin\nmax: 4\n';
const VARS = { pin: '4711', account: '8' };
const at = (more = '', scene: Scene = {}): Stage => new Stage(authenticate, BASE + more, { vars: VARS, ...scene });
const LOCK = 'lock: account ${{ vars.account }}\n';
const NOW_MS = 1_000_000;
const failures = (count: number, untilMs: number | null = null): Scene => ({
  locks: { 'account 8': { failures: count, untilMs, forgetMs: 2_000_000 } },
});

describe('a secret', () => {
  test('that is right lets through', () => {
    const left = at().press('4711').left;
    assert.equal(left?.outcome, 'ok');
    assert.equal(left?.set, undefined);
    assert.deepEqual(left?.tell, []);
  });

  test('is in a variable only where one is named', () => {
    assert.deepEqual(at('into: pin_entered').press('4711').left?.set, { pin_entered: '4711' });
    assert.deepEqual(authenticate.gives!(at('into: pin_entered').given).vars, { pin_entered: 'text' });
    assert.deepEqual(authenticate.gives!(at().given).vars, {});
  });

  test('is always sensitive', () => {
    assert.equal(authenticate.sensitive!(at().given), true);
  });

  test('may be spoken or written, or a date', () => {
    assert.equal(at().say('four seven one one').outcome, 'ok');
    assert.equal(at('', { channel: 'chat' }).reply('4711').outcome, 'ok');
    assert.equal(at('input: dtmf').say('four seven one one').outcome, undefined);
    const birth = 'prompt: When were you born?\nverify: result.value == "1980-12-24"\nkind: date\n';
    assert.equal(new Stage(authenticate, birth).press('24121980').outcome, 'ok');
    assert.equal(new Stage(authenticate, `${birth}format: MMDDYYYY`).press('12241980').outcome, 'ok');
    assert.equal(new Stage(authenticate, birth).say('two four one two one nine eight zero', 0.4).outcome, undefined);
  });

  test('that is wrong is asked for again, so many times', () => {
    const caller = at('denied_prompt: That is wrong.').press('1111');
    assert.deepEqual(caller.heard, ['That is wrong.', 'Your PIN?']);
    assert.equal(caller.press('2222').outcome, undefined);
    assert.equal(caller.press('3333').outcome, 'denied');
    assert.deepEqual(caller.told, []);
    assert.equal(at('max_attempts: 1').press('1111').outcome, 'denied');
    assert.deepEqual(at().say('one one one one').heard, ['Your PIN?']);
  });

  test('that is denied for good is followed by last words', () => {
    const caller = at('max_attempts: 1\nfinal_prompt: Goodbye.').press('1111');
    assert.deepEqual([caller.heard, caller.outcome], [['Goodbye.'], undefined]);
    assert.equal(caller.heardOut().outcome, 'denied');
  });

  test('that is not entered', () => {
    assert.equal(at('attempts: 1').silence().outcome, 'no_input');
  });

  test('that is too short or not understood is asked for again, but is no attempt to get in', () => {
    const caller = at(`${LOCK}min: 4`).press('12#').say('what').say('four seven one one', 0.2);
    assert.deepEqual([caller.outcome, caller.told], ['denied', []]);
    assert.equal(at('min: 4\nattempts: 1').press('12#').outcome, 'denied');
  });
});

describe('a lock', () => {
  test('remembers each failure, and forgets them after a while', () => {
    const caller = at(LOCK).press('1111');
    const failed = { kind: 'authentication.failed', lock: 'account 8', forgetMs: NOW_MS + 1_800_000 };
    assert.deepEqual(caller.told, [failed]);
  });

  test('is closed by the last failure, those of earlier contacts counted', () => {
    const caller = at(`${LOCK}lockout: 1h`, failures(2)).press('1111');
    assert.equal(caller.outcome, 'locked');
    const untilMs = NOW_MS + 3_600_000;
    assert.deepEqual(caller.told, [{ kind: 'authentication.failed', lock: 'account 8', untilMs, forgetMs: untilMs }]);
  });

  test('has a name of bounded length', () => {
    const told = at(LOCK, { vars: { ...VARS, account: '8'.repeat(500) } }).press('1111').told[0];
    assert.equal(told?.kind === 'authentication.failed' && told.lock.length, 200);
  });

  test('may take more failures than one contact has', () => {
    const caller = at(`${LOCK}lock_after: 5\nmax_attempts: 2`, failures(1)).press('1111').press('2222');
    assert.equal(caller.outcome, 'denied');
    assert.equal(at(`${LOCK}lock_after: 5`, failures(4)).press('1111').outcome, 'locked');
  });

  test('that is closed lets nobody try', () => {
    const caller = at(LOCK, failures(3, NOW_MS + 1));
    assert.deepEqual([caller.outcome, caller.heard], ['locked', []]);
    assert.equal(at(LOCK, failures(3, NOW_MS)).outcome, undefined);
  });

  test('that another contact closed meanwhile does not take the right secret', () => {
    const locks: Record<string, { failures: number; untilMs: number | null; forgetMs: number }> = {};
    const caller = at(LOCK, { locks });
    locks['account 8'] = { failures: 3, untilMs: NOW_MS + 1, forgetMs: NOW_MS + 1 };
    assert.equal(caller.press('4711').outcome, 'locked');
  });

  test('is opened by the right secret', () => {
    const caller = at(LOCK, failures(2)).press('4711');
    assert.deepEqual(caller.told, [{ kind: 'authentication.passed', lock: 'account 8' }]);
  });

  test('falls back to denied', () => {
    assert.equal(authenticate.fallbacks?.get('locked'), 'denied');
    assert.deepEqual(authenticate.outcomes(at().given), ['ok', 'denied', 'locked', 'no_input']);
    assert.deepEqual(authenticate.mustRoute!(at().given), ['denied', 'no_input']);
  });
});

describe('an authentication is refused', () => {
  test('when it would say the secret', () => {
    assert.deepEqual(codesOf(authenticate, `${BASE}denied_prompt: "\${{ result.value }} is wrong"`), [
      '4 sensitive.exposed',
    ]);
  });

  test('when parameters mean nothing beside each other', () => {
    assert.deepEqual(codesOf(authenticate, `${BASE}lockout: 1h\nlock_after: 3`), ['5 key.conflict', '4 key.conflict']);
    assert.deepEqual(codesOf(authenticate, `${BASE}lockout: 1h`), ['4 key.conflict']);
    assert.deepEqual(codesOf(authenticate, `${BASE}format: YYYYMMDD`), ['4 key.conflict']);
    assert.deepEqual(codesOf(authenticate, `${BASE}min: 5`), ['4 value.range']);
    assert.deepEqual(codesOf(authenticate, `${BASE}clear_key: hash`), ['4 key.conflict']);
  });

  test('without anything to verify', () => {
    assert.deepEqual(codesOf(authenticate, 'prompt: Your PIN?'), ['1 key.missing']);
  });
});
