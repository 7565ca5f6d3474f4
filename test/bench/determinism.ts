import { liveTwice } from '../controller/rerun.ts';
import type { Bench } from './bench.ts';

const EVENTS = 1_000_000;

export const determinism: Bench = {
  summary: `a random day of ${EVENTS / 1_000_000} million events, decided again by another process (a few minutes)`,
  needs: [],
  async run({ say }) {
    say(`living a day of ${EVENTS} events here, and then in another process`);
    const fromMs = performance.now();
    const found = await liveTwice(20_261_121, EVENTS);
    const tookS = (performance.now() - fromMs) / 1000;
    const rows = [
      ['events', String(found.events)],
      ['of them decisions', String(found.decisions)],
      ['decisions that differ', String(found.differences)],
      ['same state at the end, byte by byte', found.sameState ? 'yes' : 'NO'],
      ['took, s', tookS.toFixed(0)],
    ];
    const tables = [{ title: 'The same day in two processes', head: ['', 'value'], rows }];
    return { tables, notes: [], figures: { ...found, tookS }, asterisk: undefined };
  },
};
