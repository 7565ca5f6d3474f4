import type { Node } from 'yaml';
import type { Agent, FeatureCodes, NumberRule, Queue, Site } from '../model/site.ts';
import { suggestion } from './nearest.ts';
import type { Problem } from './problem.ts';
import { Source } from './source.ts';
import { durationMs, oneOf, texts } from './values.ts';

const SITE_KEYS = ['site', 'language', 'numbers', 'queues', 'agents', 'feature_codes', 'pause_reasons'];
const QUEUE_KEYS = ['name', 'skills', 'answer_within', 'wrap_up', 'after_no_answer', 'rest', 'music', 'service_level'];
const AGENT_KEYS = ['name', 'extension', 'skills', 'queues'];
const CODES: FeatureCodes = { login: '*11', logout: '*12', pause: '*13', ready: '*14' };
const ID = /^[a-z][a-z0-9_-]{0,39}$/;
const HOUR_MS = 3_600_000;

/** The site with the nodes that name flows, to be checked when all flows are known. */
export type ReadSite = {
  readonly site: Site;
  readonly source: Source;
  readonly flowNodes: { flow: string; node: Node | null }[];
  /** Skills that queues ask for, to be checked against those of the agents. */
  readonly skillNodes: { queue: string; name: string; node: Node | null }[];
};

/** Reads `site.yaml`: numbers, queues, agents, codes. */
export function readSite(file: { path: string; text: string }, problems: Problem[]): ReadSite | undefined {
  const source = new Source(file.path, file.text, problems);
  if (!source.root) return undefined;
  const fields = source.fields(source.root, 'The site', SITE_KEYS);
  const flowNodes: ReadSite['flowNodes'] = [];
  const skillNodes: ReadSite['skillNodes'] = [];
  const queues = readQueues(source, fields.get('queues'), skillNodes);
  const agents = readAgents(source, fields.get('agents'), Object.keys(queues));
  const site: Site = {
    name: (fields.has('site') && source.text(fields.get('site'), 'site')) || 'Strowger',
    language: (fields.has('language') && source.text(fields.get('language'), 'language')) || 'en',
    numbers: readNumbers(source, fields.get('numbers'), flowNodes),
    queues,
    agents,
    featureCodes: fields.has('feature_codes') ? readCodes(source, fields.get('feature_codes')) : CODES,
    pauseReasons: fields.has('pause_reasons') ? readReasons(source, fields.get('pause_reasons')) : {},
  };
  return { site, source, flowNodes, skillNodes };
}

