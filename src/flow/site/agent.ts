import type { Agent, Membership, Team } from '../../model/site.ts';
import { byKind } from '../shape/by-kind.ts';
import { listOrOne } from '../shape/list.ts';
import { mapOf } from '../shape/map-of.ts';
import { defaulted, object, optional, required, type ValueOf } from '../shape/object.ts';
import { choice, text, wholeNumber, wordOr } from '../shape/scalars.ts';
import { mapped, named, type Shape } from '../shape/shape.ts';
import { EXTENSION, ID_TEXT, ids, QUEUES_MAX } from './names.ts';
import { SKILLS_HAD } from './needs.ts';
import { NO_PHONE, PHONE, phoneOf } from './phone.ts';
import { RECORDING } from './recording.ts';

const PLACE = { min: 1, max: 1000 };

const MEMBERSHIP = object({
  tier: defaulted(wholeNumber(PLACE), 1, 'With strategy top_down: who stands at 1 is asked before who stands at 2.'),
  weight: defaulted(wholeNumber(PLACE), 1, 'With weighted_random: twice the weight is chosen twice as often.'),
});

const plain = mapped(
  listOrOne(ID_TEXT, QUEUES_MAX),
  (queues): Readonly<Record<string, Membership>> =>
    Object.fromEntries(queues.map((queue) => [queue, { tier: 1, weight: 1 }])),
);

/** The queues that an agent serves: their names, or each with tier and weight. */
const QUEUES_SERVED: Shape<Readonly<Record<string, Membership>>> = named(
  'queues-of-an-agent',
  byKind({ scalar: plain, list: plain, map: mapOf(ids('The part in queue', QUEUES_MAX), MEMBERSHIP) }),
);

export const AGENT = object({
  name: optional(text(), 'For people; the id when left out.'),
  extension: required(EXTENSION, "The caller's number of calls from this phone. No two agents have the same.", ''),
  team: optional(ID_TEXT, 'The team that the agent belongs to.'),
  skills: defaulted(
    SKILLS_HAD,
    {},
    'What the agent can do: names, which mean level 5, or levels of 0 to 10 by name.',
    [],
  ),
  queues: defaulted(QUEUES_SERVED, {}, 'The queues that the agent serves: names, or tier and weight by name.', []),
  capacity: optional(ID_TEXT, "How much the agent can do at once; left out, the team's, and else `default`."),
  phone: defaulted(PHONE, NO_PHONE, 'What kind of phone it is.', {}),
  supervises: defaulted(
    wordOr(['all'] as const, listOrOne(ID_TEXT, QUEUES_MAX)),
    [],
    'Whose talks the agent may listen to and take over: those of these queues, or all.',
    [],
  ),
  recording: optional(RECORDING, 'Of talks whose queue says nothing; as the site says when left out.'),
});

export const TEAM = object({
  name: optional(text(), 'For people; the id when left out.'),
  kind: defaulted(choice(['internal', 'outsourced'] as const), 'internal', 'Own people, or those of somebody else.'),
  capacity: optional(ID_TEXT, 'How much the agents of this team can do at once; `default` when left out.'),
});
export type WrittenTeam = ValueOf<typeof TEAM>;

export function teamOf(id: string, { name, kind }: WrittenTeam): Team {
  return { id, name: name ?? id, kind };
}

export function agentOf(id: string, found: ValueOf<typeof AGENT>, team: WrittenTeam | undefined): Agent {
  return {
    id,
    name: found.name ?? id,
    extension: found.extension,
    team: found.team ?? null,
    skills: found.skills,
    queues: found.queues,
    capacity: found.capacity ?? team?.capacity ?? 'default',
    phone: phoneOf(found.phone),
    supervises: found.supervises,
    recording: found.recording ?? null,
  };
}
