import { CHANNELS } from '../../../model/channel.ts';
import { type Levels, type Needs, NO_NEEDS } from '../../../model/needs.ts';
import { reference } from '../../shape/reference.ts';
import { text } from '../../shape/scalars.ts';
import type { Shape } from '../../shape/shape.ts';
import { template } from '../../shape/template.ts';
import { WORD_TEXT } from '../../site/names.ts';
import { NEEDS_ASKED, SKILLS_ASKED } from '../../site/needs.ts';
import type { Path, Source } from '../../source.ts';

const QUEUE = reference('queue');
const AGENT = reference('agent');
const EXPRESSION_TEXT = template('used');

/** Id of a queue, or `@` and an agent's id. Which an expression gives shows only when the contact is here. */
export const QUEUE_OR_AGENT: Shape<string> = {
  ...QUEUE,
  read: (source, node, what) => {
    const queue = text().read(source, node, what);
    if (queue === undefined) return undefined;
    if (queue.includes('${{')) return EXPRESSION_TEXT.read(source, node, what);
    if (queue.startsWith('@')) source.note({ what: 'agent', name: queue.slice(1), node: node ?? null });
    else source.note({ what: 'queue', name: queue, node: node ?? null });
    return queue;
  },
};

/** Id of an agent. Which agent an expression gives shows only when the contact is here. */
export const AGENT_OR_EXPRESSION: Shape<string> = {
  ...AGENT,
  read: (source, node, what) => {
    const expression = text().read(source, node, what)?.includes('${{') === true;
    return (expression ? EXPRESSION_TEXT : AGENT).read(source, node, what);
  },
};

/** A name that tells contacts of one channel apart; it stands in site.yaml. */
export const LABEL: Shape<string> = {
  ...WORD_TEXT,
  read: (source, node, what) => {
    const label = WORD_TEXT.read(source, node, what);
    if (label === undefined) return undefined;
    if (CHANNELS.some((channel) => channel === label)) {
      source.problem('value.choice', node, `A label cannot be "${label}", for a channel is called so.`);
    }
    source.note({ what: 'label', name: label, node: node ?? null });
    return label;
  },
};

/** Skills with or without levels, none of which must be reached. */
export const SKILLS_NAMED: Shape<Levels> = {
  ...SKILLS_ASKED,
  read: (source, node, what) => {
    const levels = SKILLS_ASKED.read(source, node, what);
    if (levels) noteSkills(source, node, [], Object.keys(levels));
    return levels;
  },
};

/** Names alone ask for any level; what has levels, or alternatives, is written as in site.yaml. */
export const SKILLS: Shape<{ readonly skills: readonly string[]; readonly needs: Needs }> = {
  schema: NEEDS_ASKED.schema,
  read: (source, node, what) => {
    const asked = NEEDS_ASKED.read(source, node, what);
    if (!asked) return undefined;
    noteSkills(source, node, ['preferred'], Object.keys(asked.preferred));
    noteSkills(source, node, ['excluded'], Object.keys(asked.excluded));
    noteLevels(source, node, ['required'], asked.required);
    for (const levels of asked.anyOf) noteLevels(source, node, ['any_of'], levels);
    if (source.isMap(node)) return { skills: [], needs: asked };
    return { skills: Object.keys(asked.required), needs: NO_NEEDS };
  },
};

type Place = Parameters<Source['nodeAt']>[1];

function noteSkills(source: Source, node: Place, path: Path, names: readonly string[]): void {
  for (const name of names) source.note({ what: 'skill', name, node: source.nodeAt([...path, name], node) });
}

/** Somebody must reach these; of which queue shows when the whole step is read. */
function noteLevels(source: Source, node: Place, path: Path, levels: Levels): void {
  for (const [name, level] of Object.entries(levels)) {
    source.note({ what: 'skill', name, node: source.nodeAt([...path, name], node), level });
  }
}
