import assert from 'node:assert/strict';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Event } from '../../src/model/event.ts';
import { spreadOf } from '../bench/spread.ts';
import { longestSilenceMs, type Times, timesOf } from './call-flow-times.ts';
import { KeyPressers } from './key-pressers.ts';
import { Scene } from './scene.ts';
import { until } from './until.ts';

// 200 calls stand in a flow while its folder is changed 100 times. Each keeps the version that it began with, step for
// step, and nobody hears a gap that was not there before.

const CALLS = 200;
/** So many calls come while the folder changes, each at another edition. */
const NEWCOMERS = 10;
const CALLS_PER_SECOND = 60;
const RELOADS = 100;
/** After so many good saves comes one that is broken. */
const BROKEN_EVERY = 10;
/** So long the calls are measured before the first change. */
const QUIET_MS = 6_000;
/** A save is in service by then; the second figure is for the slowest of all, on a machine that is busy with other things. */
const IN_SERVICE_MS_MAX = { p50: 1_000, max: 5_000 };
/**
 * By how much a prompt or a wait may be longer while flows are loaded, at the median and at the 99th percentile; the
 * second also bears a machine that others use at the same time.
 */
const LONGER_MS_MAX = { p50: 50, p99: 600 };
/** By how much longer a silence may be that somebody hears between two prompts. */
const SILENCE_MS_MAX = 700;

const SITE = `
site: Exchange under test
numbers: { "100": rounds, "101": tone }
calendars: { always: { hours: { mon-sun: 00:00-24:00 } } }
`;

/** One tone after another: whoever listens hears when the next one comes late. */
const TONE = `
steps:
  tone: { type: play, prompt: { file: tone } }
  again: { type: loop, max: 900, on: { again: tone } }
limits: { max_steps: 2000 }
`;

/** Goes round until the caller presses 9; every step has the edition in its name. */
const rounds = (edition: number): string => `
constants: { edition: ${edition} }
limits: { max_steps: 2000 }
steps:
  hello-${edition}: { type: play, prompt: { file: tone } }
  note-${edition}: { type: set, vars: { seen: "\${{ constants.edition }}" } }
  choose-${edition}:
    type: menu
    prompt: { file: tone }
    options: { "1": pause-${edition}, "9": bye-${edition} }
    timeout: 60s
    on: { no_input: lost-${edition}, no_match: lost-${edition} }
  pause-${edition}: { type: wait, duration: 500ms }
  hours-${edition}: { type: schedule, calendar: always, on: { open: hello-${edition}, closed: lost-${edition} } }
  bye-${edition}: { type: play, prompt: { file: tone } }
  end-${edition}: { type: hangup }
  lost-${edition}: { type: emit, name: lost }
`;

/** The way round, and out. */
const ROUND = ['hello', 'note', 'choose', 'pause', 'hours'];
const OUT = ['hello', 'note', 'choose', 'bye', 'end'];

let scene: Scene;
before(async () => {
  scene = await Scene.open({ files: { 'site.yaml': SITE, 'rounds.yaml': rounds(0), 'tone.yaml': TONE } });
});
after(() => scene?.close());

