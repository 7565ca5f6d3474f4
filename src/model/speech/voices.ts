import type { SpeechSite } from './engines.ts';

/** The voices that flite 2.2 brings (`flite -lv`). */
const FLITE_VOICES: ReadonlySet<string> = new Set(['awb', 'awb_time', 'kal', 'kal16', 'rms', 'slt']);

/** Languages that eSpeak NG calls by other tags: Chinese by those of its dialects. */
const ESPEAK_LANGUAGES: Readonly<Record<string, readonly string[]>> = { zh: ['zh', 'cmn', 'yue', 'hak'] };

/**
 * Whether a prompt of this language may name the voice: one that the site names for the language, one of flite's for English, or
 * one of eSpeak NG's, which are language tags of the same language, with a variant or without: `en-gb`, `en-us+f3`.
 */
export function isKnownVoice(voice: string, language: string, site: SpeechSite): boolean {
  const primary = primaryOf(language);
  const named = Object.entries(site.speak).some(
    ([tag, list]) =>
      primaryOf(tag) === primary && list.some((one) => one.voice === voice || takesAny(site, one.engine)),
  );
  if (named || (primary === 'en' && FLITE_VOICES.has(voice))) return true;
  const espeak = /^([a-z]{2,3})(?:-[a-z0-9]{2,8})*(?:\+[a-z0-9_-]+)?$/i.exec(voice)?.[1]?.toLowerCase();
  return espeak !== undefined && (ESPEAK_LANGUAGES[primary] ?? [primary]).includes(espeak);
}

/** These have hundreds of voices, or a number for each speaker: only they know which. */
function takesAny(site: SpeechSite, engine: string): boolean {
  const kind = site.engines[engine]?.kind;
  return kind === 'google' || kind === 'http' || kind === 'sherpa';
}

function primaryOf(language: string): string {
  return language.toLowerCase().split('-')[0]!;
}
