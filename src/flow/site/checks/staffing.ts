import { type Levels, meets, type Needs, relaxedNeeds } from '../../../model/needs.ts';
import type { Queue, RelaxationStep } from '../../../model/queue.ts';
import type { Agent } from '../../../model/site.ts';
import { suggestions } from '../../nearest.ts';
import type { Path } from '../../source.ts';
import { bestLevels, eachQueue, type PlacedQueue, type Subject, teamsNamed } from './subject.ts';

/** Whether there is anybody for what the queues ask: skills, levels, teams, and all of it together. */
export function checkStaffing(subject: Subject): void {
  const hint = suggestions([...subject.best.keys()]);
  for (const placed of eachQueue(subject)) {
    const { queue, said, path } = placed;
    const members = subject.staff.get(queue.id) ?? [];
    const skillsFine = checkSkills(subject, placed, members, hint);
    if (members.length === 0) continue;
    const teamsFine = checkTeams(subject, placed, members);
    if (skillsFine && teamsFine && !isServable(queue, members)) {
      const message = `None of the ${members.length} agents of ${said} has all that it asks for.`;
      subject.tell('queue.unservable', path, `${message} Ask for less, or give one of them what is missing.`);
    }
  }
}

/** One skill that is asked for; `level` null: the name alone counts. */
type Asked = { readonly skill: string; readonly level: number | null; readonly path: Path };

function checkSkills(
  { best, tell }: Subject,
  { queue, said, path }: PlacedQueue,
  members: readonly Agent[],
  hint: (skill: string) => string,
): boolean {
  const asked = skillsAsked(queue);
  const ofMembers = asked.length > 0 && members.length > 0 ? bestLevels(members) : undefined;
  let fine = true;
  for (const { skill, level, path: below } of asked) {
    const where = [...path, ...below];
    if (!best.has(skill)) {
      fine = false;
      tell('skill.unknown', where, `No agent has the skill "${skill}" of ${said}. ${hint(skill)}`.trim());
    } else if (ofMembers && level !== null && (ofMembers.get(skill) ?? -1) < level) {
      fine = false;
      tell('skill.level_unreached', where, tooHigh(said, skill, level, ofMembers.get(skill)));
    }
  }
  return fine;
}

/** What is told when none of the agents of a queue reaches a level; `most`: the best of them, undefined when none has the skill. */
export function tooHigh(said: string, skill: string, level: number, most: number | undefined): string {
  if (most === undefined) return `No agent of ${said} has the skill "${skill}". Give it to one of them.`;
  return `No agent of ${said} has "${skill}" at level ${level}; the best has ${most}. Ask for ${most} at most.`;
}

function skillsAsked(queue: Queue): Asked[] {
  const steps = queue.relaxation.flatMap(({ drop, lower }, at): Asked[] => [
    ...drop.map((skill) => ({ skill, level: null, path: ['relaxation', at, 'drop', skill] })),
    ...levelsAsked(lower, ['relaxation', at, 'lower']),
  ]);
  const rules = queue.rules.flatMap(({ needs }, at) => needsAsked(needs, ['rules', at, 'skills']));
  return [...needsAsked(queue.needs, ['skills']), ...steps, ...rules];
}

function needsAsked({ required, anyOf, preferred, excluded }: Needs, path: Path): Asked[] {
  return [
    ...levelsAsked(required, [...path, 'required']),
    ...anyOf.flatMap((levels, at) => levelsAsked(levels, [...path, 'any_of', at])),
    ...levelsAsked(preferred, [...path, 'preferred']),
    // To exclude a level that nobody has yet is no mistake.
    ...Object.keys(excluded).map((skill) => ({ skill, level: null, path: [...path, 'excluded', skill] })),
  ];
}

function levelsAsked(levels: Levels, path: Path): Asked[] {
  return Object.entries(levels).map(([skill, level]) => ({ skill, level, path: [...path, skill] }));
}

function checkTeams({ site, tell }: Subject, { queue, said, path }: PlacedQueue, members: readonly Agent[]): boolean {
  const serving = new Set(members.map((agent) => agent.team));
  let fine = true;
  for (const { team, path: where } of teamsNamed(queue, path)) {
    // Teams that do not exist are told elsewhere.
    if (serving.has(team) || !Object.hasOwn(site.teams, team)) continue;
    fine = false;
    tell(
      'team.unstaffed',
      where,
      `Nobody of team ${team} serves ${said}. Give it to one of them, or leave the team out.`,
    );
  }
  return fine;
}

/** Whether an item of which nothing is known but its queue suits some agent, at once or after some relaxation step. */
function isServable(queue: Queue, members: readonly Agent[]): boolean {
  const stages = queue.relaxation.map((_, at) => queue.relaxation.slice(0, at + 1));
  return [[], ...stages].some((steps) => members.some((agent) => suits(agent, queue, steps)));
}

function suits(agent: Agent, { needs, teams }: Queue, steps: readonly RelaxationStep[]): boolean {
  const allowed = steps.reduce<readonly string[] | 'all' | null>((now, step) => step.teams ?? now, teams);
  if (allowed !== null && allowed !== 'all' && !(agent.team !== null && allowed.includes(agent.team))) return false;
  return meets(agent.skills, steps.reduce(relaxedNeeds, needs));
}
