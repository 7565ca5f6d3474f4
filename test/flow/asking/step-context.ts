import { NO_SITE } from '../../../src/controller/no-site.ts';
import { holds, type Scope } from '../../../src/expression/evaluate.ts';
import { fill, fillValue } from '../../../src/expression/template.ts';
import type { Problem } from '../../../src/flow/problem.ts';
import { fillPrompt } from '../../../src/flow/prompt.ts';
import type { Lock } from '../../../src/flow/session.ts';
import { object } from '../../../src/flow/shape/object.ts';
import { Source } from '../../../src/flow/source.ts';
import type { Happening, Move, StepContext, StepKind, StepParameters, Told } from '../../../src/flow/step-kind.ts';
import type { Choice } from '../../../src/model/event.ts';
import type { Failure, Result } from '../../../src/model/failure.ts';
import type { Site } from '../../../src/model/site.ts';
import type { Values } from '../../../src/model/value.ts';

export type Scene = {
  readonly channel?: 'voice' | 'chat';
  readonly language?: string;
  readonly vars?: Values;
  readonly locks?: Readonly<Record<string, Lock>>;
  readonly languages?: readonly string[];
  /** Names and extensions of agents by id. */
  readonly agents?: Readonly<Record<string, readonly [name: string, extension: string]>>;
};

/** Reads one step from YAML. */
export function readStep(kind: StepKind, yaml: string): { given: StepParameters; problems: Problem[] } {
  const problems: Problem[] = [];
  const source = new Source('flow.yaml', yaml, problems);
  const written = object(kind.fields).read(source, source.root, `A ${kind.type} step`) ?? {};
  const given = kind.given ? kind.given(written) : written;
  kind.check?.(given, (code, path, message) => source.problem(code, source.nodeAt(path), message));
  // What stands in the journal is JSON, so that is what a step must be able to work with.
  return { given: JSON.parse(JSON.stringify(given)) as StepParameters, problems };
}

export function codesOf(kind: StepKind, yaml: string): string[] {
  return readStep(kind, yaml).problems.map((problem) => `${problem.line} ${problem.code}`);
}

/** One step by itself, with a customer who answers it. */
export class Stage {
  readonly kind: StepKind;
  readonly given: StepParameters;
  readonly notes: StepContext['notes'] = {};
  readonly told: Told[] = [];
  readonly #scene: Scene;
  /** What was said or shown last, part by part. */
  heard: string[] = [];
  choices: readonly Choice[] = [];
  left: Move | undefined;
  wakeInMs: number | null = null;
  playing = false;
  #atMs = 1_000_000;

  constructor(kind: StepKind, yaml: string, scene: Scene = {}) {
    const { given, problems } = readStep(kind, yaml);
    if (problems.length > 0) throw new Error(problems.map(({ code, message }) => `${code} ${message}`).join('\n'));
    this.kind = kind;
    this.given = given;
    this.#scene = scene;
    this.#take(kind.enter(given, this.#context()));
  }

  get outcome(): string | undefined {
    return this.left?.outcome;
  }

  press(keys: string): this {
    for (const digit of keys) this.happen({ what: 'digit', digit });
    return this;
  }

  say(text: string, confidence = 0.9): this {
    return this.happen({ what: 'speech', text, confidence });
  }

  reply(text: string): this {
    return this.happen({ what: 'reply', text });
  }

  heardOut(): this {
    if (!this.playing) throw new Error('no prompt is playing');
    this.playing = false;
    return this.happen({ what: 'prompt_finished' });
  }

  /** Says nothing until the step's time is over; a prompt is heard out first. */
  silence(): this {
    if (this.playing) this.heardOut();
    if (this.left) return this;
    if (this.wakeInMs === null) throw new Error('the step waits for nothing');
    this.wakeInMs = null;
    return this.happen({ what: 'time_out' });
  }

  happen(happening: Happening): this {
    if (this.left) throw new Error('the step was left');
    this.#take(this.kind.receive!(this.given, happening, this.#context()));
    return this;
  }

  #take(move: Move): void {
    if (move.stopPrompt) this.playing = false;
    const begins = (move.play ?? []).length > 0 || move.outcome !== undefined;
    if (this.playing && begins) throw new Error('the prompt goes on although the step is further');
    if (move.outcome !== undefined && move.wakeInMs !== null && this.wakeInMs !== null) {
      throw new Error('the step was left, and its time-out is still to come');
    }
    if (move.play) {
      this.playing = move.play.length > 0;
      this.heard = move.play.map((part) => ('say' in part ? part.say : 'digits' in part ? `<${part.digits}>` : '...'));
      this.choices = move.choices ?? [];
    }
    if (move.wakeInMs !== undefined) this.wakeInMs = move.wakeInMs;
    if (this.playing && this.#scene.channel !== 'chat' && this.wakeInMs !== null) {
      throw new Error('the time runs while the prompt is still playing');
    }
    this.told.push(...(move.tell ?? []));
    if (move.outcome !== undefined) this.left = move;
  }

  #context(groups: Scope = {}): StepContext {
    const { channel = 'voice', vars = {}, locks = {}, languages = ['en', 'de'], agents = {} } = this.#scene;
    const chosen = this.told.findLast((one) => one.kind === 'language.chosen')?.language;
    const language = chosen ?? this.#scene.language ?? 'en';
    const scope: Scope = { contact: { id: 'c1', channel, language, from: '1555', to: '100' }, vars, ...groups };
    const filled = (text: string): string => need(fill(text, scope));
    const listener = { channel, language, timeZone: 'UTC', fill: filled };
    return {
      atMs: this.#atMs,
      contactId: 'c1',
      message: null,
      gone: false,
      channel,
      inText: channel === 'chat',
      language,
      scope,
      fill: filled,
      value: (text) => need(fillValue(text, scope)),
      holds: (expression) => need(holds(expression, scope)),
      including: (more) => this.#context({ ...groups, ...more }),
      forgiving: () => this.#context(groups),
      prompt: (prompt) => fillPrompt(prompt, listener),
      site: siteWith(languages, agents),
      floor: {
        loggedIn: () => false,
        queue: () => undefined,
        place: () => undefined,
        talk: () => undefined,
        bookings: () => [],
      },
      openingOf: () => {
        throw new Error('there are no calendars here');
      },
      table: () => undefined,
      lock: (name) => locks[name],
      draw: () => 0,
      visits: 1,
      stepsTaken: 1,
      calledAtMs: null,
      queuePlace: null,
      orderId: null,
      notes: this.notes,
    };
  }
}

function siteWith(languages: readonly string[], agents: NonNullable<Scene['agents']>): Site {
  const some = { team: null, skills: {}, queues: {}, capacity: 'default' };
  const entries = Object.entries(agents).map(([id, [name, extension]]) => [id, { ...some, id, name, extension }]);
  return { ...NO_SITE, languages, agents: Object.fromEntries(entries) };
}

function need<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error((result.failure as Failure).message);
}