test('200 calls in a flow notice nothing while its folder is changed 100 times, ten broken saves among them', async () => {
  const callers = new KeyPressers();
  for (let call = 0; call < CALLS; call++) {
    callers.add((await scene.call('100')).line);
    await pause(1000 / CALLS_PER_SECOND);
  }
  const listener = (await scene.call('101')).line;
  await callers.allAnswered();
  await listener.answered();

  const quietAtMs = Date.now();
  const quiet = await listener.startListening();
  const heardInQuiet = await quiet.stopAfter(QUIET_MS);
  const changing = await listener.startListening();
  const changesAtMs = Date.now();
  const saves = await changeFolder(callers);
  const changedAtMs = Date.now();
  const heardMeanwhile = await changing.stop();
  assert.equal(callers.standing, CALLS + NEWCOMERS, 'nobody was dropped');
  await callers.leave();
  await listener.hangUp();
  await scene.quiet();

  const editions = await loadedEditions();
  assert.equal(editions.size, RELOADS + 1);
  const waitedMs = [...saves].map(
    ([edition, savedAtMs]) => [...editions.values()].find((one) => one.edition === edition)!.atMs - savedAtMs,
  );
  const service = spreadOf(waitedMs);

  const contacts = await contactsOf('100');
  assert.equal(contacts.length, CALLS + NEWCOMERS);
  const begun = contacts.map((events) => checkedWay(events, editions));
  assert.equal(begun.filter((edition) => edition === 0).length, CALLS);
  assert.equal(new Set(begun).size, 1 + NEWCOMERS, 'the newcomers began in an edition each');

  const times = timesOf(contacts);
  const before = within(times, quietAtMs, changesAtMs);
  const during = within(times, changesAtMs, changedAtMs);
  const silence = { before: longestSilenceMs(heardInQuiet), during: longestSilenceMs(heardMeanwhile) };
  report({ service, before, during, silence });
  for (const part of ['p50', 'max'] as const) {
    assert.ok(service[part]! < IN_SERVICE_MS_MAX[part], `a save was in service after ${service[part]} ms (${part})`);
  }
  for (const what of ['promptMs', 'waitMs'] as const) {
    const [was, is] = [spreadOf(before[what]), spreadOf(during[what])];
    assert.ok(was.count > CALLS / 2 && is.count > CALLS, `${what}: ${was.count} and ${is.count} were measured`);
    for (const part of ['p50', 'p99'] as const) {
      const longer = is[part]! - was[part]!;
      assert.ok(
        longer <= LONGER_MS_MAX[part],
        `${what} ${part}: ${was[part]} ms before, ${is[part]} ms while changing`,
      );
    }
  }
  assert.ok(
    silence.during - silence.before < SILENCE_MS_MAX,
    `a silence of ${silence.during} ms was heard, ${silence.before} ms before`,
  );
});

/** Saves one edition after the other, each as soon as the one before is in service. @returns when each was saved. */
async function changeFolder(callers: KeyPressers): Promise<Map<number, number>> {
  const { flowsDir } = scene.exchange;
  const saved = new Map<number, number>();
  const start = await status();
  for (let edition = 1; edition <= RELOADS; edition++) {
    rmSync(join(flowsDir, 'broken.yaml'), { force: true });
    save('rounds.yaml', rounds(edition));
    saved.set(edition, Date.now());
    await until(
      `edition ${edition} is in service`,
      async () => (await status()).loads === start.loads + edition || undefined,
      { seen: status },
    );
    if (edition % BROKEN_EVERY !== 0) continue;
    callers.add((await scene.call('100')).line);
    await brokenSave(edition, start.refusals + edition / BROKEN_EVERY);
  }
  return saved;
}

/** In one step, as editors save: half of a file would be refused, and told, until its other half is there. */
function save(name: string, text: string): void {
  const { flowsDir } = scene.exchange;
  writeFileSync(join(flowsDir, `.${name}`), text);
  renameSync(join(flowsDir, `.${name}`), join(flowsDir, name));
}

/** A good flow and a broken one are saved together: both are refused, and what is in service stays. */
async function brokenSave(edition: number, refusals: number): Promise<void> {
  const { version } = await status();
  save('broken.yaml', 'steps:\n  a: { type: plya, prompt: hello }\n');
  save('rounds.yaml', rounds(1_000 + edition));
  const refused = await until(
    'the broken save is refused',
    async () => {
      const now = await status();
      return now.refusals === refusals ? now : undefined;
    },
    { seen: status },
  );
  assert.equal(refused.version, version);
  assert.deepEqual(
    refused.problems.map(({ file, line, code }) => [file, line, code]),
    [['broken.yaml', 2, 'step.type_unknown']],
  );
  const health = await scene.exchange.health();
  assert.equal(health?.parts['flows']?.up, false);
}

type Status = {
  version: string;
  loads: number;
  refusals: number;
  problems: { file: string; line: number; code: string }[];
};
async function status(): Promise<Status> {
  return (await scene.exchange.get('/v1/flows')).body as Status;
}

type Loaded = { readonly edition: number; readonly atMs: number };

