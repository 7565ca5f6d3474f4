import type { Problem } from '../../../src/flow/problem.ts';
import { problemLine } from '../../../src/flow/problem.ts';
import { load } from '../receptionist.ts';

export const SITE = `
language: en
languages: [de]
numbers: { "100": main }
calendars: { office: { hours: { mon-fri: "09:00-17:00" } } }
queues:
  sales: {}
agents:
  anna: { extension: "1001", queues: [sales], skills: [english] }
`;

/** Everything that the check says of a folder with this flow, and others by name. */
export function check(main: string, others: Readonly<Record<string, string>> = {}, site = SITE): readonly Problem[] {
  return load({ 'site.yaml': site, 'main.yaml': main, ...others }, ['hello'], ['music']).problems;
}

/** The same as lines. */
export function told(main: string, others: Readonly<Record<string, string>> = {}, site = SITE): string[] {
  return check(main, others, site).map(problemLine);
}
