import type { Site } from '../model/site.ts';
import type { Problem } from './problem.ts';
import { checkExtensions, checkReservedIds } from './site/checks/extensions.ts';
import { checkOverflow } from './site/checks/overflow.ts';
import { checkCapacities, checkReferences } from './site/checks/references.ts';
import { checkRelaxation } from './site/checks/relaxation.ts';
import { checkSpeech } from './site/checks/speech.ts';
import { checkStaffing } from './site/checks/staffing.ts';
import { type Subject, subjectOf } from './site/checks/subject.ts';
import { checkTrunks } from './site/checks/trunks.ts';
import { SITE, siteOf } from './site/site.ts';
import { SITE_BYTES_MAX, Source } from './source.ts';

/** The site, with what is needed to compare it with the flows and to point at its places. */
export type ReadSite = Omit<Subject, 'tell' | 'written'> & { readonly source: Source };

const CHECKS = [
  checkExtensions,
  checkReservedIds,
  checkReferences,
  checkTrunks,
  checkSpeech,
  checkCapacities,
  checkStaffing,
  checkRelaxation,
  checkOverflow,
];

/** Reads and checks `site.yaml` by itself. Problems are added to the list; undefined when there is no site to speak of. */
export function readSite(file: { path: string; text: string }, problems: Problem[]): ReadSite | undefined {
  const source = new Source(file.path, file.text, problems, SITE_BYTES_MAX);
  if (!source.root) return emptyFile(source, problems);
  const written = SITE.read(source, source.root, 'The site');
  if (!written) return undefined;
  const site: Site = siteOf(written);
  const subject = subjectOf(site, written, (code, path, message) => {
    source.problem(code, source.nodeAt(path), message);
  });
  for (const check of CHECKS) check(subject);
  const { labels, staff, best } = subject;
  return { site, labels, staff, best, source };
}

function emptyFile(source: Source, problems: readonly Problem[]): undefined {
  const told = problems.some((problem) => problem.file === source.file);
  if (!told) source.problem('key.missing', null, 'The file is empty. It names the numbers, queues and agents.');
  return undefined;
}
