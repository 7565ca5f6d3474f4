import { availableParallelism } from 'node:os';
import { type Failure, ok, type Result } from '../model/failure.ts';
import type { EngineName, SpeechSite } from '../model/speech/engines.ts';
import { openBreaker } from './breaker.ts';
import type { Engine, EngineOpener } from './engine.ts';
import { type EngineNeeds, isRemote, openerOf, USUAL } from './engines.ts';
import { openGate } from './gate.ts';
import type { Candidate, Speaker } from './speaker.ts';

/** Pieces that may wait for one engine. */
const WAITING_MAX = 1_000;
/** At once with an engine on another machine, where the site says nothing. */
const REMOTE_SESSIONS_MAX = 100;

export type EngineSet = {
  /** Who may speak a language: the site's choice in its order, then the usual engines of this machine. */
  candidates(language: string): readonly Candidate[];
  speakers(): readonly Speaker[];
  /** Engines that are not to be had, and why. */
  missing(): ReadonlyMap<EngineName, Failure>;
  /** Opens what is new, closes what is gone; what is the same stays as it is. One after another. Gives whether the site is another. */
  use(site: SpeechSite): Promise<boolean>;
  close(): Promise<void>;
};

export type EngineSetOptions = {
  /** In the place of the usual engines; in order of preference. */
  readonly usual: readonly EngineOpener[] | undefined;
  readonly needs: EngineNeeds;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Told of each engine that could not be opened. */
  readonly missing: (failure: Failure) => void;
};

type Kept = { readonly definition: string; readonly speaker: Speaker };

export function engineSet(options: EngineSetOptions): EngineSet {
  let kept = new Map<EngineName, Kept>();
  let missing = new Map<EngineName, Failure>();
  let speak: SpeechSite['speak'] = {};
  let usual: readonly EngineName[] = [];
  let last: Promise<void> = Promise.resolve();
  let inUse = '';

  async function change(site: SpeechSite): Promise<void> {
    const wanted = openersFor(site, options);
    const openings = await Promise.all(wanted.map((one) => opening(one, kept.get(one.name), options)));
    const next = new Map<EngineName, Kept>();
    const failures = new Map<EngineName, Failure>();
    for (const [at, { name }] of wanted.entries()) {
      const opened = openings[at]!;
      if (opened.ok) next.set(name, opened.value);
      else {
        failures.set(name, opened.failure);
        options.missing(opened.failure);
      }
    }
    const gone = [...kept.values()].filter((one) => ![...next.values()].includes(one));
    kept = next;
    missing = failures;
    speak = site.speak;
    usual = wanted.filter((one) => one.isUsual).map(({ name }) => name);
    await Promise.all(gone.map(({ speaker }) => speaker.engine.close()));
  }

  return {
    candidates(language) {
      const chosen = inLanguage(speak, language) ?? [];
      const named = new Set(chosen.map(({ engine }) => engine));
      const others = usual.filter((name) => !named.has(name)).map((engine) => ({ engine, voice: null }));
      return [...chosen, ...others].flatMap(({ engine, voice }) => {
        const speaker = kept.get(engine)?.speaker;
        return speaker ? [{ speaker, voice }] : [];
      });
    },
    speakers: () => [...kept.values()].map(({ speaker }) => speaker),
    missing: () => missing,
    use(site) {
      const used = last.then(async () => {
        const written = JSON.stringify([site.engines, site.speak, site.sessionsMax]);
        // One that could not be opened is tried again.
        if (written === inUse && missing.size === 0) return false;
        inUse = written;
        await change(site);
        return true;
      });
      last = used.then(() => undefined);
      return used;
    },
    async close() {
      await last;
      for (const { speaker } of kept.values()) {
        speaker.gate.close();
        await speaker.engine.close();
      }
    },
  };
}

type Wanted = {
  readonly name: EngineName;
  readonly definition: string;
  readonly sessionsMax: number;
  readonly isUsual: boolean;
  readonly open: EngineOpener;
};

function openersFor(site: SpeechSite, { usual, needs }: EngineSetOptions): Wanted[] {
  const cores = availableParallelism();
  const own = usual
    ? usual.map((open, at) => ({ name: `usual-${at}`, open }))
    : USUAL.map((name) => ({ name, open: openerOf(name, { kind: name }, needs)! }));
  const wanted: Wanted[] = own.map(({ name, open }) => {
    const sessionsMax = site.sessionsMax[name] ?? cores;
    return { name, definition: JSON.stringify([sessionsMax]), sessionsMax, isUsual: true, open };
  });
  const named = new Set(Object.values(site.speak).flatMap((list) => list.map(({ engine }) => engine)));
  for (const [name, engine] of Object.entries(site.engines)) {
    const open = named.has(name) ? openerOf(name, engine, needs) : undefined;
    if (!open || wanted.some((one) => one.name === name)) continue;
    const sessionsMax = site.sessionsMax[name] ?? (isRemote(engine) ? REMOTE_SESSIONS_MAX : cores);
    wanted.push({ name, definition: JSON.stringify([engine, sessionsMax]), sessionsMax, isUsual: false, open });
  }
  return wanted;
}

async function opening(wanted: Wanted, there: Kept | undefined, options: EngineSetOptions): Promise<Result<Kept>> {
  const { definition, sessionsMax, open } = wanted;
  if (there?.definition === definition) return ok(there);
  const opened = await open(options.signal);
  if (!opened.ok) return opened;
  return ok({ definition, speaker: speakerFor(opened.value, sessionsMax, options.now) });
}

function speakerFor(engine: Engine, sessionsMax: number, now: () => number): Speaker {
  return { engine, gate: openGate(sessionsMax, WAITING_MAX), breaker: openBreaker(now) };
}

/** RFC 4647, 3.4 (lookup): the tag itself, then shorter ones. */
function inLanguage<T>(by: Readonly<Record<string, T>>, language: string): T | undefined {
  const tags = new Map(Object.entries(by).map(([tag, one]) => [tag.toLowerCase(), one]));
  const subtags = language.toLowerCase().split('-');
  for (; subtags.length > 0; subtags.pop()) {
    const found = tags.get(subtags.join('-'));
    if (found !== undefined) return found;
  }
  return undefined;
}
