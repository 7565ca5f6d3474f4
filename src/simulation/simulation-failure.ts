import { failuresOf } from '../model/failure.ts';

/** Every failure of this room: its stable code and what it says to people. docs/errors.md lists the same codes. */
export const SIMULATION_FAILURES = {
  'simulation.file_unreadable': 'The scenario cannot be read.',
  'simulation.nothing_to_compare':
    'The two scenarios have no queue and interval in common: give them the same day, hours and interval.',
  'simulation.queue_unknown': 'No traffic of the scenario comes to this queue.',
  'simulation.no_group_to_change': 'No group of the staff has "like" and "count" and serves this queue: write one.',
  'simulation.goal_out_of_reach': 'Not even the largest group of agents reaches the goal.',
} as const;

export type SimulationFailureCode = keyof typeof SIMULATION_FAILURES;

export const simulationFailed = failuresOf(SIMULATION_FAILURES);
