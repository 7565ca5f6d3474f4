import type { SpeechEngine, SpeechSite } from '../../../model/speech/engines.ts';
import { isKnownVoice } from '../../../model/speech/voices.ts';
import { suggestions } from '../../nearest.ts';
import type { ReadSite } from '../../site-file.ts';
import type { Path } from '../../source.ts';
import type { Subject } from './subject.ts';

type Kind = SpeechEngine['kind'];
/** Those that need not be named to be used. */
const BUILT_IN: readonly Kind[] = ['flite', 'espeak', 'pocketsphinx'];
const CANNOT_HEAR: ReadonlySet<Kind> = new Set<Kind>(['flite', 'espeak', 'http']);
const CANNOT_SPEAK: ReadonlySet<Kind> = new Set<Kind>(['pocketsphinx', 'websocket']);

/** Engines that are named must be there and be able to do it, and their voices must be known. */
export function checkSpeech({ site: { speech }, written, tell }: Subject): void {
  if (!speech) return;
  const known = [...BUILT_IN, ...Object.keys(speech.engines)];
  const hint = suggestions(known);
  const named = (name: string, path: Path, cannot: ReadonlySet<Kind>, does: string): void => {
    const kind = kindOf(speech, name);
    if (kind === undefined) tell('engine.unknown', path, `There is no engine "${name}". ${hint(name)}`.trim());
    else if (cannot.has(kind)) tell('engine.unfit', path, `The engine "${name}" cannot ${does}.`);
  };
  const { hear = {}, speak = {} } = written.speech ?? {};
  for (const [language, names] of Object.entries(hear)) {
    for (const [at, name] of names.entries()) named(name, ['speech', 'hear', language, at], CANNOT_HEAR, 'hear');
  }
  for (const [language, speakers] of Object.entries(speak)) {
    for (const [at, { engine, voice }] of speakers.entries()) {
      const path = ['speech', 'speak', language, at];
      named(engine, path, CANNOT_SPEAK, 'speak');
      if (voice === null || isVoiceOf(speech, engine, voice, language)) continue;
      tell('voice.unknown', [...path, 'voice'], `The engine "${engine}" has no voice "${voice}" for ${language}.`);
    }
  }
  const nothing: ReadonlySet<Kind> = new Set<Kind>();
  for (const name of Object.keys(speech.sessionsMax)) named(name, ['speech', 'sessions_max', name], nothing, '');
  for (const [at, name] of speech.trusted.entries()) named(name, ['speech', 'trusted', at], nothing, '');
  for (const name of Object.keys(speech.engines)) {
    if (!BUILT_IN.some((one) => one === name)) continue;
    tell('id.reserved', ['speech', 'engines', name], `"${name}" is there without being named. Choose another name.`);
  }
}

/** Keys of engines do not stand in site.yaml; `secrets` are the names of those that there are. */
export function checkEngineSecrets({ site, source }: ReadSite, secrets: ReadonlySet<string>): void {
  for (const [name, engine] of Object.entries(site.speech?.engines ?? {})) {
    const secret = 'secret' in engine ? engine.secret : null;
    if (secret === null || secrets.has(secret)) continue;
    const message =
      `The secret of the engine "${name}" is not there: put it into the file secrets/${secret} of the data folder ` +
      `(chmod 600), or into the variable STROWGER_SECRET_${secret.toUpperCase()}. Until then this engine is not used.`;
    source.problem('engine.secret_missing', source.nodeAt(['speech', 'engines', name, 'secret']), message);
  }
}

function kindOf({ engines }: SpeechSite, name: string): Kind | undefined {
  return BUILT_IN.find((one) => one === name) ?? (Object.hasOwn(engines, name) ? engines[name]!.kind : undefined);
}

/** Only the voices of the engines on this machine are known here. */
function isVoiceOf(speech: SpeechSite, engine: string, voice: string, language: string): boolean {
  if (engine !== 'flite' && engine !== 'espeak') return true;
  return isKnownVoice(voice, language, { ...speech, speak: {} });
}
