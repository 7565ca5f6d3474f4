/** An engine that speaks or hears, as the site file names it. Secrets stand in no site file: `secret` is a name. */
export type SpeechEngine =
  | { readonly kind: 'flite' | 'espeak' | 'pocketsphinx' }
  /** A model of the user's, in a folder on this machine. */
  | { readonly kind: 'sherpa'; readonly model: string }
  /** Google Cloud; `project` and `location` as in the resource names; `endpoint`: host:port of another server that speaks the same. */
  | {
      readonly kind: 'google';
      readonly project: string;
      readonly location: string;
      readonly model: string | null;
      readonly secret: string | null;
      readonly endpoint: string | null;
    }
  /** A recogniser of our own small protocol over WebSocket (docs/recognition-engines.md). */
  | { readonly kind: 'websocket'; readonly url: string; readonly secret: string | null }
  /** A voice that answers a POST of text with sound (docs/speech.md). */
  | { readonly kind: 'http'; readonly url: string; readonly secret: string | null };

export type EngineName = string;

/** What the site says about speech. `flite`, `espeak` and `pocketsphinx` need not be named to be used. */
export type SpeechSite = {
  readonly engines: Readonly<Record<EngineName, SpeechEngine>>;
  /** By language (BCP 47; a longer tag is served by its shorter form): who hears it, tried in this order. */
  readonly hear: Readonly<Record<string, readonly EngineName[]>>;
  /** The same for who speaks; `voice`: the engine's own name of it, null for its usual one. */
  readonly speak: Readonly<Record<string, readonly { readonly engine: EngineName; readonly voice: string | null }[]>>;
  /** At most so many at once with each engine; left out: as many as there are cores for those of this machine, 100 for others. */
  readonly sessionsMax: Readonly<Record<EngineName, number>>;
  /** Engines on other machines that may hear what is sensitive. */
  readonly trusted: readonly EngineName[];
};

/** Where the site says nothing: what runs on this machine, by itself. */
export const OFFLINE_SPEECH: SpeechSite = {
  engines: {},
  hear: { en: ['pocketsphinx'] },
  speak: {},
  sessionsMax: {},
  trusted: [],
};
