import type { TimeZone } from '../../model/time-zone.ts';
import type { Value, Values } from '../../model/value.ts';
import { MASK } from '../../rehearsal/masked.ts';
import type { TraceLine } from '../../rehearsal/trace-line.ts';

/** How lines are shown: by which clock, and whether with colours. */
export type Look = { readonly zone: TimeZone; readonly colours: boolean };

type Colour = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';
/** Select Graphic Rendition (ECMA-48, 8.3.117). */
const SGR: Readonly<Record<Colour, number>> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 };

export function painted(text: string, colour: Colour, { colours }: Pick<Look, 'colours'>): string {
  return colours ? `\u001b[${SGR[colour]}m${text}\u001b[0m` : text;
}

/** Lines for people. The clock stands where it has moved on since the line before. */
export function traceText(lines: readonly TraceLine[], look: Look): string {
  const shown: string[] = [];
  let clock = '';
  let keys = '';
  for (const [at, line] of lines.entries()) {
    const next = lines[at + 1];
    if (line.what === 'entered' && line.how === 'key') {
      keys += line.text;
      // Keys that were pressed one after the other stand in one line.
      if (next?.what === 'entered' && next.how === 'key') continue;
    }
    const now = clockText(line.atMs, look.zone);
    const rows = lineText(keys === '' ? line : ({ ...line, text: keys } as TraceLine), look);
    keys = '';
    for (const row of rows) {
      shown.push(`${now === clock ? ' '.repeat(now.length) : painted(now, 'dim', look)}  ${row}\n`);
      clock = now;
    }
  }
  return shown.join('');
}

/** `2026-12-01 10:00:00` by the clock of the site. */
export function momentText(atMs: number, zone: TimeZone): string {
  return new Date(atMs + zone.offsetMsAt(atMs)).toISOString().slice(0, 19).replace('T', ' ');
}

function clockText(atMs: number, zone: TimeZone): string {
  return momentText(atMs, zone).slice(11);
}

function lineText(line: TraceLine, look: Look): string[] {
  switch (line.what) {
    case 'arrived':
      return [`${line.channel === 'voice' ? 'call' : line.channel} from ${line.from} to ${line.to}`];
    case 'flow':
      return [`flow ${painted(line.flow, 'bold', look)} ${line.how.replace('_', ' ')}`, ...changes(line.set, [], look)];
    case 'returned':
      return [`back from it with ${line.outcome}`];
    case 'step':
      return [`${painted(line.step, 'bold', look)} (${line.type})  ${painted(line.place, 'dim', look)}`];
    case 'left': {
      const error = line.error ? [painted(`    ${line.error.code}: ${line.error.message}`, 'red', look)] : [];
      return [
        ...changes(line.set, line.concealed, look),
        ...error,
        `  ${painted(`-> ${line.outcome}`, 'green', look)}`,
      ];
    }
    case 'heard':
      return heard(line, look);
    case 'entered':
      return [painted(line.how === 'key' ? `> ${line.text}` : `> "${line.text}"`, 'yellow', look)];
    default:
      return otherText(line, look);
  }
}

function otherText(line: TraceLine, look: Look): string[] {
  switch (line.what) {
    case 'asked':
      return [`    asks ${line.method} ${line.url}`];
    case 'got':
      return [`    is answered ${line.answer}`];
    case 'queued':
      return [`    waits in queue ${line.queue}`];
    case 'left_queue':
      return line.reason === 'answered' ? [] : [`    leaves queue ${line.queue}: ${line.reason}`];
    case 'rings':
      return [`    ${line.agent} rings`];
    case 'rings_no_more':
      return [`    ${line.agent} rings no more: ${line.reason.replaceAll('_', ' ')}`];
    case 'talks':
      return [`    talks with ${line.agent}`];
    case 'handled':
      return [`    has talked with ${line.agent}`];
    case 'language':
      return [`    language ${line.language}`];
    case 'tagged':
      return Object.entries(line.tags).map(([name, value]) => `    tag ${name} = ${JSON.stringify(value)}`);
    case 'emitted':
      return [`    emits ${line.name} ${JSON.stringify(line.data)}`];
    case 'noted':
      return [`    notes (${line.level}) ${line.message}`];
    case 'hung_up':
      return [`    hangs up${line.cause === 'normal' ? '' : ` (${line.cause})`}`];
    case 'failed':
      return [painted(`failed: ${line.code}`, 'red', look)];
    case 'ended':
      return line.by === 'customer' ? ['the customer has left'] : [];
    default:
      return callText(line);
  }
}

/** Calls, conferences, recordings and orders. */
function callText(line: TraceLine): string[] {
  switch (line.what) {
    case 'leg':
      return [`    ${line.who} ${LEG_DOES[line.how]}${line.cause === undefined ? '' : ` (${words(line.cause)})`}`];
    case 'not_dialled':
      return [`    is not dialled: ${line.code}`];
    case 'dialled':
      return [`    dialling ends: ${words(line.outcome)}`];
    case 'whispered':
      return [`    the other side hears "${line.text}"`];
    case 'room':
      return [
        line.how === 'entered' ? `    enters the conference ${line.room}` : `    conference ${line.room}: ${line.how}`,
      ];
    case 'sent_keys':
      return [`    sends ${line.count} keys`];
    case 'listens_for_machine':
      return ['    listens for a machine'];
    case 'machine':
      return [`    it is ${line.verdict === 'unknown' ? 'unknown who answered' : `a ${line.verdict}`}`];
    case 'recording':
      return [`    ${line.message ? 'message' : 'recording'} ${words(line.how)}${lengthText(line.durationMs)}`];
    case 'consent':
      return [`    ${line.given ? 'agrees' : 'does not agree'} to be recorded`];
    case 'ordered':
      return [`    ${line.kind} ordered: ${line.number} for ${line.queue} (${words(line.mode)})`];
    case 'not_ordered':
      return [`    order refused: ${words(line.code)}`];
    default:
      return [];
  }
}

const LEG_DOES = { dialled: 'is dialled', answered: 'answers', ended: 'is gone' };

function words(code: string): string {
  return code.replaceAll('_', ' ');
}

function lengthText(durationMs: number | undefined): string {
  return durationMs === undefined ? '' : ` (${(durationMs / 1000).toFixed(1)} s)`;
}

function heard({ text, choices }: Extract<TraceLine, { what: 'heard' }>, look: Look): string[] {
  const words = text === '' ? [] : [painted(`    "${text}"`, 'cyan', look)];
  return [...words, ...choices.map(({ key, label }) => painted(`      ${key}) ${label}`, 'cyan', look))];
}

function changes(set: Values, concealed: readonly string[], look: Look): string[] {
  const open = Object.entries(set).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  return [...open, ...concealed.map((name) => `${name} = ${MASK}`)].map((one) => painted(`    ${one}`, 'dim', look));
}

/** All variables, one a line; sensitive ones without their value. */
export function variablesText(vars: { readonly open: Values; readonly secret: Values }): string {
  const open = Object.entries(vars.open).map(([name, value]): [string, Value] => [name, value]);
  const rows = open.map(([name, value]) => `${name} = ${JSON.stringify(value)}\n`);
  const hidden = Object.keys(vars.secret).map((name) => `${name} = ${MASK}\n`);
  return [...rows, ...hidden].sort().join('') || 'There are no variables.\n';
}
