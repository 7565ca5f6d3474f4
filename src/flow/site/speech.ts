import { OFFLINE_SPEECH, type SpeechEngine, type SpeechSite } from '../../model/speech/engines.ts';
import { byKind } from '../shape/by-kind.ts';
import { list, listOrOne } from '../shape/list.ts';
import { type KeyRule, mapOf } from '../shape/map-of.ts';
import { defaulted, type ObjectOf, object, optional, required } from '../shape/object.ts';
import { choice, text, wholeNumber } from '../shape/scalars.ts';
import { checked, mapped, type Shape } from '../shape/shape.ts';

const ENGINES_MAX = 20;
const LANGUAGES_MAX = 100;
const SESSIONS_MAX = 10_000;

const NAME = { pattern: /^[a-z][a-z0-9_]{0,39}$/, asked: 'an engine has small letters, digits and _, a letter first' };
const ENGINE_IDS: KeyRule = { ...NAME, entry: (key) => `Engine ${key}`, max: ENGINES_MAX };
const ENGINE_NAME = text(NAME);
const LANGUAGES: KeyRule = {
  pattern: /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/,
  asked: 'a language is a tag such as en or zh-CN',
  entry: (key) => `The engines for ${key}`,
  max: LANGUAGES_MAX,
};
const SECRET = text({ pattern: /^[a-z][a-z0-9_]{0,63}$/, asked: 'a secret is named with small letters, digits and _' });
const URL_TEXT = text({
  pattern: /^(?:https?|wss?):\/\/\S{1,500}$/,
  asked: 'write an address such as wss://ears.example.com/',
});

const KINDS = ['sherpa', 'google', 'websocket', 'http'] as const;
type Kind = (typeof KINDS)[number];
const FIELDS = {
  kind: required(
    choice(KINDS),
    'What it is: a model on this machine, Google Cloud, a recogniser over WebSocket, a voice over HTTP.',
    'websocket',
  ),
  model: optional(text(), 'Of sherpa: the folder of the model. Of google: the name of the model.'),
  project: optional(text(), 'Of google: the project.'),
  location: optional(text(), 'Of google: the region, such as eu; global when left out.'),
  endpoint: optional(text(), 'Of google: host:port of another server that speaks the same.'),
  url: optional(URL_TEXT, 'Of websocket (ws, wss) and http (http, https): the address.'),
  secret: optional(SECRET, 'The name of its secret: a key, or the service account of Google.'),
};
type WrittenEngine = ObjectOf<typeof FIELDS>;
type Key = Exclude<keyof WrittenEngine, 'kind'>;

/** What each kind needs, and what else it may have. */
const NEEDS: Readonly<Record<Kind, readonly Key[]>> = {
  sherpa: ['model'],
  google: ['project'],
  websocket: ['url'],
  http: ['url'],
};
const MAY: Readonly<Record<Kind, readonly Key[]>> = {
  sherpa: [],
  google: ['location', 'model', 'endpoint', 'secret'],
  websocket: ['secret'],
  http: ['secret'],
};
const SCHEMES = { websocket: /^wss?:/, http: /^https?:/ };

const ENGINE: Shape<SpeechEngine> = mapped(
  checked(object(FIELDS), (engine, tell) => {
    const { kind, url } = engine;
    for (const key of Object.keys(FIELDS) as (Key | 'kind')[]) {
      if (key === 'kind') continue;
      const given = engine[key] !== undefined;
      if (NEEDS[kind].includes(key)) {
        if (!given) tell('key.missing', ['kind'], `An engine of kind ${kind} needs "${key}".`);
      } else if (given && !MAY[kind].includes(key)) {
        tell('key.conflict', [key], `${key} means nothing to an engine of kind ${kind}. Leave it out.`);
      }
    }
    const scheme = kind === 'websocket' || kind === 'http' ? SCHEMES[kind] : undefined;
    if (url === undefined || !scheme || scheme.test(url)) return;
    tell('value.type', ['url'], `An engine of kind ${kind} is not reached at "${url}".`);
  }),
  engineOf,
);

function engineOf({ kind, model, project, location, endpoint, url, secret }: WrittenEngine): SpeechEngine {
  switch (kind) {
    case 'sherpa':
      return { kind, model: model ?? '' };
    case 'google':
      return {
        kind,
        project: project ?? '',
        location: location ?? 'global',
        model: model ?? null,
        secret: secret ?? null,
        endpoint: endpoint ?? null,
      };
    default:
      return { kind, url: url ?? '', secret: secret ?? null };
  }
}

type Speaker = SpeechSite['speak'][string][number];
const SPEAKER: Shape<Speaker> = byKind({
  scalar: mapped(ENGINE_NAME, (engine): Speaker => ({ engine, voice: null })),
  map: mapped(
    object({
      engine: required(ENGINE_NAME, 'The engine.', 'flite'),
      voice: optional(text(), "The engine's own name of the voice; its usual one when left out."),
    }),
    ({ engine, voice }): Speaker => ({ engine, voice: voice ?? null }),
  ),
});

export const SPEECH_FIELDS = {
  engines: defaulted(mapOf(ENGINE_IDS, ENGINE), {}, 'Engines besides flite, espeak and pocketsphinx, by name.'),
  hear: defaulted(
    mapOf(LANGUAGES, listOrOne(ENGINE_NAME, ENGINES_MAX)),
    {},
    'Who hears a language, by its tag, tried in this order; pocketsphinx hears English when nothing is said of it.',
  ),
  speak: defaulted(
    mapOf(LANGUAGES, list(SPEAKER, ENGINES_MAX)),
    {},
    'Who speaks a language, tried in this order; flite and espeak when nothing is said of it.',
  ),
  sessions_max: defaulted(
    mapOf({ ...ENGINE_IDS, entry: (key) => `The limit of ${key}` }, wholeNumber({ min: 1, max: SESSIONS_MAX })),
    {},
    'Most callers that an engine hears, or texts that it speaks, at once. When left out: the cores of this machine, 100 elsewhere.',
  ),
  trusted: defaulted(
    listOrOne(ENGINE_NAME, ENGINES_MAX),
    [],
    'Engines on other machines that may hear what is sensitive.',
    [],
  ),
};

/** Which engines speak and hear. */
export const SPEECH_SITE: Shape<SpeechSite> = mapped(object(SPEECH_FIELDS), speechOf);

function speechOf(found: ObjectOf<typeof SPEECH_FIELDS>): SpeechSite {
  return {
    engines: found.engines,
    hear: { ...OFFLINE_SPEECH.hear, ...found.hear },
    speak: { ...OFFLINE_SPEECH.speak, ...found.speak },
    sessionsMax: found.sessions_max,
    trusted: found.trusted,
  };
}
