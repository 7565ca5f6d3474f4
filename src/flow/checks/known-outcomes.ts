import type { Site } from '../../model/site.ts';
import type { ReadFlow } from '../flow-file.ts';
import { suggestion, withArticle } from '../nearest.ts';
import { outcomesOf } from '../route.ts';
import { isRouted } from './ways.ts';

/** Outcomes that `on` names and the step cannot have; and those of which something must be said and nothing is. */
export function checkKnownOutcomes(site: Site, { flow, source, steps }: ReadFlow): void {
  for (const read of steps.values()) {
    const { step, kind, node, keyNode } = read;
    const known = outcomesOf(step, kind);
    for (const outcome of Object.keys(step.on)) {
      if (known.includes(outcome)) continue;
      const hint = inAnotherWay(outcome) ?? suggestion(outcome, known);
      const message = `${withArticle(step.type)} step has no outcome "${outcome}" here. ${hint}`;
      source.problem('outcome.unknown', source.keyAt(['on', outcome], node), message);
    }
    for (const outcome of kind.mustRoute?.(step.with) ?? []) {
      if (Object.hasOwn(step.on, outcome) || isRouted(site, flow, read, outcome)) continue;
      const message = `Step ${step.id} does not say where "${outcome}" leads. Say it under "on".`;
      source.problem('outcome.missing', keyNode, message);
    }
    if (kind.notAvailable === undefined || isRouted(site, flow, read, 'error')) continue;
    const message = `${withArticle(step.type)} step ends with "error" in this release (${withoutPoint(kind.notAvailable)}). Say where that leads: by "on: { error: ... }", by "on_error" of the flow, or by that of the site.`;
    source.problem('outcome.missing', keyNode, message);
  }
}

/** Outcomes that a step has only beside one of its keys. */
function inAnotherWay(outcome: string): string | undefined {
  if (outcome === 'skipped') return 'It has one when it has an "if".';
  if (outcome === 'max_visits') return 'It has one when it has a "max_visits".';
  return undefined;
}

function withoutPoint(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`.replace(/\.$/, '');
}
