// Loaded into a controller under test by NODE_OPTIONS=--import: its time of day is off by so many milliseconds as the
// file says that STROWGER_TEST_CLOCK names. Time that passes is not changed, as when somebody sets a machine's clock.
import { readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 20;
const file = process.env.STROWGER_TEST_CLOCK;
const realNow = Date.now.bind(Date);
const RealDate = Date;
let shiftMs = 0;

function look() {
  try {
    shiftMs = Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    shiftMs = 0;
  }
}

if (file !== undefined) {
  look();
  setInterval(look, LOOK_EVERY_MS).unref();
  globalThis.Date = class extends RealDate {
    constructor(...given) {
      super(...(given.length === 0 ? [realNow() + shiftMs] : given));
    }
    static now() {
      return realNow() + shiftMs;
    }
  };
}
