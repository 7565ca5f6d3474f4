import type { Node } from 'yaml';
import { CHANNELS } from '../../model/channel.ts';
import { type Levels, type Needs, NO_NEEDS } from '../../model/needs.ts';
import { checkExpressions } from '../expression.ts';
import type { Reading } from '../reading.ts';
import { listOrOne } from '../shape/list.ts';
import { mapOf } from '../shape/map-of.ts';
import { text } from '../shape/scalars.ts';
import type { Shape } from '../shape/shape.ts';
import { WORD_TEXT } from '../site/names.ts';
import { NEEDS_ASKED, SKILLS_ASKED } from '../site/needs.ts';
import { WAIT } from '../site/waiting.ts';
import type { Path } from '../source.ts';
import { durationMs, wholeNumber } from '../values.ts';

/** What a queue step was given; texts may hold expressions where it is said. */
export type QueueParameters = {
  /** Id of a queue, or `@` and an agent's id. Expressions stand here in built-in flows only. */
  readonly queue: string;
  readonly priority: number;
  /** By name alone, at any level. */
  readonly skills: readonly string[];
  readonly needs: Needs;
  readonly label: string | undefined;
  /** By name; with expressions. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Ids; with expressions. */
  readonly preferredAgents: readonly string[];
  readonly holdMs: number;
  readonly serveWithinMs: number | undefined;
  readonly maxWaitMs: number | undefined;
};

/** A contact that asks for nobody in particular and waits for ever. */
export const NOTHING_SPECIAL: Omit<QueueParameters, 'queue'> = {
  priority: 0,
  skills: [],
  needs: NO_NEEDS,
  label: undefined,
  attributes: {},
  preferredAgents: [],
  holdMs: 30_000,
  serveWithinMs: undefined,
  maxWaitMs: undefined,
};

export const QUEUE_PARAMETERS = [
  'queue',
  'priority',
  'skills',
  'prefer',
  'exclude',
  'label',
  'attributes',
  'preferred_agents',
  'hold',
  'serve_within',
  'max_wait',
];

const WAIT_OF_CALLER = { minMs: 1000, maxMs: 24 * 3_600_000 };
/** They go into one event, and into the class by which the dispatcher tells contacts apart. */
const ATTRIBUTES_MAX = 50;
const PREFERRED_AGENTS_MAX = 100;
const ATTRIBUTES = mapOf(
  {
    pattern: /^[A-Za-z_][A-Za-z0-9_]*$/,
    asked: 'an attribute has letters, digits and _, no digit first',
    entry: (key) => `The attribute ${key}`,
    max: ATTRIBUTES_MAX,
  },
  text(),
);
const AGENTS = listOrOne(text(), PREFERRED_AGENTS_MAX);

type Fields = ReadonlyMap<string, Node | null>;

export function readQueueParameters(reading: Reading, fields: Fields, node: Node): QueueParameters {
  const { source } = reading;
  const read = <T>(key: string, shape: Shape<T>): T | undefined =>
    fields.has(key) ? shape.read(source, fields.get(key), key) : undefined;
  const time = (key: string, limits: typeof WAIT): number | undefined =>
    fields.has(key) ? durationMs(source, fields.get(key), key, limits) : undefined;
  const priority = fields.has('priority')
    ? wholeNumber(source, fields.get('priority'), 'priority', { min: -1000, max: 1000 })
    : undefined;
  if (fields.has('hold') && !fields.has('preferred_agents')) {
    const message = 'hold is for preferred_agents, of which there are none here. Add them, or leave hold out.';
    source.problem('key.conflict', fields.get('hold'), message);
  }
  const queue = readQueueId(reading, fields, node);
  return {
    queue,
    priority: priority ?? NOTHING_SPECIAL.priority,
    ...readSkills(reading, fields, queue),
    label: readLabel(reading, fields),
    attributes: readAttributes(reading, fields.get('attributes'), read('attributes', ATTRIBUTES) ?? {}),
    preferredAgents: readAgents(reading, fields.get('preferred_agents'), read('preferred_agents', AGENTS) ?? []),
    holdMs: time('hold', WAIT_OF_CALLER) ?? NOTHING_SPECIAL.holdMs,
    serveWithinMs: time('serve_within', WAIT),
    maxWaitMs: time('max_wait', WAIT_OF_CALLER),
  };
}

function readQueueId({ source, queues, agents }: Reading, fields: Fields, node: Node): string {
  const place = fields.get('queue') ?? null;
  if (!fields.has('queue')) {
    source.problem('key.missing', node, 'A queue step needs "queue", the name of a queue in site.yaml.');
    return '';
  }
  const queue = source.text(place, 'queue') ?? '';
  if (queue.startsWith('@')) agents.push({ name: queue.slice(1), node: place });
  else queues.push({ name: queue, node: place });
  return queue;
}

/** Names alone ask for any level; what has levels, or alternatives, is written as in site.yaml. */
function readSkills(
  { source, skills }: Reading,
  fields: Fields,
  queue: string,
): Pick<QueueParameters, 'skills' | 'needs'> {
  const place = fields.get('skills');
  const asked = (fields.has('skills') && NEEDS_ASKED.read(source, place, 'skills')) || NO_NEEDS;
  const levelsOf = (key: 'prefer' | 'exclude'): Levels =>
    (fields.has(key) && SKILLS_ASKED.read(source, fields.get(key), key)) || {};
  const [prefer, exclude] = [levelsOf('prefer'), levelsOf('exclude')];
  const named = (levels: Levels, path: Path, from: Node | null | undefined): void => {
    for (const name of Object.keys(levels)) skills.push({ name, node: source.nodeAt([...path, name], from) });
  };
  named(asked.preferred, ['preferred'], place);
  named(asked.excluded, ['excluded'], place);
  named(prefer, [], fields.get('prefer'));
  named(exclude, [], fields.get('exclude'));
  for (const [path, levels] of [
    ['required', asked.required] as const,
    ...asked.anyOf.map((one) => ['any_of', one] as const),
  ]) {
    for (const [name, level] of Object.entries(levels)) {
      skills.push({ name, node: source.nodeAt([path, name], place), level, queue });
    }
  }
  const byName = !source.isMap(place);
  return {
    skills: byName ? Object.keys(asked.required) : [],
    needs: {
      required: byName ? {} : asked.required,
      anyOf: asked.anyOf,
      preferred: { ...asked.preferred, ...prefer },
      excluded: { ...asked.excluded, ...exclude },
    },
  };
}

function readLabel({ source, labels }: Reading, fields: Fields): string | undefined {
  if (!fields.has('label')) return undefined;
  const place = fields.get('label') ?? null;
  const label = WORD_TEXT.read(source, place, 'label');
  if (label === undefined) return undefined;
  if (CHANNELS.some((channel) => channel === label)) {
    source.problem('value.choice', place, `A label cannot be "${label}", for a channel is called so.`);
  }
  labels.push({ name: label, node: place });
  return label;
}

function readAttributes(
  { source, uses }: Reading,
  place: Node | null | undefined,
  attributes: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(attributes)) {
    checkExpressions(source, source.nodeAt([name], place), value, uses);
  }
  return attributes;
}

/** Which agent an expression gives shows only when the contact is here. */
function readAgents(
  { source, uses, agents }: Reading,
  place: Node | null | undefined,
  ids: readonly string[],
): readonly string[] {
  for (const id of ids) {
    const node = source.nodeAt([id], place);
    if (id.includes('${{')) checkExpressions(source, node, id, uses);
    else agents.push({ name: id, node });
  }
  return ids;
}