/** Editions that came into service, by version. */
async function loadedEditions(): Promise<Map<string, Loaded>> {
  const rows = (await scene.exchange.sql(`
    SELECT at_ms::float8 AS "atMs", data->'flows'->>'version' AS version,
      (data->'flows'->'flows'->'rounds'->'constants'->>'edition')::int AS edition
    FROM journal WHERE kind = 'flows.loaded' ORDER BY seq`)) as (Loaded & { version: string })[];
  return new Map(rows.map(({ version, edition, atMs }) => [version, { edition, atMs }]));
}

/** What the journal has of every contact of a number, each in its order. */
async function contactsOf(number: string): Promise<Event[][]> {
  const rows = (await scene.exchange.sql(
    `
    SELECT contact_id AS id, json_agg(data ORDER BY seq) AS events FROM journal
    WHERE contact_id IN (SELECT contact_id FROM journal WHERE kind = 'contact.arrived' AND data->>'to' = $1)
    GROUP BY contact_id`,
    [number],
  )) as { events: Event[] }[];
  return rows.map(({ events }) => events);
}

/** Fails unless the contact went round and out as one edition says. @returns the edition. */
function checkedWay(events: readonly Event[], editions: ReadonlyMap<string, Loaded>): number {
  const [begun] = events.filter((event) => event.kind === 'flow.started');
  const { edition, atMs } = editions.get(begun?.version ?? '')!;
  const later = [...editions.values()].filter((one) => one.atMs > atMs).map((one) => one.atMs);
  assert.ok(begun!.atMs <= Math.min(...later, Number.POSITIVE_INFINITY), 'it began in what was in service');
  const steps = events.flatMap((event) => (event.kind === 'step.entered' ? [event.stepId] : []));
  const turns = (steps.length - OUT.length) / ROUND.length;
  const way = [...Array.from({ length: turns }, () => ROUND).flat(), ...OUT].map((step) => `${step}-${edition}`);
  assert.deepEqual(steps, way);
  if (edition === 0) assert.ok(turns >= 1, 'it went round at least once');
  const ended = events.find((event) => event.kind === 'contact.ended');
  assert.equal(ended?.endedBy, 'system', 'the flow hung up');
  assert.equal(events.at(-1)?.kind, 'contact.finished');
  for (const [place, event] of events.entries()) {
    assert.ok(event.kind !== 'flow.failed' && event.kind !== 'flow.resumed', event.kind);
    if (event.kind === 'prompt.finished') assert.notEqual(event.result, 'failed');
    // A prompt is stopped by the key before it and by nothing else.
    if (event.kind === 'prompt.stopped') assert.equal(events[place - 1]?.kind, 'digit.received');
  }
  return edition;
}

function within(times: readonly Times[], fromMs: number, toMs: number): { promptMs: number[]; waitMs: number[] } {
  const of = (what: Times['what']) =>
    times.filter((one) => one.what === what && one.atMs >= fromMs && one.atMs < toMs).map(({ ms }) => ms);
  return { promptMs: of('prompt'), waitMs: of('wait') };
}

type Figures = {
  service: ReturnType<typeof spreadOf>;
  before: ReturnType<typeof within>;
  during: ReturnType<typeof within>;
  silence: { before: number; during: number };
};

/** Says the figures that docs/performance.md has. */
function report({ service, before, during, silence }: Figures): void {
  const told = ({ count, p50, p95, p99, max }: ReturnType<typeof spreadOf>): string =>
    `${p50} / ${p95} / ${p99} / ${max} (${count})`;
  const lines = [
    `saved until in service, ms p50 / p95 / p99 / max (number): ${told(service)}`,
    `prompt of 1000 ms, before: ${told(spreadOf(before.promptMs))}, while changing: ${told(spreadOf(during.promptMs))}`,
    `wait of 500 ms, before: ${told(spreadOf(before.waitMs))}, while changing: ${told(spreadOf(during.waitMs))}`,
    `longest silence between two prompts that was heard, ms: before ${silence.before}, while changing ${silence.during}`,
  ];
  process.stdout.write(lines.map((line) => `# ${line}\n`).join(''));
}
