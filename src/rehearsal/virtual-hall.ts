import type { AcdState } from '../acd/state.ts';
import { type Task, tasksFor } from '../controller/commands.ts';
import { nextDeadline, takeIn } from '../controller/decide.ts';
import { wholeFloor } from '../controller/floor.ts';
import { emptyState, type State } from '../controller/state.ts';
import type { DispatcherFloor, Floor } from '../flow/floor.ts';
import type { Event } from '../model/event.ts';
import type { AtMs } from '../model/ids.ts';
import { doorEvents, type Expected } from './virtual-door.ts';

export type HallObserver = {
  /** Each event, in the order of the journal, in the state after all that followed from it. */
  took(event: Event): void;
  /** What a door had to do. */
  performed(task: Task): void;
  /** A rule of the program broke. */
  broke(fault: Error): void;
};

/** More things than a customer can bring about at one moment; beyond it, something goes round in a circle. */
const AT_ONCE_MAX = 100_000;

/**
 * The hall with another door and another clock: the real interpreter and the real dispatcher, doors that do at once what they are
 * asked, and a time that passes when it is told to.
 */
export class VirtualHall {
  readonly state: State = emptyState();
  readonly #floorAt: (acd: AcdState, atMs: AtMs) => DispatcherFloor;
  readonly #observer: HallObserver;
  #nowMs: AtMs;
  /** What the doors will see, in the order in which it was found out. */
  #expected: Expected[] = [];
  #taking = false;

  constructor(fromMs: AtMs, floorAt: (acd: AcdState, atMs: AtMs) => DispatcherFloor, observer: HallObserver) {
    this.#nowMs = fromMs;
    this.#floorAt = floorAt;
    this.#observer = observer;
  }

  get nowMs(): AtMs {
    return this.#nowMs;
  }

  get floor(): Floor {
    return wholeFloor(this.state, this.#nowMs, this.#floorAt);
  }

  /** When the prompt that is playing will be over, or an answer of another system comes; undefined when neither is due. */
  get expectedMs(): AtMs | undefined {
    return firstOf(this.#expected.filter(({ quiet }) => !quiet))?.atMs;
  }

  /** When something happens next by itself. */
  get nextMs(): AtMs | undefined {
    const moments = [firstOf(this.#expected)?.atMs, nextDeadline(this.state)].filter((one) => one !== undefined);
    return moments.length === 0 ? undefined : Math.min(...moments);
  }

  /** Takes an event in, and all that the doors answer to it in the same moment. */
  take(event: Event): void {
    this.#takeOne(event);
    if (this.#taking) return;
    this.#taking = true;
    try {
      this.#settle();
    } finally {
      this.#taking = false;
    }
  }

  /** Something that a door will see later. */
  expect(expected: Expected): void {
    this.#expected.push(expected);
  }

  /** What is not going to be seen any more. */
  callOff(of: string): void {
    this.#expected = this.#expected.filter((one) => one.of !== of);
  }

  /** Lets time pass; everything that is due on the way happens at its moment. */
  passTo(atMs: AtMs): void {
    for (let next = this.nextMs; next !== undefined && next <= atMs; next = this.nextMs) {
      this.#nowMs = Math.max(this.#nowMs, next);
      const dueMs = nextDeadline(this.state);
      if (dueMs !== undefined && dueMs <= this.#nowMs) this.take({ kind: 'time.passed', atMs: this.#nowMs });
      else this.#happen();
    }
    this.#nowMs = Math.max(this.#nowMs, atMs);
  }

  #settle(): void {
    for (let count = 0; (firstOf(this.#expected)?.atMs ?? Number.POSITIVE_INFINITY) <= this.#nowMs; count++) {
      if (count > AT_ONCE_MAX) throw new Error(`more than ${AT_ONCE_MAX} things happened at one moment`);
      this.#happen();
    }
  }

  #happen(): void {
    const next = firstOf(this.#expected);
    if (!next) return;
    this.#expected = this.#expected.filter((one) => one !== next);
    this.take(next.event(this.#nowMs));
  }

  #takeOne(event: Event): void {
    const { batch, fault } = takeIn(this.state, event, this.#floorAt);
    for (const one of batch) this.#observer.took(one);
    for (const task of batch.flatMap((one) => tasksFor(this.state, one))) {
      this.#observer.performed(task);
      const { expected, cancelled } = doorEvents(task, this.state, this.#nowMs, (id) =>
        this.#expected.some(({ of }) => of === id),
      );
      this.#expected = this.#expected.filter(({ of }) => of === undefined || !cancelled.includes(of));
      this.#expected.push(...expected);
    }
    if (fault) this.#observer.broke(fault);
  }
}

function firstOf(expected: readonly Expected[]): Expected | undefined {
  return expected.reduce<Expected | undefined>(
    (first, one) => (first === undefined || one.atMs < first.atMs ? one : first),
    undefined,
  );
}
