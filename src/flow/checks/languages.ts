import type { Site } from '../../model/site.ts';
import type { ReadFlow } from '../flow-file.ts';
import { inLanguage } from '../prompt.ts';

/** Prompts by language that say nothing in a language of the site, because they neither name it nor `other`. */
export function checkLanguages({ languages }: Site, { source }: ReadFlow): void {
  for (const note of source.notes) {
    if (note.what !== 'languages') continue;
    const named = Object.fromEntries(note.names.map((name) => [name, true]));
    const missing = languages.filter((language) => !inLanguage(named, language));
    if (missing.length === 0) continue;
    const message = `Nothing is said in ${missing.join(', ')} here. Add ${missing.length === 1 ? 'it' : 'them'}, or "other", which is for all languages that are not named.`;
    source.problem('language.missing', note.node, message);
  }
}
