import { TEXT_CHANNELS } from '../../model/channel.ts';
import type { Failure } from '../../model/failure.ts';
import type { FlowSet } from '../../model/flow-set.ts';
import { perform } from '../../rehearsal/action.ts';
import { endingOf } from '../../rehearsal/ending.ts';
import type { Given } from '../../rehearsal/given.ts';
import { ORDERS, type Order, orderOf } from '../../rehearsal/order.ts';
import { Rehearsal } from '../../rehearsal/rehearsal.ts';
import { failureText } from '../../rehearsal/rehearsal-failure.ts';
import { type Look, momentText, painted, traceText, variablesText } from './trace-text.ts';

/** One object of the output for programs. */
type Told = { readonly atMs: number; readonly what: string; readonly [more: string]: unknown };

/** A flow that is lived through line by line, with everything printed that happens. */
export class Simulation {
  readonly #rehearsal: Rehearsal;
  readonly #inText: boolean;
  readonly #json: boolean;
  readonly #look: Look;
  /** Lines of the trace that are printed already. */
  #printed = 0;
  #refused = 0;
  /** Lines that were read; what stands in them may be private, so the number alone is told. */
  #lines = 0;

  constructor(set: FlowSet, given: Given, { json, look }: { readonly json: boolean; readonly look: Look }) {
    this.#rehearsal = new Rehearsal(set, given);
    this.#inText = TEXT_CHANNELS.has(given.channel);
    this.#json = json;
    this.#look = look;
  }

  begin(): void {
    const { nowMs } = this.#rehearsal;
    this.#print(`${momentText(nowMs, this.#look.zone)}  ${this.#look.zone.name}\n`);
    this.#goOn();
  }

  /** Does what one line says; false when there is nothing more to do. Empty lines and `# comments` say nothing. */
  take(line: string): boolean {
    this.#lines += 1;
    if (line.trim() === '' || /^\s*#\s/.test(line)) return true;
    const order = orderOf(line, this.#inText);
    if (!order.ok) this.#refuse(order.failure);
    else if (order.value.do === 'quit') return false;
    else this.#do(order.value);
    return !this.#rehearsal.over;
  }

  /** Says how it ended. Returns the exit status: 1 when the flow failed, or when something could not be done. */
  end(): number {
    const ending = endingOf(this.#rehearsal);
    const { nowMs, vars, fault } = this.#rehearsal;
    if (this.#json) this.#line({ atMs: nowMs, what: 'end', end: ending, vars: vars.open });
    else this.#print(`${painted('The end:', 'bold', this.#look)} ${ending}.\n`);
    if (fault) process.stderr.write(`flow.broken: ${fault.message}\n`);
    return fault || ending.startsWith('failed ') || this.#refused > 0 ? 1 : 0;
  }

  #do(order: Exclude<Order, { do: 'quit' }>): void {
    if (order.do === 'show') return this.#show(order.what);
    const done = perform(this.#rehearsal, order);
    if (!done.ok) this.#refuse(done.failure);
    this.#goOn();
  }

  /** Hears what comes by itself, and prints what is new. */
  #goOn(): void {
    this.#rehearsal.listen();
    const lines = this.#rehearsal.trace.lines.slice(this.#printed);
    this.#printed += lines.length;
    if (this.#json) for (const line of lines) this.#line(line);
    else this.#print(traceText(lines, this.#look));
    for (const { event } of this.#rehearsal.unanswered) {
      const help = `Step ${event.stepId} waits for its answer: http ${event.stepId} 200 {...}`;
      this.#print(`          ${painted(help, 'yellow', this.#look)}\n`);
    }
  }

  #show(what: 'vars' | 'where' | 'help'): void {
    const { session, waiting, nowMs, vars } = this.#rehearsal;
    if (this.#json && what !== 'help') {
      this.#line({
        atMs: nowMs,
        what,
        ...(what === 'vars' ? { vars: vars.open } : { end: endingOf(this.#rehearsal) }),
      });
    } else if (what === 'vars') this.#print(variablesText(vars));
    else if (what === 'help') this.#print(helpText());
    else {
      const at = this.#rehearsal.trace.lines.findLast((line) => line.what === 'step');
      const place = at?.what === 'step' ? `${at.flow}, step ${at.step} (${at.type})  ${at.place}` : 'nowhere yet';
      const queue = waiting ? `, ${endingOf(this.#rehearsal)}` : '';
      this.#print(`${momentText(nowMs, this.#look.zone)}  ${place}${queue}, language ${session?.language ?? ''}\n`);
    }
  }

  #refuse(failure: Failure): void {
    this.#refused += 1;
    if (this.#json) this.#line({ atMs: this.#rehearsal.nowMs, what: 'refused', line: this.#lines, ...failure });
    else process.stderr.write(`${failure.code}: ${failureText(failure)} (line ${this.#lines})\n`);
  }

  #line(line: Told): void {
    const { atMs, ...rest } = line;
    process.stdout.write(`${JSON.stringify({ at: new Date(atMs).toISOString(), ...rest })}\n`);
  }

  /** For people only. */
  #print(text: string): void {
    if (!this.#json) process.stdout.write(text);
  }
}

function helpText(): string {
  const width = Math.max(...ORDERS.map(([order]) => order.length));
  return ORDERS.map(([order, meaning]) => `  ${order.padEnd(width)}  ${meaning}\n`).join('');
}
