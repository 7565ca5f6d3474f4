import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareVersions, parseAsteriskVersion } from '../../src/model/asterisk-version.ts';
import { checkAsteriskVersion } from '../../src/supervisor/asterisk-version.ts';

test('the version is read from what Asterisk says about itself', () => {
  assert.equal(parseAsteriskVersion('Asterisk 22.10.1+dfsg+~cs6.17.60671434-1\n'), '22.10.1');
  assert.equal(parseAsteriskVersion('Asterisk 20.6.0~dfsg+~cs6.13.40431414-2build5'), '20.6.0');
  assert.equal(parseAsteriskVersion('Asterisk certified/18.9-cert8'), '18.9-cert8');
  assert.equal(parseAsteriskVersion('Asterisk 22.11.0-rc1'), '22.11.0-rc1');
  assert.equal(parseAsteriskVersion('asterisk: command not found'), undefined);
});

test('versions are compared by number, and a candidate is older than its release', () => {
  const ordered = ['18.9-cert8', '20.6.0', '22.9.3', '22.10.0', '22.10.1-rc1', '22.10.1', '22.10.2', '22.11.0', '23.0'];
  for (let i = 1; i < ordered.length; i++) {
    assert.ok(compareVersions(ordered[i - 1]!, ordered[i]!) < 0, `${ordered[i - 1]} is older than ${ordered[i]}`);
    assert.ok(compareVersions(ordered[i]!, ordered[i - 1]!) > 0);
  }
  assert.equal(compareVersions('22.10', '22.10.0'), 0);
});

test('an Asterisk that is too old is refused with what was found and what is needed', () => {
  assert.throws(() => checkAsteriskVersion('20.6.0', '/usr/sbin/asterisk', 'Do this.'), {
    code: 'asterisk.too_old',
    message: /\/usr\/sbin\/asterisk is Asterisk 20\.6\.0, but 22\.10\.1 or newer is needed\. Do this\./,
  });
  checkAsteriskVersion('22.10.1', 'x', '');
});
