import type { Task } from '../controller/commands.ts';
import type { DoorName } from '../model/channel.ts';
import { TEXT_CHANNELS } from '../model/channel.ts';
import type { Event } from '../model/event.ts';
import type { FlowSet } from '../model/flow-set.ts';
import type { AgentId, AtMs, FlowId, LegId, OfferId, StepId } from '../model/ids.ts';
import type { Value } from '../model/value.ts';
import { targetName } from './call-trace.ts';
import { masked } from './masked.ts';
import type { Asked } from './other-systems.ts';
import { type TraceEntry, type TraceLine, traceEntry } from './trace-line.ts';

/** A step that a contact was in. */
export type Visit = { readonly flow: FlowId; readonly step: StepId };

/** What happened in one rehearsal, told as lines in the order in which it happened. */
export class Trace {
  readonly lines: TraceLine[] = [];
  readonly #set: FlowSet;
  readonly #inText: boolean;
  /** The flows that the contact is in, the innermost last. */
  #flows: FlowId[] = [];
  readonly #agents = new Map<OfferId, AgentId>();
  readonly #legs = new Map<LegId, string>();

  constructor(set: FlowSet, channel: DoorName) {
    this.#set = set;
    this.#inText = TEXT_CHANNELS.has(channel);
  }

  took(event: Event): void {
    if (event.kind === 'offer.made') this.#agents.set(event.offerId, event.agentId);
    if (event.kind === 'leg.asked') this.#legs.set(event.legId, targetName(event.target));
    this.#follow(event);
    const entry = traceEntry(event, {
      flow: this.#flows.at(-1) ?? '',
      inText: this.#inText,
      placeOf: (flow, step) => this.#set.flows[flow]?.steps[step]?.at ?? '',
      agentOf: (offerId) => this.#agents.get(offerId) ?? '',
      legOf: (legId) => this.#legs.get(legId) ?? '',
    });
    if (entry) this.add(event.atMs, entry);
  }

  /** Sounds that no prompt makes. */
  performed(task: Task, atMs: AtMs): void {
    if (task.do === 'start_music') this.add(atMs, { what: 'heard', text: `[music ${task.music}]`, choices: [] });
    if (task.do === 'start_leg_music') this.add(atMs, { what: 'heard', text: `[music ${task.music}]`, choices: [] });
    const rings = task.do === 'play' && task.media.some((one) => 'tone' in one);
    if (rings || task.do === 'indicate_ringing') this.add(atMs, { what: 'heard', text: '[ringing]', choices: [] });
  }

  /** The address is told without what stands behind the question mark, and without anything that is secret. */
  asked({ event, request }: Asked, secrets: readonly Value[]): void {
    const { atMs, stepId: step } = event;
    const url = String(masked((request?.url ?? '').split('?')[0]!, secrets));
    this.add(atMs, { what: 'asked', step, method: request?.method ?? '', url });
  }

  add(atMs: AtMs, entry: TraceEntry): void {
    this.lines.push({ atMs, ...entry });
  }

  /** The steps that were entered, in order. */
  get path(): Visit[] {
    return this.lines.flatMap((line) => (line.what === 'step' ? [{ flow: line.flow, step: line.step }] : []));
  }

  /** The steps that were left, with their outcomes, in order. */
  get outcomes(): (Visit & { readonly outcome: string })[] {
    return this.lines.flatMap((line) =>
      line.what === 'left' ? [{ flow: line.flow, step: line.step, outcome: line.outcome }] : [],
    );
  }

  /** What the customer heard or read from a line on, a line for each prompt. */
  heardFrom(place: number): string[] {
    return this.lines.slice(place).flatMap((line) => {
      if (line.what !== 'heard') return [];
      const choices = line.choices.map(({ key, label }) => `${key}) ${label}`);
      return [[line.text, ...choices].filter((one) => one !== '').join('\n')];
    });
  }

  #follow(event: Event): void {
    switch (event.kind) {
      case 'flow.started':
        this.#flows = [event.flowId];
        return;
      case 'flow.called':
        this.#flows.push(event.flowId);
        return;
      case 'flow.returned':
        this.#flows.pop();
        return;
      case 'flow.cleaning_up':
        this.#flows = [event.flowId];
        return;
    }
  }
}
