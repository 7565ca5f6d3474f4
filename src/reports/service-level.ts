/**
 * The counters that every service level is made of, for one queue and one interval.
 * "Within T" means a wait of at most T.
 */
export type ServiceLevelCounters = {
  /** a */
  readonly answeredWithin: number;
  /** A */
  readonly answered: number;
  /** b */
  readonly abandonedWithin: number;
  /** B */
  readonly abandoned: number;
  /** O: all that were queued, whatever became of them; those still waiting too. */
  readonly offered: number;
};

export type ServiceLevelFormula = {
  readonly id: FormulaId;
  readonly name: string;
  /** The formula as people write it. */
  readonly formula: string;
  readonly numerator: (counters: ServiceLevelCounters) => number;
  readonly denominator: (counters: ServiceLevelCounters) => number;
};

export const FORMULA_IDS = ['SL-1', 'SL-2', 'SL-3', 'SL-4', 'SL-5', 'SL-6'] as const;
export type FormulaId = (typeof FORMULA_IDS)[number];
export const DEFAULT_FORMULA: FormulaId = 'SL-4';

/**
 * Six formulas that are in use; the same calls give figures many points apart, so a report names the one it used.
 * Sources: Asterisk app_queue.c (SL-1, SL-2), Cisco Unified Contact Center "service level type" (SL-3 to SL-5),
 * G. Koole, "Call Center Optimization" (SL-6).
 */
export const SERVICE_LEVEL_FORMULAS: Readonly<Record<FormulaId, ServiceLevelFormula>> = {
  'SL-1': {
    id: 'SL-1',
    name: 'Answered within T of all answered',
    formula: 'answered within T / answered',
    numerator: (c) => c.answeredWithin,
    denominator: (c) => c.answered,
  },
  'SL-2': {
    id: 'SL-2',
    name: 'Answered or abandoned within T of all answered or abandoned',
    formula: '(answered within T + abandoned within T) / (answered + abandoned)',
    numerator: (c) => c.answeredWithin + c.abandonedWithin,
    denominator: (c) => c.answered + c.abandoned,
  },
  'SL-3': {
    id: 'SL-3',
    name: 'Answered within T, early abandons ignored',
    formula: 'answered within T / (offered - abandoned within T)',
    numerator: (c) => c.answeredWithin,
    denominator: (c) => c.offered - c.abandonedWithin,
  },
  'SL-4': {
    id: 'SL-4',
    name: 'Answered within T of all offered',
    formula: 'answered within T / offered',
    numerator: (c) => c.answeredWithin,
    denominator: (c) => c.offered,
  },
  'SL-5': {
    id: 'SL-5',
    name: 'Answered or abandoned within T of all offered',
    formula: '(answered within T + abandoned within T) / offered',
    numerator: (c) => c.answeredWithin + c.abandonedWithin,
    denominator: (c) => c.offered,
  },
  'SL-6': {
    id: 'SL-6',
    name: 'Answered within T of answered and late abandoned',
    formula: 'answered within T / (answered + abandoned after T)',
    numerator: (c) => c.answeredWithin,
    denominator: (c) => c.answered + c.abandoned - c.abandonedWithin,
  },
};

/** The service level as a share from 0 to 1; null when nothing is there to be measured. */
export function serviceLevel(id: FormulaId, counters: ServiceLevelCounters): number | null {
  const formula = SERVICE_LEVEL_FORMULAS[id];
  return ratio(formula.numerator(counters), formula.denominator(counters));
}

/** A quotient, or null where the denominator is 0. */
export function ratio(numerator: number, denominator: number): number | null {
  return denominator === 0 ? null : numerator / denominator;
}
