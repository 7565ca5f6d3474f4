import { problemLine } from '../../src/flow/problem.ts';
import type { Event, EventOf } from '../../src/model/event.ts';
import { load, Receptionist, SITE } from './receptionist.ts';

/** A receptionist who has one flow with these steps, and other files if need be. `head` stands above the steps. */
export function flow(steps: string, more: Record<string, string> = {}, head = ''): Receptionist {
  return new Receptionist({ 'site.yaml': SITE, ...more, 'main.yaml': `${head}\nsteps:\n${steps}\n` });
}

/** What is wrong with one step that is followed by another one called `end`; lines without the file, the step is in line 2. */
export function problemsOf(step: string, more: Record<string, string> = {}): string[] {
  const main = `steps:\n  step: { ${step} }\n  end: { type: hangup }\n`;
  const { problems } = load({ 'site.yaml': SITE, ...more, 'main.yaml': main });
  return problems.map((problem) => problemLine(problem).replace('main.yaml:', ''));
}

/** The events of one kind. */
export function ofKind<K extends Event['kind']>(events: readonly Event[], kind: K): EventOf<K>[] {
  return events.filter((event): event is EventOf<K> => event.kind === kind);
}

/** What the last error of a step said. */
export function errorOf(events: readonly Event[]): string | undefined {
  const left = ofKind(events, 'step.left').findLast(({ error }) => error !== undefined);
  return left?.error && `${left.error.code} ${left.error.message}`;
}
