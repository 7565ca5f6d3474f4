import { faults } from './faults.ts';
import { hour } from './hour.ts';
import { killSoak } from './kill.ts';
import { ringAll } from './ring-all.ts';
import type { Soak } from './soak.ts';

/** Every soak by its name. */
export const SOAKS: ReadonlyMap<string, Soak> = new Map(
  Object.entries({ faults, kill: killSoak(300, 100), 'ring-all': ringAll, hour }),
);
