import { CHANNELS } from '../../../model/channel.ts';
import { suggestions } from '../../nearest.ts';
import type { ProblemCode } from '../../problem.ts';
import type { Path } from '../../source.ts';
import { eachQueue, type Subject, teamsNamed } from './subject.ts';

/** Every id and label that one part of the site names must stand in another. */
export function checkReferences(subject: Subject): void {
  const { site, written, labels, tell } = subject;
  const asker = (code: ProblemCode, what: string, known: readonly string[]) => {
    const names = new Set(known);
    const hint = suggestions(known);
    return (name: string | null | undefined, path: Path): void => {
      if (name == null || names.has(name)) return;
      tell(code, path, `There is no ${what} "${name}". ${hint(name)}`.trim());
    };
  };
  const queue = asker('queue.unknown', 'queue', Object.keys(site.queues));
  const team = asker('team.unknown', 'team', Object.keys(site.teams));
  const calendar = asker('calendar.unknown', 'calendar', Object.keys(site.calendars));
  const capacity = asker('capacity.unknown', 'capacity', Object.keys(site.capacities));
  const label = asker('label.unknown', 'label', [...labels]);
  const kind = asker('label.unknown', 'channel or label', [...CHANNELS, ...labels]);

  for (const [id, agent] of Object.entries(written.agents)) {
    for (const name of Object.keys(agent.queues)) queue(name, ['agents', id, 'queues', name]);
    team(agent.team, ['agents', id, 'team']);
    capacity(agent.capacity, ['agents', id, 'capacity']);
    const { supervises } = agent;
    if (supervises !== 'all') {
      for (const [at, name] of supervises.entries()) queue(name, ['agents', id, 'supervises', at]);
    }
  }
  for (const [id, one] of Object.entries(written.teams)) capacity(one.capacity, ['teams', id, 'capacity']);
  for (const { queue: one, path } of eachQueue(subject)) {
    calendar(one.calendar, [...path, 'calendar']);
    for (const named of teamsNamed(one, path)) team(named.team, named.path);
    for (const [at, { target }] of one.overflow.entries()) {
      if (target.to === 'queue') queue(target.queueId, [...path, 'overflow', at, 'to', 'queue']);
    }
    for (const [at, { when }] of one.rules.entries()) {
      for (const name of when.labels ?? []) label(name, [...path, 'rules', at, 'when', 'labels', name]);
    }
  }
  for (const { name, path, rule } of capacityRules(subject)) {
    for (const other of rule.interrupts) kind(other, [...path, name, 'interrupts', other]);
  }
}

/** A weight above the load would never fit: nobody could ever be given such a contact. */
export function checkCapacities(subject: Subject): void {
  for (const { name, path, rule, load } of capacityRules(subject)) {
    if (rule.weight <= load) continue;
    const message = `One ${name} weighs ${rule.weight}, more than the load of ${load}, so none is ever given. Lower it.`;
    subject.tell('capacity.never_fits', [...path, name, 'weight'], message);
  }
}

function capacityRules({ site, written }: Subject) {
  const own = Object.values(site.capacities).filter(({ id }) => Object.hasOwn(written.capacities, id));
  return own.flatMap(({ id, load, rules }) =>
    Object.entries(rules).map(([name, rule]) => {
      const isChannel = CHANNELS.some((channel) => channel === name);
      return { name, rule, load, path: ['capacities', id, ...(isChannel ? [] : ['labels'])] };
    }),
  );
}
