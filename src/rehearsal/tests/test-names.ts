import { suggestion } from '../../flow/nearest.ts';
import type { Problem } from '../../flow/problem.ts';
import type { Path, Source } from '../../flow/source.ts';
import type { FlowSet } from '../../model/flow-set.ts';
import { ANY_STEPS } from './expectation.ts';
import type { WrittenGiven } from './given-shape.ts';
import type { WrittenTest } from './test-file.ts';

/** Tells of names in a test that nothing in the flows folder has: such a test would look at nothing. */
export class TestNames {
  readonly #source: Source;
  readonly #set: FlowSet;
  readonly #steps: ReadonlySet<string>;

  constructor(source: Source, set: FlowSet) {
    this.#source = source;
    this.#set = set;
    this.#steps = new Set(
      Object.values(set.flows).flatMap(({ id, steps }) =>
        Object.keys(steps).flatMap((step) => [step, `${id}/${step}`]),
      ),
    );
  }

  flow(name: string, path: Path): void {
    this.#known('flow.unknown', 'flow', name, this.#set.flows, path);
  }

  given(given: WrittenGiven | undefined, path: Path): void {
    const { calendars, agents, queues } = this.#set.site;
    for (const name of Object.keys(given?.calendars ?? {}))
      this.#known('calendar.unknown', 'calendar', name, calendars, [...path, 'calendars', name]);
    for (const name of given?.agents ?? [])
      this.#known('agent.unknown', 'agent', name, agents, [...path, 'agents', name]);
    for (const name of Object.keys(given?.queues ?? {}))
      this.#known('queue.unknown', 'queue', name, queues, [...path, 'queues', name]);
    for (const [number, queue] of Object.entries(given?.callbacks ?? {}))
      this.#known('queue.unknown', 'queue', queue, queues, [...path, 'callbacks', number]);
    for (const name of Object.keys(given?.http ?? {})) {
      if (!name.includes('://')) this.#step(name, [...path, 'http', name]);
    }
  }

  test({ given, do: lines, expect }: WrittenTest, path: Path): void {
    this.given(given, [...path, 'given']);
    for (const [at, { value }] of lines.entries()) {
      if ('agentId' in value)
        this.#known('agent.unknown', 'agent', value.agentId, this.#set.site.agents, [...path, 'do', at, value.do]);
    }
    for (const [at, step] of (expect?.path?.value ?? []).entries()) {
      if (step !== ANY_STEPS) this.#step(step, [...path, 'expect', 'path', at]);
    }
    for (const step of Object.keys(expect?.outcomes?.value ?? {}))
      this.#step(step, [...path, 'expect', 'outcomes', step]);
    if (lines.length === 0 && expect === undefined) {
      const node = this.#source.nodeAt(path);
      this.#source.problem(
        'test.empty',
        node,
        'This test does nothing and expects nothing: it needs "do", or "expect".',
      );
    }
  }

  #known(
    code: Problem['code'],
    what: string,
    name: string,
    known: Readonly<Record<string, unknown>>,
    path: Path,
  ): void {
    if (Object.hasOwn(known, name)) return;
    const others = Object.keys(known).filter((one) => !one.startsWith('strowger.'));
    const message = `There is no ${what} "${name}". ${suggestion(name, others)}`.trim();
    this.#source.problem(code, this.#source.nodeAt(path), message);
  }

  #step(name: string, path: Path): void {
    if (this.#steps.has(name)) return;
    const message = `No flow has a step "${name}". ${suggestion(name, [...this.#steps])}`.trim();
    this.#source.problem('step.unknown', this.#source.nodeAt(path), message);
  }
}
