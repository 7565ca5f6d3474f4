import { availableParallelism } from 'node:os';
import type { SpeechEngine, SpeechSite } from '../model/speech/engines.ts';
import { type Attendance, type AttendedEngine, attended } from './attended-engine.ts';
import type { Engine, EngineContext } from './engine.ts';

/** Utterances at once with an engine on another machine, where the site says nothing. */
const REMOTE_SESSIONS = 100;
const REMOTE: ReadonlySet<SpeechEngine['kind']> = new Set(['google', 'websocket']);
/** This one need not be named to be used. */
const UNNAMED: Readonly<Record<string, SpeechEngine>> = { pocketsphinx: { kind: 'pocketsphinx' } };

export type EngineMaker = (name: string, setting: SpeechEngine, context: EngineContext) => Engine | undefined;

export type EngineSetOptions = Omit<Attendance, 'sessionsMax'> & {
  readonly make: EngineMaker;
  readonly secretOf: (name: string) => string | undefined;
};

/** The engines of the site. One whose setting stays the same is kept when the site changes, with its breaker. */
export type EngineSet = {
  /** The engine of that name; undefined: there is none that hears. */
  of(name: string): AttendedEngine | undefined;
  /** A turn has begun with these; gives what tells that it is over. An engine that is gone from the site is closed then. */
  hold(engines: readonly AttendedEngine[]): () => void;
  use(site: SpeechSite): void;
  close(): Promise<void>;
};

type Member = { readonly attended: AttendedEngine; readonly setting: string };

export function openEngineSet({ make, secretOf, ...attendance }: EngineSetOptions, first: SpeechSite): EngineSet {
  let site = first;
  const members = new Map<string, Member>();
  const users = new Map<AttendedEngine, number>();
  const retired = new Set<AttendedEngine>();

  function settingOf(name: string): { readonly engine: SpeechEngine; readonly sessionsMax: number } | undefined {
    const engine = site.engines[name] ?? UNNAMED[name];
    if (!engine) return undefined;
    const usual = REMOTE.has(engine.kind) ? REMOTE_SESSIONS : availableParallelism();
    return { engine, sessionsMax: site.sessionsMax[name] ?? usual };
  }
  function closeUnused(engine: AttendedEngine): void {
    if (!retired.has(engine) || (users.get(engine) ?? 0) > 0) return;
    retired.delete(engine);
    users.delete(engine);
    void engine.engine.close();
  }
  return {
    of(name) {
      const known = members.get(name);
      if (known) return known.attended;
      const setting = settingOf(name);
      const engine = setting && make(name, setting.engine, { sessionsMax: setting.sessionsMax, secretOf });
      if (!setting || !engine) return undefined;
      const made = attended(engine, { ...attendance, sessionsMax: setting.sessionsMax });
      members.set(name, { attended: made, setting: JSON.stringify(setting) });
      return made;
    },
    hold(engines) {
      for (const engine of engines) users.set(engine, (users.get(engine) ?? 0) + 1);
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        for (const engine of engines) {
          users.set(engine, (users.get(engine) ?? 0) - 1);
          closeUnused(engine);
        }
      };
    },
    use(next) {
      site = next;
      for (const [name, { attended: old, setting }] of [...members]) {
        if (JSON.stringify(settingOf(name)) === setting) continue;
        members.delete(name);
        retired.add(old);
        closeUnused(old);
      }
    },
    async close() {
      const all = [...[...members.values()].map((member) => member.attended), ...retired];
      await Promise.all(all.map(({ engine }) => engine.close()));
    },
  };
}
