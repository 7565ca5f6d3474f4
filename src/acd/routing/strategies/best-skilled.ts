import type { Strategy } from '../strategy.ts';

/** Who has the highest levels in what is asked for, summed over required and preferred skills (Avaya: expert agent distribution). */
export const bestSkilled: Strategy = {
  name: 'best_skilled',
  measure: (agent, { state, demand }) => {
    const skills = state.site.agents[agent.id]?.skills ?? {};
    const { required, anyOf, preferred } = demand.needs;
    let sum = 0;
    for (const skill in required) sum += skills[skill] ?? 0;
    for (const skill in preferred) if (!(skill in required)) sum += skills[skill] ?? 0;
    for (const levels of anyOf) for (const skill in levels) if (!(skill in required)) sum += skills[skill] ?? 0;
    return -sum;
  },
};
