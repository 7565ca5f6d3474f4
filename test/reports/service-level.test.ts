import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FORMULA_IDS, SERVICE_LEVEL_FORMULAS, serviceLevel } from '../../src/reports/service-level.ts';

test('every formula has its name and its words', () => {
  for (const id of FORMULA_IDS) {
    const { name, formula } = SERVICE_LEVEL_FORMULAS[id];
    assert.equal(SERVICE_LEVEL_FORMULAS[id].id, id);
    assert.ok(name.length > 10 && formula.includes(' / '));
  }
});

test('whatever the counters, a service level is null or a share from 0 to 1, never NaN', () => {
  const parts = fc.tuple(fc.nat(50), fc.nat(50), fc.nat(50), fc.nat(50), fc.nat(50));
  fc.assert(
    fc.property(parts, ([a, answeredLate, b, abandonedLate, others]) => {
      const answered = a + answeredLate;
      const abandoned = b + abandonedLate;
      const offered = answered + abandoned + others;
      for (const id of FORMULA_IDS) {
        const level = serviceLevel(id, { answeredWithin: a, answered, abandonedWithin: b, abandoned, offered });
        assert.ok(level === null || (level >= 0 && level <= 1), `${id} ${level}`);
      }
    }),
  );
});
