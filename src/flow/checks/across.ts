import type { ReadFlow } from '../flow-file.ts';
import { suggestion, suggestions } from '../nearest.ts';
import type { NamedThing, Note } from '../note.ts';
import type { ProblemCode } from '../problem.ts';
import { checkEngineSecrets } from '../site/checks/speech.ts';
import { tooHigh } from '../site/checks/staffing.ts';
import { bestLevels, eachQueue } from '../site/checks/subject.ts';
import { checkTrunkPasswords } from '../site/checks/trunks.ts';
import type { ReadSite } from '../site-file.ts';
import type { Path, Source } from '../source.ts';
import { checkBeginnings } from './beginnings.ts';
import { checkOutcomes } from './outcomes.ts';
import { checkWholeFlows } from './whole-flows.ts';

/** What only shows when site and flows are seen together. */
export function checkAcross(read: ReadSite, flows: ReadonlyMap<string, ReadFlow>, found: Found): void {
  const { site, labels, staff, best } = read;
  // A flow that cannot be read is there all the same; what is wrong with it has been told.
  const names = [...flows.keys(), ...found.broken];
  const named: Readonly<Record<Exclude<NamedThing, 'step' | 'recording'>, Check>> = {
    flow: unknown('flow.unknown', 'no flow', names, ''),
    queue: unknown('queue.unknown', 'no queue', Object.keys(site.queues)),
    agent: unknown('agent.unknown', 'no agent', Object.keys(site.agents)),
    calendar: unknown('calendar.unknown', 'no calendar', Object.keys(site.calendars)),
    label: unknown('label.unknown', 'no label', [...labels]),
    language: unknown('language.unknown', 'no language', site.languages),
    music: unknown('music.unknown', 'no class of music', ['default', ...Object.keys(site.music)]),
    extension: unknown(
      'extension.unknown',
      'no agent with the extension',
      Object.values(site.agents).map((agent) => agent.extension),
    ),
    table: unknown('table.unknown', 'no table', [...found.tables], ' in the flows folder'),
  };
  const unknownSkill = unknown('skill.unknown', 'no agent with the skill', [...best.keys()]);
  const checkLevel = levels(read);
  for (const note of read.source.notes) {
    if (note.what === 'flow' || note.what === 'music') named[note.what](read.source, note);
    else if (note.what === 'recording') checkRecording(read.source, note, found);
  }
  if (found.secrets) {
    checkTrunkPasswords(read, found.secrets);
    checkEngineSecrets(read, found.secrets);
  }
  checkOverflowFlows(read, names);
  checkBeginnings(read, flows);
  checkWholeFlows(site, flows);
  for (const flow of flows.values()) {
    checkOutcomes(site, flow);
    for (const { step, notes } of flow.steps.values()) {
      for (const note of notes) {
        // A step reads its parameters one by one, so only now it shows whose agents must reach the level.
        if (note.what === 'skill') checkLevel(flow.source, { ...note, queue: String(step.with['queue']) });
      }
    }
    for (const note of flow.source.notes) {
      if (note.what === 'skill') {
        unknownSkill(flow.source, note);
      } else if (note.what === 'recording') checkRecording(flow.source, note, found);
      else if (Object.hasOwn(named, note.what)) named[note.what as keyof typeof named](flow.source, note as Named);
      if (note.what !== 'queue' || staff.has(note.name) || !Object.hasOwn(site.queues, note.name)) continue;
      const message = `No agent serves the queue "${note.name}": callers would wait for nobody.`;
      flow.source.problem('queue.unstaffed', note.node, message);
    }
  }
}

/** What is in the folder besides flows. */
export type Found = {
  readonly tables: ReadonlySet<string>;
  readonly recordings: ReadonlySet<string>;
  /** Recordings that are there but in a form that cannot be played. */
  readonly unplayable: ReadonlySet<string>;
  /** Names of the secrets; undefined: nobody knows which there are. */
  readonly secrets: ReadonlySet<string> | undefined;
  /** Flows that could not be read, by the names of their files. */
  readonly broken: readonly string[];
};

type Named = Pick<Extract<Note, { name: string }>, 'name' | 'node'>;
type Check = (source: Source, note: Named) => void;

/** A check that the agents of the queue that a step names reach the levels that it asks for. */
function levels({ staff, best }: ReadSite): (source: Source, note: Extract<Note, { what: 'skill' }>) => void {
  const byQueue = new Map<string, ReadonlyMap<string, number>>();
  const bestOf = (queueId: string): ReadonlyMap<string, number> => {
    const known = byQueue.get(queueId) ?? bestLevels(staff.get(queueId) ?? []);
    byQueue.set(queueId, known);
    return known;
  };
  return (source, { name, node, level, queue }) => {
    if (level === undefined || queue === undefined || !best.has(name) || !staff.has(queue)) return;
    const most = bestOf(queue).get(name);
    if (most !== undefined && most >= level) return;
    source.problem('skill.level_unreached', node, tooHigh(`queue ${queue}`, name, level, most));
  };
}

function checkRecording(source: Source, { name, node }: Named, { recordings, unplayable }: Found): void {
  if (recordings.has(name)) return;
  if (unplayable.has(name)) {
    const message = `"${name}.wav" cannot be played: it must be WAV, 16 bits, mono, 8000 Hz.`;
    return source.problem('prompt.format', node, message);
  }
  const hint = suggestion(name, [...recordings]);
  source.problem('prompt.missing', node, `There is no "${name}.wav" in the flows folder. ${hint}`);
}

/** Flows to which queues overflow, and those of numbers. */
function checkOverflowFlows({ site, source }: ReadSite, names: readonly string[]): void {
  const known = new Set(names);
  const hint = suggestions(names);
  const check = (flow: string, path: Path): void => {
    if (known.has(flow)) return;
    source.problem('flow.unknown', source.nodeAt(path), `There is no flow "${flow}". ${hint(flow)}`.trim());
  };
  for (const { number, flow } of site.numbers) check(flow, ['numbers', number]);
  for (const { queue, path } of eachQueue({ site })) {
    for (const [at, { target }] of queue.overflow.entries()) {
      if (target.to === 'flow') check(target.flowId, [...path, 'overflow', at, 'to', 'flow']);
    }
  }
}

/** A check that something of one kind that is named is there. */
function unknown(code: ProblemCode, there: string, known: readonly string[], where = ' in site.yaml'): Check {
  const names = new Set(known);
  const hint = suggestions(known);
  return (source, { name, node }) => {
    if (names.has(name)) return;
    source.problem(code, node, `There is ${there} "${name}"${where}. ${hint(name)}`.trim());
  };
}
