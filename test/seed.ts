import fc from 'fast-check';

// Loaded before every test file by `npm test` and `npm run check`: the same days each time, so that the result is about
// the change and not about luck. STROWGER_TEST_SEED=N tries other days, STROWGER_TEST_SEED=random new ones each time;
// what they find becomes a test of its own.

const wanted = process.env['STROWGER_TEST_SEED'] ?? '20261121';
if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted) });