function readNumbers(source: Source, node: Node | null | undefined, flowNodes: ReadSite['flowNodes']): NumberRule[] {
  const rules: NumberRule[] = [];
  for (const { key, keyNode, value } of node ? source.entries(node, 'numbers') : []) {
    // The key as it stands in the file: 0800 is not eight hundred.
    const number = source.text(keyNode, 'A number') ?? key;
    if (!/^(?:[+#*]?[0-9A-Za-z*#]+\*?|\*)$/.test(number)) {
      source.problem(
        'value.type',
        keyNode,
        `"${number}" is not a number: digits, perhaps + in front and * at the end.`,
      );
    }
    if (rules.some((rule) => rule.number === number)) {
      source.problem('number.duplicate', keyNode, `The number ${number} is given twice.`);
    }
    const flow = source.text(value, `The flow of number ${number}`);
    if (flow === undefined) continue;
    rules.push({ number, flow });
    flowNodes.push({ flow, node: value });
  }
  return rules;
}

function readQueues(
  source: Source,
  node: Node | null | undefined,
  skillNodes: ReadSite['skillNodes'],
): Record<string, Queue> {
  const queues: Record<string, Queue> = {};
  for (const { key: id, keyNode, value } of node ? source.entries(node, 'queues') : []) {
    checkId(source, keyNode, id, 'queue');
    const fields = value === null ? new Map() : source.fields(value, `Queue ${id}`, QUEUE_KEYS);
    const duration = (key: string, otherwise: number, minMs: number, maxMs: number): number =>
      (fields.has(key) ? durationMs(source, fields.get(key), key, { minMs, maxMs }) : undefined) ?? otherwise;
    const skills = fields.has('skills') ? texts(source, fields.get('skills'), 'skills') : [];
    for (const name of skills) skillNodes.push({ queue: id, name, node: fields.get('skills') ?? null });
    queues[id] = {
      id,
      name: (fields.has('name') && source.text(fields.get('name'), 'name')) || id,
      skills,
      answerWithinMs: duration('answer_within', 20_000, 1000, HOUR_MS),
      wrapUpMs: duration('wrap_up', 0, 0, HOUR_MS),
      afterNoAnswer:
        (fields.has('after_no_answer') &&
          oneOf(source, fields.get('after_no_answer'), 'after_no_answer', ['pause', 'rest'] as const)) ||
        'pause',
      // Not less than a second: an agent whose phone rejects at once would be rung without end.
      restMs: duration('rest', 10_000, 1000, HOUR_MS),
      music: (fields.has('music') && source.text(fields.get('music'), 'music')) || 'default',
      serviceLevelMs: duration('service_level', 20_000, 1000, 24 * HOUR_MS),
    };
  }
  return queues;
}

function readAgents(source: Source, node: Node | null | undefined, queues: readonly string[]): Record<string, Agent> {
  const agents: Record<string, Agent> = {};
  const extensions = new Map<string, string>();
  for (const { key: id, keyNode, value } of node ? source.entries(node, 'agents') : []) {
    checkId(source, keyNode, id, 'agent');
    const fields = source.fields(value, `Agent ${id}`, AGENT_KEYS);
    if (!fields.has('extension')) source.problem('key.missing', keyNode, `Agent ${id} needs an "extension".`);
    const extension = fields.has('extension') ? (source.text(fields.get('extension'), 'extension') ?? '') : '';
    if (fields.has('extension') && !/^[0-9*#]{1,20}$/.test(extension)) {
      source.problem('value.type', fields.get('extension'), `"${extension}" is not an extension: 1 to 20 digits.`);
    }
    const other = extensions.get(extension);
    if (other !== undefined && extension !== '') {
      const message = `Extension ${extension} already belongs to agent ${other}.`;
      source.problem('extension.duplicate', fields.get('extension'), message);
    }
    extensions.set(extension, id);
    const serves = fields.has('queues') ? texts(source, fields.get('queues'), 'queues') : [];
    for (const queue of serves) {
      if (queues.includes(queue)) continue;
      const message = `There is no queue "${queue}". ${suggestion(queue, queues)}`;
      source.problem('queue.unknown', fields.get('queues'), message);
    }
    agents[id] = {
      id,
      name: (fields.has('name') && source.text(fields.get('name'), 'name')) || id,
      extension,
      skills: fields.has('skills') ? texts(source, fields.get('skills'), 'skills') : [],
      queues: serves,
    };
  }
  return agents;
}

function readCodes(source: Source, node: Node | null | undefined): FeatureCodes {
  const fields = source.fields(node, 'feature_codes', Object.keys(CODES));
  const code = (key: keyof FeatureCodes): string => {
    const text = fields.has(key) ? source.text(fields.get(key), key) : undefined;
    if (text === undefined) return CODES[key];
    if (!/^[*#0-9]{2,10}$/.test(text)) {
      source.problem('value.type', fields.get(key), `"${text}" is not a feature code: 2 to 10 of 0-9, * and #.`);
    }
    return text;
  };
  const codes = { login: code('login'), logout: code('logout'), pause: code('pause'), ready: code('ready') };
  if (new Set(Object.values(codes)).size < Object.keys(codes).length) {
    source.problem('value.choice', node, 'Two feature codes are the same. Each needs one of its own.');
  }
  return codes;
}

function readReasons(source: Source, node: Node | null | undefined): Record<string, string> {
  const reasons: Record<string, string> = {};
  for (const { key, keyNode, value } of source.entries(node, 'pause_reasons')) {
    const reason = source.text(value, `Pause reason ${key}`);
    if (!/^[0-9]$/.test(key)) source.problem('value.type', keyNode, `"${key}" is not one digit.`);
    else if (reason !== undefined) reasons[key] = reason;
  }
  return reasons;
}

function checkId(source: Source, node: Node, id: string, what: string): void {
  if (ID.test(id)) return;
  const message = `"${id}" cannot be the id of a ${what}: small letters, digits, - and _, a letter first, at most 40.`;
  source.problem('value.type', node, message);
}
